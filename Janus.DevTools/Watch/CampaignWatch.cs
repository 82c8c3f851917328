namespace Janus.DevTools.Watch;

/// <summary>How a campaign went.</summary>
/// <param name="CampaignId">The campaign, or null when it was never planned.</param>
/// <param name="Reason">Why it failed, or null when all went well.</param>
/// <param name="Phases">The phases in order.</param>
/// <param name="Posts">Posts.</param>
/// <param name="PartsDone">Parts that are done.</param>
/// <param name="PartsTotal">All parts.</param>
/// <param name="Events">Events that came.</param>
/// <param name="Reconnects">How often the stream broke.</param>
internal sealed record WatchedCampaign(
    string? CampaignId, string? Reason, IReadOnlyList<string> Phases, int Posts, int PartsDone, int PartsTotal, long Events, int Reconnects)
{
    /// <summary>One line for a person.</summary>
    public string Line => Reason is null
        ? $"{CampaignId}: {string.Join(", ", Phases)}; {Posts} posts, {PartsDone} of {PartsTotal} parts, {Events} events."
        : $"{CampaignId ?? "campaign"}: failed. {Reason}";
}

/// <summary>Plans one campaign, or takes an existing one, and follows it to its end.</summary>
internal sealed class CampaignWatch(JanusApi api, WatchOptions options, TimeProvider time)
{
    /// <summary>Follows one campaign.</summary>
    /// <param name="name">The name of a campaign to plan.</param>
    /// <param name="view">Where its progress is shown.</param>
    /// <param name="limit">Ends when the time is over.</param>
    /// <param name="cancellationToken">Stops everything.</param>
    /// <exception cref="NothingRunningException">Nobody answers.</exception>
    public async Task<WatchedCampaign> RunAsync(string name, IProgressView view, CancellationToken limit, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit, cancellationToken);
        var course = new CampaignCourse();
        var campaign = options.Campaign;
        EventStream? stream = null;
        string? reason = null;
        var reached = false;
        try
        {
            if (campaign is null)
                campaign = await api.PlanAsync(options.Product, options.Goals, name, either.Token);
            else
                await api.ReadGraphAsync(campaign, either.Token);
            reached = true;
            await view.NoteAsync($"Following {campaign}");
            stream = new EventStream(api, campaign, time);
            await FollowAsync(stream, course, view, either.Token);
            course.EnsureComplete();
            await ContentCheck.EnsureAsync(api, campaign, course.Posts, either.Token);
        }
        catch (CampaignFailedException failed)
        {
            reason = failed.Message;
        }
        catch (HttpRequestException exception) when (reached || !IsNobodyThere(exception))
        {
            reason = $"The API broke off: {exception.Message}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            reason = $"It was not done after {options.Timeout.TotalSeconds:0} s: {course.Phase}, {course.Done} of {course.Total} parts.";
        }

        await view.EndAsync();
        return new WatchedCampaign(campaign, reason, course.Phases, course.Posts, course.Done, course.Total, course.Version, stream?.Breaks ?? 0);
    }

    /// <summary>Whether a failure means that there is no system at the address at all.</summary>
    public static bool IsNobodyThere(HttpRequestException exception) =>
        exception.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError;

    private static async Task FollowAsync(EventStream stream, CampaignCourse course, IProgressView view, CancellationToken cancellationToken)
    {
        var broken = new Queue<string>();
        stream.Broken += broken.Enqueue;
        await foreach (var entry in stream.ReadAsync(cancellationToken))
        {
            while (broken.TryDequeue(out var why))
                await view.NoteAsync($"(connected again after event {course.Version}: {why})");
            course.Take(entry);
            await view.ShowAsync(course);
            if (course.IsScheduled)
                return;
        }
    }
}

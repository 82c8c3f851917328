namespace Janus.DevTools.FakeGemini;

/// <summary>One request in the journal.</summary>
/// <param name="At">When it came.</param>
/// <param name="Kind">"text", "image", or "other" for what asks no model.</param>
/// <param name="Model">The model that it names.</param>
/// <param name="Streamed">Whether it asks for a stream.</param>
internal sealed record JournalEntry(DateTimeOffset At, string Kind, string? Model, bool Streamed)
{
    /// <summary>The play that it met; null when it was refused before.</summary>
    public string? Play { get; init; }

    /// <summary>The status of the answer; null while there is none.</summary>
    public int? Status { get; init; }

    /// <summary>The first 200 characters of its prompt.</summary>
    public string? Prompt { get; init; }

    /// <summary>What was wrong with it, or with its end.</summary>
    public string? Problem { get; init; }

    /// <summary>How many pictures were sent whole.</summary>
    public int Pictures { get; init; }
}

/// <summary>The journal as it is read.</summary>
/// <param name="Requests">The last 10,000 requests, in the order in which they came.</param>
/// <param name="Counts">What all of them came to, also those that are no longer listed.</param>
internal sealed record JournalReport(IReadOnlyList<JournalEntry> Requests, JournalCounts Counts);

/// <summary>Sums over requests.</summary>
/// <param name="Requests">All requests.</param>
/// <param name="Text">Those for text.</param>
/// <param name="Image">Those for pictures.</param>
/// <param name="Problems">Those with a problem.</param>
/// <param name="PicturesPaidFor">Pictures that were sent whole.</param>
/// <param name="Plays">Requests by the play that they met.</param>
/// <param name="Statuses">Requests by the status of their answer.</param>
internal sealed record JournalCounts(
    long Requests, long Text, long Image, long Problems, long PicturesPaidFor,
    IReadOnlyDictionary<string, long> Plays, IReadOnlyDictionary<int, long> Statuses)
{
    /// <summary>Nothing yet.</summary>
    public static JournalCounts None { get; } = new(0, 0, 0, 0, 0, new Dictionary<string, long>(), new Dictionary<int, long>());

    /// <summary>These and more.</summary>
    public JournalCounts Plus(IEnumerable<JournalEntry> entries)
    {
        long requests = Requests, text = Text, image = Image, problems = Problems, pictures = PicturesPaidFor;
        var plays = new Dictionary<string, long>(Plays, StringComparer.Ordinal);
        var statuses = new Dictionary<int, long>(Statuses);
        foreach (var entry in entries)
        {
            requests++;
            text += entry.Kind == "text" ? 1 : 0;
            image += entry.Kind == "image" ? 1 : 0;
            problems += entry.Problem is null ? 0 : 1;
            pictures += entry.Pictures;
            if (entry.Play is { } play)
                plays[play] = plays.GetValueOrDefault(play) + 1;
            if (entry.Status is { } status)
                statuses[status] = statuses.GetValueOrDefault(status) + 1;
        }

        return new(requests, text, image, problems, pictures, plays, statuses);
    }
}

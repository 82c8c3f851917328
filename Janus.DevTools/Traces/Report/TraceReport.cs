using Janus.DevTools.Traces.Receiving;
using Janus.DevTools.Traces.Trees;

namespace Janus.DevTools.Traces.Report;

/// <summary>Prints each campaign's traces when they have been quiet for a moment, and again, whole, when more comes.</summary>
internal sealed class TraceReport(ReceivedTelemetry received, TracesOptions options, TextWriter output)
{
    private readonly QuietCampaigns _campaigns = new(received, options.Quiet, options.Time);
    private readonly CampaignText _text = new(received, options.Width, options.IsColoured);

    /// <summary>
    /// Prints until the campaign that was asked for has come to its end and been printed, or until it is stopped; then prints what was not
    /// printed yet.
    /// </summary>
    /// <returns>Whether the campaign that was asked for was printed; true when none was.</returns>
    public async Task<bool> RunAsync(CancellationToken stopping)
    {
        while (true)
        {
            var arrival = received.NextArrival;
            var isEnd = stopping.IsCancellationRequested;
            var (due, wait) = _campaigns.Look(isEnd);
            var isDone = await PrintAsync(due.Where(campaign => IsWanted(campaign, isEnd)).ToList()) && options.Once is not null;
            if (isDone || isEnd)
                return isDone || options.Once is null;
            await UntilAsync(arrival, wait, stopping);
        }
    }

    private bool IsWanted(CampaignTraces campaign, bool isEnd) => options.Once is { } once
        ? campaign.CampaignId == once && (campaign.IsSettled || isEnd)
        : options.ShowsAll || campaign.CampaignId is not null;

    private async Task<bool> PrintAsync(List<CampaignTraces> shown)
    {
        foreach (var line in shown.SelectMany(_text.Lines))
            await output.WriteLineAsync(line);
        if (shown.Count > 0 && options.ShowsMetrics)
        {
            foreach (var line in MetricText.Lines(received.Metrics))
                await output.WriteLineAsync(line);
        }

        await output.FlushAsync(CancellationToken.None);
        return shown.Count > 0;
    }

    private async Task UntilAsync(Task arrival, TimeSpan wait, CancellationToken stopping)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await Task.WhenAny(arrival, Task.Delay(wait, options.Time, over.Token));
        await over.CancelAsync();
    }
}

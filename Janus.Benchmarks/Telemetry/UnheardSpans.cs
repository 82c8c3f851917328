using System.Diagnostics;
using Janus.Campaigns;
using Janus.Campaigns.Steps;
using Janus.Campaigns.Storage;
using Janus.Generation;
using Janus.Generation.Providers;
using Janus.Generation.Telemetry;
using Microsoft.Extensions.Options;

namespace Janus.Benchmarks.Telemetry;

/// <summary>What Janus's own spans take of memory where nobody listens, as without an endpoint: this process has no listener.</summary>
internal static class UnheardSpans
{
    private const int WarmUp = 10_000;
    private const int Times = 100_000;
    private const string CampaignId = "c_nsU1vR3CXhY2RJlV6d80TW";

    /// <summary>Each span with the bytes that are allocated for it.</summary>
    public static IReadOnlyList<(string Span, double Bytes)> Measure()
    {
        var step = new GenerationStep { Variant = "AB", Attempt = 1 };
        var telemetry = new ModelTelemetry(new PriceBook(Options.Create(new PriceList()), TimeProvider.System), new ContentCapture(false), TimeProvider.System);
        var answer = new CallDetails("model", "response", "stop", null);
        PhaseMove[] moves = [new(CampaignId, Phase.ContentCreation, Phase.Scheduled, PhaseCause.EveryPostComplete, DateTimeOffset.UnixEpoch, default)];
        var brief = new CampaignBrief { ProductDescription = "A kettle", Goals = "Preorders", CampaignName = "Kettle", Platform = "X" };
        var kept = new KeptPicture(new ContentCapture(false));
        var retry = new LockRetry(new LockRetryOptions(), TimeProvider.System, static _ => null);
        var unit = BytesOf(() => retry.Execute("measured", static () => 0));
        using var caller = new Activity("caller").SetIdFormat(ActivityIdFormat.W3C).Start();
        return
        [
            ("send generation_steps", BytesOf(() =>
            {
                using var sending = new Sending();
                sending.Sent(CampaignId, 36);
            })),
            ("claim generation_step", BytesOf(() =>
            {
                using var spans = new ClaimSpans();
                spans.Start(CampaignId, step, previous: null);
                spans.Finish();
            })),
            ("generate_content", BytesOf(() =>
            {
                using var call = new ModelCall(telemetry, new ModelRequest("janus.sample", null, "model", "json"));
                call.Answered(answer);
            })),
            ("gen_ai.evaluation.result", BytesOf(() => Quality.Tell(Quality.Of(brief, ["One text.", "Another text."]), "response"))),
            ("janus.asset of process generation_steps", BytesOf(() => kept.Tell("picture.png", "image/png"))),
            ("phase transition", BytesOf(() => PhaseTelemetry.Tell(moves))),
            // A unit of work that nobody asked for asks for no span at all.
            ("db {operation}, beyond the unit's own", BytesOf(() => retry.Execute("measured", static () => 0)) - unit),
        ];
    }

    private static double BytesOf(Action work)
    {
        for (var time = 0; time < WarmUp; time++)
            work();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var time = 0; time < Times; time++)
            work();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Times;
    }
}

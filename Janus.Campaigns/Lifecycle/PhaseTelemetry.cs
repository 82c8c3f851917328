using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Janus.Campaigns;

/// <summary>One <c>phase transition</c> span and one count for each committed transition, in the campaign's own trace.</summary>
internal static class PhaseTelemetry
{
    private static readonly ActivitySource Source = new("Janus.Campaigns.Phases");
    private static readonly Meter Meter = new("Janus.Campaigns.Phases");
    private static readonly Counter<long> Transitions = Meter.CreateCounter<long>("janus.phase.transitions", "{transition}", "Phase transitions of campaigns.");

    public static void Tell(IReadOnlyList<PhaseMove> moves)
    {
        foreach (var move in moves)
        {
            var failed = move.Cause is PhaseCause.Failed;
            Transitions.Add(
                1, new("from", move.From.ToWord()), new("to", move.To.ToWord()), new("outcome", failed ? "failed" : "ok"));

            var current = Activity.Current;
            var parent = ActivityContext.TryParse(move.TraceParent, move.TraceState, isRemote: true, out var stored) ? stored : default;
            using (var span = Source.StartActivity("phase transition", ActivityKind.Internal, parent))
            {
                span?.SetTag("janus.campaign.id", move.CampaignId)
                    .SetTag("janus.phase.from", move.From.ToWord())
                    .SetTag("janus.phase.to", move.To.ToWord())
                    .SetTag("janus.phase.reason", move.Reason ?? move.Cause.ToWord());
                if (failed)
                    span?.SetStatus(ActivityStatusCode.Error);
            }

            Activity.Current = current;
        }
    }
}

using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Janus.Campaigns;

/// <summary>
/// One <c>phase transition</c> span and one count for each committed transition. The span is part of the campaign's own trace, reaches from the
/// decision to its commit, so that transitions are in the order of the event log, and links to the span that brought it about when that is of
/// another trace.
/// </summary>
internal static class PhaseTelemetry
{
    private static readonly ActivitySource Source = new("Janus.Campaigns.Phases");
    private static readonly Meter Meter = new("Janus.Campaigns.Phases");
    private static readonly Counter<long> Transitions = Meter.CreateCounter<long>("janus.phase.transitions", "{transition}", "Phase transitions of campaigns.");

    public static void Tell(IReadOnlyList<PhaseMove> moves)
    {
        foreach (var move in moves)
        {
            Transitions.Add(1, new("from", move.From.ToWord()), new("to", move.To.ToWord()), new("outcome", OutcomeOf(move.Cause)));
            if (Source.HasListeners())
                Trace(move);
        }
    }

    private static void Trace(PhaseMove move)
    {
        var current = Activity.Current;
        ActivityLink[] links = current is not null && move.Trace != default && current.TraceId != move.Trace.TraceId ? [new ActivityLink(current.Context)] : [];
        // The reason is the cause's word. The sentence that people read may quote the brief; the event log has it.
        using (var span = Source.StartActivity(
            ActivityKind.Internal, move.Trace, name: "phase transition", links: links, startTime: move.At, tags:
            [
                new("janus.campaign.id", move.CampaignId), new("janus.phase.from", move.From.ToWord()), new("janus.phase.to", move.To.ToWord()),
                new("janus.phase.reason", move.Cause.ToWord()),
            ]))
        {
            if (move.Cause is PhaseCause.Failed)
                span?.SetTag("error.type", move.FailureCode ?? "parts_missing").SetStatus(ActivityStatusCode.Error);
        }

        Activity.Current = current;
    }

    private static string OutcomeOf(PhaseCause cause) => cause switch
    {
        PhaseCause.Failed => "failed",
        PhaseCause.Cancelled => "cancelled",
        _ => "ok",
    };
}

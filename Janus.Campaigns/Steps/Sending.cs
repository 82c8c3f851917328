using System.Diagnostics;

namespace Janus.Campaigns.Steps;

/// <summary>
/// The span of putting steps into the queue. Its context is stored with the steps and is the parent of all that is done for them; where nothing
/// records it, the context of whoever asked is kept, so that a trace that began elsewhere is not cut.
/// </summary>
internal sealed class Sending : IDisposable
{
    /// <summary>The queue's name in spans.</summary>
    public const string Queue = "generation_steps";

    private static readonly ActivitySource Source = new("Janus.Campaigns.Steps");

    private readonly Activity? _span = Start();
    private readonly Activity? _origin;

    /// <summary>Begins it.</summary>
    public Sending() => _origin = _span ?? Activity.Current;

    /// <summary>The W3C trace context to store; null when there is none.</summary>
    public string? TraceParent => _origin?.Id;

    /// <summary>The W3C trace state of the same.</summary>
    public string? TraceState => _origin?.TraceStateString;

    /// <summary>Says what was sent. A command that was refused has sent nothing.</summary>
    public void Sent(string campaignId, int steps) =>
        _span?.SetTag("janus.campaign.id", campaignId).SetTag("messaging.batch.message_count", steps);

    public void Dispose() => _span?.Dispose();

    private static Activity? Start() => !Source.HasListeners() ? null : Source.StartActivity(
        ActivityKind.Producer, parentContext: default, name: $"send {Queue}", tags:
        [
            new("messaging.system", "janus"), new("messaging.operation.name", "send"), new("messaging.operation.type", "send"),
            new("messaging.destination.name", Queue), new("messaging.batch.message_count", 0),
        ]);
}

using System.Diagnostics;
using TraceSpan = System.Diagnostics.Activity;

namespace Janus.Web.Api;

/// <summary>
/// What of a circuit is traced. A circuit lives for as long as its page is open, so nothing may hang on its connection: what a person sets going is a
/// trace of its own, and what a page reads by itself, after every event, leaves no trace. What a page reads while it is being answered belongs to
/// the request for the page.
/// </summary>
internal static class CircuitTraces
{
    private static readonly ActivitySource Source = new("Janus.Web");

    /// <summary>Begins the trace of a person's command. Within an asynchronous method, so that the caller goes on in the span that it had.</summary>
    /// <param name="command">A low-cardinality word, such as <c>plan</c>.</param>
    public static TraceSpan? Command(string command)
    {
        if (!Source.HasListeners())
            return null;
        if (TraceSpan.Current is not { Recorded: true })
            TraceSpan.Current = null;
        return Source.StartActivity(ActivityKind.Internal, parentContext: default, name: $"click {command}", tags: [new("janus.command", command)]);
    }

    /// <summary>Reads without a trace, here and in the API, unless it is for a request that is traced. Within an asynchronous method.</summary>
    public static TraceSpan? Reading() =>
        Source.HasListeners() && TraceSpan.Current is not { Recorded: true } ? Untraced() : null;

    /// <summary>The same whatever the caller is: a source that goes on after the request that needed it first.</summary>
    public static TraceSpan? Following() => Source.HasListeners() ? Untraced() : null;

    // A span that is not sampled tells everything below it, over HTTP too, not to be.
    private static TraceSpan Untraced()
    {
        TraceSpan.Current = null;
        return new TraceSpan("reading").Start();
    }
}

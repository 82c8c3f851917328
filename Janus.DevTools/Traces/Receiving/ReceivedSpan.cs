using System.Diagnostics;

namespace Janus.DevTools.Traces.Receiving;

/// <summary>A finished span as it came over the wire. Times are nanoseconds since 1970 (UTC); ids are lower-case hexadecimal.</summary>
internal sealed record ReceivedSpan
{
    private static readonly IReadOnlyDictionary<string, object?> Nothing = new Dictionary<string, object?>();

    /// <summary>The trace: 32 digits.</summary>
    public required string TraceId { get; init; }

    /// <summary>The span: 16 digits.</summary>
    public required string SpanId { get; init; }

    /// <summary>The span in which it began; null for the first of a trace.</summary>
    public string? ParentSpanId { get; init; }

    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>Which side of a call it is.</summary>
    public ActivityKind Kind { get; init; }

    /// <summary>The service that sent it: <c>service.name</c> of its resource, empty when it has none.</summary>
    public string Service { get; init; } = "";

    /// <summary>The source that made it, such as <c>Janus.Campaigns</c>.</summary>
    public string Scope { get; init; } = "";

    /// <summary>When it began.</summary>
    public long StartNanoseconds { get; init; }

    /// <summary>When it ended.</summary>
    public long EndNanoseconds { get; init; }

    /// <summary>How it ended.</summary>
    public ActivityStatusCode Status { get; init; }

    /// <summary>What it says of its failure; null when it says nothing.</summary>
    public string? StatusDescription { get; init; }

    /// <summary>
    /// Its attributes. A value is a string, bool, long, double, byte[], a list of such (<see cref="IReadOnlyList{T}"/> of object), or a
    /// dictionary of such by name.
    /// </summary>
    public IReadOnlyDictionary<string, object?> Attributes { get; init; } = Nothing;

    /// <summary>What happened within it.</summary>
    public IReadOnlyList<ReceivedEvent> Events { get; init; } = [];

    /// <summary>The spans that it names without being their child.</summary>
    public IReadOnlyList<ReceivedLink> Links { get; init; } = [];

    /// <summary>How long it took.</summary>
    public TimeSpan Duration => Nanoseconds.Between(StartNanoseconds, EndNanoseconds);

    /// <summary>An attribute as text in the invariant culture, or null.</summary>
    public string? Text(string attribute) => AttributeText.Of(Attributes.GetValueOrDefault(attribute));
}

/// <summary>Something that happened within a span.</summary>
internal sealed record ReceivedEvent(string Name, long TimeNanoseconds, IReadOnlyDictionary<string, object?> Attributes);

/// <summary>A span named by another one.</summary>
internal sealed record ReceivedLink(string TraceId, string SpanId, IReadOnlyDictionary<string, object?> Attributes);

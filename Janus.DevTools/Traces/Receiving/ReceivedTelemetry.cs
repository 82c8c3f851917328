namespace Janus.DevTools.Traces.Receiving;

/// <summary>What was received, bounded. Safe for concurrent use; what is read is a picture of one instant and never changes.</summary>
internal sealed class ReceivedTelemetry(TraceReceiverOptions options)
{
    private static readonly string[] MetricsOfInterest = ["janus.", "gen_ai."];

    private readonly Lock _gate = new();
    private readonly Dictionary<string, KeptTrace> _traces = new(StringComparer.Ordinal);
    private readonly Queue<ReceivedLog> _logs = new();
    private readonly Dictionary<(string Service, string Name, string Series), ReceivedMetric> _metrics = [];
    private readonly List<ReadOnlyMemory<byte>> _bodies = [];
    private TaskCompletionSource _changed = NewSignal();
    private IReadOnlyList<ReceivedSpan>? _spans = [];
    private ReceivedCounts _counts = new();
    private long _bodyBytes;
    private long _arrivals;

    /// <summary>Every span that is kept, trace by trace, each in the order of arrival.</summary>
    public IReadOnlyList<ReceivedSpan> Spans
    {
        get
        {
            lock (_gate)
                return _spans ??= [.. _traces.Values.OrderBy(trace => trace.Number).SelectMany(trace => trace.Spans.Values)];
        }
    }

    /// <summary>Every log line that is kept, in the order of arrival.</summary>
    public IReadOnlyList<ReceivedLog> Logs
    {
        get
        {
            lock (_gate)
                return [.. _logs];
        }
    }

    /// <summary>The latest values of <c>janus.*</c> and <c>gen_ai.*</c>.</summary>
    public IReadOnlyList<ReceivedMetric> Metrics
    {
        get
        {
            lock (_gate)
                return [.. _metrics.Values];
        }
    }

    /// <summary>Every body, unpacked, when they are kept.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Bodies
    {
        get
        {
            lock (_gate)
                return [.. _bodies];
        }
    }

    /// <summary>How much came and what was dropped.</summary>
    public ReceivedCounts Counts
    {
        get
        {
            lock (_gate)
                return _counts;
        }
    }

    /// <summary>The spans of one trace, in the order of arrival.</summary>
    public IReadOnlyList<ReceivedSpan> SpansOf(string traceId)
    {
        lock (_gate)
            return _traces.TryGetValue(traceId, out var trace) ? [.. trace.Spans.Values] : [];
    }

    /// <summary>How often anything came of a trace, log lines too; it only grows.</summary>
    public long ArrivalsOf(string traceId)
    {
        lock (_gate)
            return _traces.TryGetValue(traceId, out var trace) ? trace.Arrivals : 0;
    }

    /// <summary>How many spans of a trace were dropped.</summary>
    public int DroppedOf(string traceId)
    {
        lock (_gate)
            return _traces.TryGetValue(traceId, out var trace) ? trace.Dropped : 0;
    }

    /// <summary>Notes a request before it is read.</summary>
    /// <returns>Whether there is room; false only where bodies are kept and no more fit.</returns>
    public bool TryNoteRequest(ReadOnlyMemory<byte> body)
    {
        lock (_gate)
        {
            _counts = _counts.PlusRequest(body.Length);
            if (!options.KeepBodies)
                return true;
            if (_bodyBytes + body.Length > options.MostBodyBytes)
                return false;
            _bodyBytes += body.Length;
            _bodies.Add(body);
            return true;
        }
    }

    /// <summary>Adds spans; one that came before, as after a resent request, takes the place of the former.</summary>
    public void Add(IEnumerable<ReceivedSpan> spans)
    {
        lock (_gate)
        {
            foreach (var span in spans)
                Add(span);
            _spans = null;
            Tell();
        }
    }

    /// <summary>Adds log lines.</summary>
    public void Add(IEnumerable<ReceivedLog> logs)
    {
        lock (_gate)
        {
            foreach (var line in logs)
            {
                _logs.Enqueue(line);
                if (line.TraceId is { } id && _traces.TryGetValue(id, out var trace))
                    trace.Arrivals++;
                if (_logs.Count > options.MostLogs)
                {
                    _logs.Dequeue();
                    _counts = _counts with { DroppedLogs = _counts.DroppedLogs + 1 };
                }
            }

            Tell();
        }
    }

    /// <summary>Takes over the values of the metrics that the report shows.</summary>
    public void Add(IEnumerable<ReceivedMetric> metrics)
    {
        lock (_gate)
        {
            foreach (var metric in metrics.Where(metric => MetricsOfInterest.Any(start => metric.Name.StartsWith(start, StringComparison.Ordinal))))
            {
                var series = (metric.Service, metric.Name, metric.Series);
                if (_metrics.ContainsKey(series) || _metrics.Count < options.MostMetrics)
                    _metrics[series] = metric;
                else
                    _counts = _counts with { DroppedMetrics = _counts.DroppedMetrics + 1 };
            }

            Tell();
        }
    }

    /// <summary>A task that ends when something comes. Take it before looking, so that nothing is missed.</summary>
    public Task NextArrival
    {
        get
        {
            lock (_gate)
                return _changed.Task;
        }
    }

    private void Add(ReceivedSpan span)
    {
        if (!_traces.TryGetValue(span.TraceId, out var trace))
        {
            if (_traces.Count >= options.MostTraces)
                DropQuietest();
            _traces.Add(span.TraceId, trace = new KeptTrace(_arrivals));
        }

        trace.LastArrival = ++_arrivals;
        trace.Arrivals++;
        if (trace.Spans.ContainsKey(span.SpanId) || trace.Spans.Count < options.MostSpans)
        {
            trace.Spans[span.SpanId] = span;
        }
        else
        {
            trace.Dropped++;
            _counts = _counts with { DroppedSpans = _counts.DroppedSpans + 1 };
        }
    }

    private void DropQuietest()
    {
        var (id, quietest) = _traces.MinBy(trace => trace.Value.LastArrival);
        _traces.Remove(id);
        _counts = _counts with
        {
            DroppedTraces = _counts.DroppedTraces + 1,
            DroppedSpans = _counts.DroppedSpans + quietest.Spans.Count,
        };
    }

    private void Tell()
    {
        _changed.TrySetResult();
        _changed = NewSignal();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class KeptTrace(long number)
    {
        public long Number => number;

        public long LastArrival { get; set; }

        public long Arrivals { get; set; }

        public int Dropped { get; set; }

        public Dictionary<string, ReceivedSpan> Spans { get; } = new(StringComparer.Ordinal);
    }
}

/// <summary>How much was received and what was dropped of it.</summary>
internal sealed record ReceivedCounts
{
    /// <summary>The longest request that the Aspire dashboard takes, in bytes: the usual limit of gRPC.</summary>
    public const int DashboardLimit = 4 * 1024 * 1024;

    /// <summary>Requests, those of metrics and logs too.</summary>
    public int Requests { get; init; }

    /// <summary>Requests that the Aspire dashboard would refuse whole because they are longer than <see cref="DashboardLimit"/>.</summary>
    public int TooLongForDashboard { get; init; }

    /// <summary>The longest body, unpacked, in bytes.</summary>
    public int LargestRequest { get; init; }

    /// <summary>Traces that went because there were too many.</summary>
    public int DroppedTraces { get; init; }

    /// <summary>Spans that went, alone or with their trace.</summary>
    public int DroppedSpans { get; init; }

    /// <summary>Log lines that went.</summary>
    public int DroppedLogs { get; init; }

    /// <summary>Values of series for which there was no room.</summary>
    public int DroppedMetrics { get; init; }

    /// <summary>These and one request more.</summary>
    public ReceivedCounts PlusRequest(int length) => this with
    {
        Requests = Requests + 1,
        LargestRequest = Math.Max(LargestRequest, length),
        TooLongForDashboard = TooLongForDashboard + (length > DashboardLimit ? 1 : 0),
    };
}

namespace Janus.DevTools.FakeGemini;

/// <summary>What was asked and how it was answered. Bounded: of more than 10,000 requests the oldest are only counted. Safe for concurrent use.</summary>
internal sealed class Journal(TimeProvider time)
{
    /// <summary>How many requests are listed.</summary>
    public const int Most = 10_000;

    private readonly Lock _gate = new();
    private readonly Queue<JournalLine> _lines = new();
    private JournalCounts _forgotten = JournalCounts.None;
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>Begins a line for a request that has come.</summary>
    public JournalLine Open(string kind, string? model, bool isStreamed)
    {
        lock (_gate)
        {
            var line = new JournalLine(this, new JournalEntry(time.GetUtcNow(), kind, model, isStreamed));
            _lines.Enqueue(line);
            while (_lines.Count > Most)
                _forgotten = _forgotten.Plus([_lines.Dequeue().Entry]);
            Tell();
            return line;
        }
    }

    /// <summary>Everything so far.</summary>
    public JournalReport Read()
    {
        lock (_gate)
        {
            JournalEntry[] entries = [.. _lines.Select(line => line.Entry)];
            return new(entries, _forgotten.Plus(entries));
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _lines.Clear();
            _forgotten = JournalCounts.None;
            Tell();
        }
    }

    /// <summary>Waits until something is true of the journal.</summary>
    /// <returns>The journal at that time.</returns>
    public async Task<JournalReport> UntilAsync(Func<JournalReport, bool> isTrue, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
                changed = _changed.Task;
            var report = Read();
            if (isTrue(report))
                return report;
            await changed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Changes a line.</summary>
    internal void Change(Action change)
    {
        lock (_gate)
        {
            change();
            Tell();
        }
    }

    private void Tell()
    {
        _changed.TrySetResult();
        _changed = NewSignal();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>The line of one request, which is filled in as the request goes on.</summary>
internal sealed class JournalLine(Journal journal, JournalEntry entry)
{
    /// <summary>What is known so far.</summary>
    public JournalEntry Entry { get; private set; } = entry;

    /// <summary>Adds what has become known.</summary>
    public void Note(Func<JournalEntry, JournalEntry> change) => journal.Change(() => Entry = change(Entry));
}

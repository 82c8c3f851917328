namespace Janus.Tests.Hosting;

/// <summary>Lines as they arrive, for tests that wait for one of them.</summary>
internal sealed class CollectedLines
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>All lines up to now.</summary>
    public IReadOnlyList<string> All
    {
        get
        {
            lock (_lock)
                return [.. _lines];
        }
    }

    /// <summary>The end of what arrived, for the message of a failed test.</summary>
    public string Tail => string.Join(Environment.NewLine, All.TakeLast(60));

    public void Add(string line)
    {
        TaskCompletionSource arrived;
        lock (_lock)
        {
            _lines.Add(line);
            (arrived, _arrived) = (_arrived, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        arrived.SetResult();
    }

    /// <summary>The first line, from the line with index <paramref name="from"/> on, that has been looked for.</summary>
    /// <exception cref="TimeoutException">It did not come in time; the message holds the lines that did.</exception>
    public async Task<string> WaitForAsync(Func<string, bool> wanted, TimeSpan limit, int from = 0)
    {
        using var deadline = new CancellationTokenSource(limit);
        for (var next = from; ;)
        {
            Task arrived;
            lock (_lock)
            {
                for (; next < _lines.Count; next++)
                {
                    if (wanted(_lines[next]))
                        return _lines[next];
                }

                arrived = _arrived.Task;
            }

            try
            {
                await arrived.WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException over)
            {
                throw new TimeoutException($"The line did not come within {limit.TotalSeconds} s. What came:{Environment.NewLine}{Tail}", over);
            }
        }
    }
}

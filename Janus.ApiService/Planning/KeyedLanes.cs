namespace Janus.ApiService.Planning;

/// <summary>One at a time for each key, so that two requests with one key ask the planner once. A lane lives as long as somebody is in it.</summary>
internal sealed class KeyedLanes
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Lane> _lanes = new(StringComparer.Ordinal);

    /// <summary>Waits for its turn.</summary>
    /// <returns>The turn, which ends when it is disposed.</returns>
    public async Task<IDisposable> EnterAsync(string key, CancellationToken cancellationToken)
    {
        Lane? lane;
        lock (_gate)
        {
            if (!_lanes.TryGetValue(key, out lane))
                _lanes[key] = lane = new Lane();
            lane.Visitors++;
        }

        try
        {
            await lane.Turn.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Leave(key, lane);
            throw;
        }

        return new Turn(this, key, lane);
    }

    private void Leave(string key, Lane lane)
    {
        lock (_gate)
        {
            if (--lane.Visitors > 0)
                return;
            _lanes.Remove(key);
        }

        lane.Turn.Dispose();
    }

    private sealed class Lane
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public int Visitors { get; set; }
    }

    private sealed class Turn(KeyedLanes lanes, string key, Lane lane) : IDisposable
    {
        public void Dispose()
        {
            lane.Turn.Release();
            lanes.Leave(key, lane);
        }
    }
}

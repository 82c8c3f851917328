using Janus.Web.Api;

namespace Janus.Web.Live;

/// <summary>
/// The live sources of this process, one for each campaign that a page shows and one for lists. A source outlives its last page by
/// a moment, so that going from tab to tab or reloading does not open the stream anew.
/// </summary>
internal sealed class LiveSources(ApiConnection connection, TimeProvider time, ILoggerFactory logs) : IAsyncDisposable
{
    private const string List = "";
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(10);

    // For nobody in particular: one stream serves everybody who looks.
    private readonly JanusApi _api = new(connection, null);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Shared> _sources = new(StringComparer.Ordinal);
    private readonly List<Task> _endings = [];
    private bool _isOver;

    /// <summary>How many event streams are held.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _sources.Count;
        }
    }

    /// <summary>Follows a campaign until the hold is disposed.</summary>
    public Hold<LiveCampaign> Follow(string campaignId) => Take(
        campaignId, () => new LiveCampaign(campaignId, _api, time, logs.CreateLogger<LiveCampaign>()));

    /// <summary>Follows the changes of all campaigns until the hold is disposed.</summary>
    public Hold<LiveList> FollowList() => Take(List, () => new LiveList(_api, time, logs.CreateLogger<LiveList>()));

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        List<Shared> all;
        lock (_gate)
        {
            _isOver = true;
            all = [.. _sources.Values];
            _sources.Clear();
        }

        foreach (var shared in all)
        {
            if (shared.Farewell is { } farewell)
                await farewell.DisposeAsync();
            await shared.Source.DisposeAsync();
        }

        await Task.WhenAll(_endings);
    }

    private Hold<TSource> Take<TSource>(string key, Func<TSource> create)
        where TSource : class, ILiveSource
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isOver, this);
            if (!_sources.TryGetValue(key, out var shared))
            {
                var source = create();
                _sources[key] = shared = new Shared(source);
                source.Start();
            }

            shared.Holds++;
            shared.Farewell?.Dispose();
            shared.Farewell = null;
            return new Hold<TSource>((TSource)shared.Source, () => Return(key, shared));
        }
    }

    private void Return(string key, Shared shared)
    {
        lock (_gate)
        {
            if (--shared.Holds > 0 || _isOver)
                return;
            shared.Farewell = time.CreateTimer(_ => End(key, shared), null, Linger, Timeout.InfiniteTimeSpan);
        }
    }

    private void End(string key, Shared shared)
    {
        lock (_gate)
        {
            if (shared.Holds > 0 || _isOver)
                return;
            _sources.Remove(key);
            shared.Farewell?.Dispose();
            // Ended here and waited for when the process stops; those that are over are forgotten.
            _endings.RemoveAll(ending => ending.IsCompletedSuccessfully);
            _endings.Add(shared.Source.DisposeAsync().AsTask());
        }
    }

    private sealed class Shared(ILiveSource source)
    {
        public ILiveSource Source { get; } = source;

        public int Holds { get; set; }

        public ITimer? Farewell { get; set; }
    }
}

/// <summary>A page's hold on a live source.</summary>
internal sealed class Hold<TSource>(TSource source, Action giveBack) : IDisposable
{
    private Action? _giveBack = giveBack;

    /// <summary>The source.</summary>
    public TSource Source => source;

    public void Dispose() => Interlocked.Exchange(ref _giveBack, null)?.Invoke();
}

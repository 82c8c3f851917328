using System.Diagnostics;
using Janus.Campaigns.Events;
using Janus.Campaigns.Reading;
using Microsoft.Extensions.Options;

namespace Janus.ApiService.Events;

/// <summary>
/// The open event streams of this process, and what they read together: streams of one campaign that stand at the same event
/// share one read for each commit, however many they are.
/// </summary>
internal sealed class EventStreams(EventReader reader, IOptions<ApiOptions> options, IHostApplicationLifetime life)
{
    /// <summary>In place of a campaign's key: the stream follows all of them. Keys begin at 1.</summary>
    public const int AllCampaigns = 0;

    private readonly Lock _gate = new();
    private readonly Dictionary<int, int> _open = [];
    private readonly Dictionary<int, Page> _pages = [];
    private int _count;

    /// <summary>How many streams are open.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _count;
        }
    }

    /// <summary>Takes a place for a stream; null when all are taken. Disposing gives it back.</summary>
    public IDisposable? TryOpen(int campaignId)
    {
        lock (_gate)
        {
            if (_count >= options.Value.MaxEventStreams)
                return null;
            _count++;
            _open[campaignId] = _open.GetValueOrDefault(campaignId) + 1;
            return new Place(this, campaignId);
        }
    }

    /// <summary>The events after a number, as of a commit that was noticed; null when the campaign is deleted.</summary>
    /// <param name="campaignId">The campaign's internal key.</param>
    /// <param name="after">The last event that the stream has sent.</param>
    /// <param name="commit">The number of the commit signal, taken before this call: the same number means that nothing new is there.</param>
    /// <param name="cancellationToken">Ends this stream's waiting, not the shared read.</param>
    public Task<IReadOnlyList<CampaignEvent>?> ReadAsync(int campaignId, long after, long commit, CancellationToken cancellationToken)
    {
        Page? page;
        lock (_gate)
        {
            var isShared = _pages.TryGetValue(campaignId, out page) && page.After == after && page.Commit == commit
                && !page.Events.IsFaulted && !page.Events.IsCanceled;
            if (!isShared)
            {
                // Started on another thread: SQLite reads on the thread that asks, and this one holds the gate.
                _pages[campaignId] = page = new Page(
                    after, commit, Task.Run(() => ReadAsync(campaignId, after), life.ApplicationStopping));
            }
        }

        return page!.Events.WaitAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<CampaignEvent>?> ReadAsync(int campaignId, long after)
    {
        // It is read for all streams, after every commit: no span of the one that happened to come first.
        Activity.Current = null;
        var events = await reader.AfterAsync(campaignId, after, life.ApplicationStopping);
        return events.Count > 0 || await reader.ExistsAsync(campaignId, life.ApplicationStopping) ? events : null;
    }

    private void Close(int campaignId)
    {
        lock (_gate)
        {
            _count--;
            if (--_open[campaignId] > 0)
                return;
            _open.Remove(campaignId);
            _pages.Remove(campaignId);
        }
    }

    private sealed record Page(long After, long Commit, Task<IReadOnlyList<CampaignEvent>?> Events);

    private sealed class Place(EventStreams streams, int campaignId) : IDisposable
    {
        private int _closed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _closed, 1) == 0)
                streams.Close(campaignId);
        }
    }
}

using Janus.Campaigns.Reading;
using Janus.Contracts;

namespace Janus.ApiService.Events;

/// <summary>
/// Which campaigns have changed, for every stream over all of them together: one read for each commit that was noticed, however many
/// streams are open, and none while none is. A stream that is slow gets the newest version of each campaign, not every one between.
/// </summary>
internal sealed class CampaignChanges(CampaignReader reader, TimeProvider time) : IDisposable
{
    /// <summary>
    /// How far back each read looks. A change takes its time within its transaction, so one that was committed later may bear an earlier
    /// time, but never by more than a transaction may take.
    /// </summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<string, Told> _told = new(StringComparer.Ordinal);
    private DateTimeOffset? _newest;
    private long? _commit;
    private long _sequence;
    private int _open;

    /// <summary>Where a stream that opens now begins: it is told what changes after this. Each beginning needs its <see cref="EndAsync"/>.</summary>
    /// <param name="commit">The number of the commit signal, taken before this call.</param>
    /// <param name="cancellationToken">The stream ends.</param>
    public Task<long> BeginAsync(long commit, CancellationToken cancellationToken) =>
        InTurnAsync(async () =>
        {
            // Read whatever was noticed: what was committed just before is old to this stream, even if nobody has noticed it yet.
            await ReadAsync(commit, cancellationToken);
            _open++;
            return _sequence;
        }, cancellationToken);

    /// <summary>What has changed since a position, as of a commit that was noticed.</summary>
    /// <param name="after">The position of the stream.</param>
    /// <param name="commit">The number of the commit signal, taken before this call: the same number means that nothing new is there.</param>
    /// <param name="cancellationToken">The stream ends.</param>
    /// <returns>The changes, oldest first, and the position after them.</returns>
    public Task<(IReadOnlyList<CampaignChangedDto> Changes, long Position)> AfterAsync(long after, long commit, CancellationToken cancellationToken) =>
        InTurnAsync<(IReadOnlyList<CampaignChangedDto>, long)>(async () =>
        {
            await CatchUpAsync(commit, cancellationToken);
            return ([.. _told.Where(told => told.Value.Sequence > after).OrderBy(told => told.Value.Sequence)
                .Select(told => new CampaignChangedDto(told.Key, told.Value.Version, told.Value.IsDeleted))], _sequence);
        }, cancellationToken);

    /// <summary>A stream has ended; with the last one everything is forgotten.</summary>
    public Task EndAsync() =>
        InTurnAsync(() =>
        {
            if (--_open == 0)
            {
                _told.Clear();
                _newest = null;
                _commit = null;
            }

            return Task.FromResult(true);
        }, CancellationToken.None);

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private Task CatchUpAsync(long commit, CancellationToken cancellationToken) =>
        _commit >= commit ? Task.CompletedTask : ReadAsync(commit, cancellationToken);

    private async Task ReadAsync(long commit, CancellationToken cancellationToken)
    {
        // A clock that was set back must not hide what changes from then on.
        var now = time.GetUtcNow();
        var from = (_newest < now ? _newest.Value : now) - Overlap;
        foreach (var campaign in await reader.ChangedAsync(from, cancellationToken))
        {
            _newest = _newest > campaign.UpdatedAt ? _newest : campaign.UpdatedAt;
            if (!_told.TryGetValue(campaign.PublicId, out var told) || (!told.IsDeleted && (campaign.IsDeleted || told.Version < campaign.Version)))
                _told[campaign.PublicId] = new Told(campaign.Version, ++_sequence, campaign.IsDeleted);
        }

        _commit = commit;
    }

    private async Task<T> InTurnAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            _turn.Release();
        }
    }

    private sealed record Told(long Version, long Sequence, bool IsDeleted);
}

using Janus.Campaigns.Events;
using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Reading;

/// <summary>Reads a campaign's event log.</summary>
public sealed class EventReader(CampaignDatabase database)
{
    /// <summary>At most this many events are read at a time.</summary>
    public const int PageSize = 500;

    /// <summary>The events after a number, in order, at most <see cref="PageSize"/>.</summary>
    public Task<IReadOnlyList<CampaignEvent>> AfterAsync(int campaignId, long version, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<CampaignEvent>>(
            "read_events",
            async (context, token) => await context.Events.Where(e => e.CampaignId == campaignId && e.Version > version)
                .OrderBy(e => e.Version).Take(PageSize).ToListAsync(token),
            cancellationToken);

    /// <summary>Whether a campaign is there still.</summary>
    public Task<bool> ExistsAsync(int campaignId, CancellationToken cancellationToken) =>
        database.ReadAsync("find_campaign", (context, token) => context.Campaigns.AnyAsync(c => c.Id == campaignId, token), cancellationToken);

    /// <summary>A page of the log, newest first, with the campaign it belongs to; null when there is no such campaign.</summary>
    /// <param name="publicId">The campaign's public id.</param>
    /// <param name="before">Only events with a smaller number; null for the newest.</param>
    /// <param name="limit">The most events.</param>
    /// <param name="kinds">Only events of these kinds; empty for all.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    public Task<EventPage?> BeforeAsync(
        string publicId, long? before, int limit, IReadOnlyCollection<EventKind> kinds, CancellationToken cancellationToken) =>
        database.ReadAsync<EventPage?>(
            "read_log",
            async (context, token) =>
            {
                var campaign = await context.Campaigns.Where(c => c.PublicId == publicId).Select(c => new { c.Id, c.Name, c.Version }).SingleOrDefaultAsync(token);
                if (campaign is null)
                    return null;
                var wanted = context.Events.Where(e => e.CampaignId == campaign.Id);
                if (before is { } number)
                    wanted = wanted.Where(e => e.Version < number);
                if (kinds.Count > 0)
                    wanted = wanted.Where(e => kinds.Contains(e.Kind));
                // One more than asked for tells whether there are older ones.
                var events = await wanted.OrderByDescending(e => e.Version).Take(limit + 1).ToListAsync(token);
                var page = events.Take(limit).ToList();
                return new EventPage(campaign.Name, campaign.Version, page, events.Count > limit ? page[^1].Version : null);
            },
            cancellationToken);
}

/// <summary>A page of a campaign's log.</summary>
/// <param name="Name">The campaign's name.</param>
/// <param name="Version">The number of its latest event.</param>
/// <param name="Events">The events, newest first.</param>
/// <param name="Before">Where the next, older page begins; null when this is the last.</param>
public sealed record EventPage(string Name, long Version, IReadOnlyList<CampaignEvent> Events, long? Before);

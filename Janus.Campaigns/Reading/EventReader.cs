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
}

using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns;

/// <summary>The queries that run for every change, compiled.</summary>
internal sealed class CampaignQueries
{
    private readonly Func<CampaignsContext, int, IAsyncEnumerable<Campaign>> _one = EF.CompileAsyncQuery(
        (CampaignsContext context, int id) => context.Campaigns.AsTracking().Where(campaign => campaign.Id == id));

    private readonly Func<CampaignsContext, int[], IAsyncEnumerable<Campaign>> _several = EF.CompileAsyncQuery(
        (CampaignsContext context, int[] ids) =>
            context.Campaigns.AsTracking().Where(campaign => ids.Contains(campaign.Id)).OrderBy(campaign => campaign.Id).AsQueryable());

    /// <summary>Campaigns by key, tracked, in the order of their keys.</summary>
    public static ValueTask<List<Campaign>> TrackedAsync(CampaignsContext context, IReadOnlyList<int> ids, CancellationToken cancellationToken)
    {
        var queries = CompiledQueries<CampaignQueries>.For(context);
        return (ids is [var id] ? queries._one(context, id) : queries._several(context, [.. ids])).ToListAsync(cancellationToken);
    }
}

using System.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns;

/// <summary>
/// The span of a person's command about a campaign. A command is a trace of its own, which is linked to the one in which the campaign was planned.
/// </summary>
internal sealed class CommandSpan
{
    private readonly Activity? _root = Root();
    private string? _campaignId;
    private ActivityContext _creation;

    /// <summary>Finds out, within the change, where the campaign was planned; nothing is read when nobody records the command.</summary>
    public async Task FindCreationAsync(CampaignChange change, CancellationToken cancellationToken)
    {
        if (_root is null)
            return;

        _campaignId = change.Campaign.PublicId;
        var first = await change.Context.Events.AsNoTracking().Where(entry => entry.CampaignId == change.Campaign.Id && entry.Version == 1)
            .Select(entry => new { entry.TraceId, entry.SpanId }).SingleOrDefaultAsync(cancellationToken);
        _creation = first is { TraceId: { } trace, SpanId: { } span }
            ? new ActivityContext(ActivityTraceId.CreateFromString(trace), ActivitySpanId.CreateFromString(span), ActivityTraceFlags.None, isRemote: true)
            : default;
    }

    /// <summary>Says on the span whose campaign it is about. Outside the change, which may be tried several times.</summary>
    public void Link()
    {
        if (_campaignId is null)
            return;
        _root!.SetTag("janus.campaign.id", _campaignId);
        if (_creation != default && _creation.TraceId != _root.TraceId)
            _root.AddLink(new ActivityLink(_creation));
    }

    private static Activity? Root()
    {
        var span = Activity.Current;
        while (span?.Parent is { } parent)
            span = parent;
        return span is { Recorded: true } ? span : null;
    }
}

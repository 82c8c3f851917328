using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns;

/// <summary>Runs changes of campaigns, each in one transaction, and tells telemetry of the phases that moved once they are committed.</summary>
public sealed class CampaignWriter(CampaignDatabase database, TimeProvider time)
{
    /// <summary>Changes one campaign.</summary>
    /// <param name="operation">A low-cardinality name.</param>
    /// <param name="campaignId">The internal key.</param>
    /// <param name="block">The change; a refusal rolls everything back.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    public Task<Decision<T>> ChangeAsync<T>(
        string operation, int campaignId, Func<CampaignChange, CancellationToken, Task<Decision<T>>> block, CancellationToken cancellationToken) =>
        TransactAsync(
            operation,
            async (context, changes, token) =>
            {
                var change = await CampaignChange.BeginAsync(database.Engine, context, campaignId, time, token);
                if (change is null)
                    return Decision<T>.Refuse(RefusalKind.NotFound, "There is no such campaign.");
                changes.Add(change);
                return await block(change, token);
            },
            cancellationToken);

    /// <summary>Changes one campaign by its public id; a refusal rolls everything back.</summary>
    /// <param name="operation">A low-cardinality name.</param>
    /// <param name="publicId">The public id.</param>
    /// <param name="block">The change.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    public async Task<Decision<T>> ChangeAsync<T>(
        string operation, string publicId, Func<CampaignChange, CancellationToken, Task<Decision<T>>> block, CancellationToken cancellationToken)
    {
        var id = await database.ReadAsync(
            "find_campaign",
            (context, token) => context.Campaigns.Where(c => c.PublicId == publicId).Select(c => (int?)c.Id).SingleOrDefaultAsync(token),
            cancellationToken);
        return id is { } found
            ? await CommandAsync(operation, found, block, cancellationToken)
            : Decision<T>.Refuse(RefusalKind.NotFound, "There is no such campaign.");
    }

    /// <summary>Changes one post; a refusal rolls everything back.</summary>
    /// <param name="operation">A low-cardinality name.</param>
    /// <param name="pk">The post's key.</param>
    /// <param name="block">The change, with the post's row, tracked.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    public async Task<Decision<T>> ChangePostAsync<T>(
        string operation, int pk, Func<CampaignChange, Post, CancellationToken, Task<Decision<T>>> block, CancellationToken cancellationToken)
    {
        const string noSuchPost = "There is no such post.";
        var campaignId = await database.ReadAsync(
            "find_post",
            (context, token) => context.Posts.Where(post => post.Id == pk).Select(post => (int?)post.CampaignId).SingleOrDefaultAsync(token),
            cancellationToken);
        if (campaignId is not { } id)
            return Decision<T>.Refuse(RefusalKind.NotFound, noSuchPost);

        return await CommandAsync(operation, id, async (change, token) =>
        {
            var post = await change.Context.Posts.AsTracking().SingleOrDefaultAsync(p => p.Id == pk && p.CampaignId == id, token);
            if (post is null)
                return Decision<T>.Refuse(RefusalKind.NotFound, noSuchPost);
            post.UpdatedAt = change.Now;
            return await block(change, post, token);
        }, cancellationToken);
    }

    private async Task<Decision<T>> CommandAsync<T>(
        string operation, int campaignId, Func<CampaignChange, CancellationToken, Task<Decision<T>>> block, CancellationToken cancellationToken)
    {
        var command = new CommandSpan();
        var decision = await ChangeAsync(
            operation, campaignId,
            async (change, token) =>
            {
                await command.FindCreationAsync(change, token);
                return await block(change, token);
            },
            cancellationToken);
        command.Link();
        return decision;
    }

    /// <summary>Changes any number of campaigns in one transaction; every begun change is added to the list.</summary>
    public async Task<Decision<T>> TransactAsync<T>(
        string operation, Func<CampaignsContext, IList<CampaignChange>, CancellationToken, Task<Decision<T>>> block, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(block);
        var (decision, moves) = await database.WriteAsync(
            operation,
            async (context, token) =>
            {
                var changes = new List<CampaignChange>();
                var decided = await block(context, changes, token);
                var moved = changes.SelectMany(change => change.Moves).ToList();
                return ((decided, moved), decided.IsAccepted);
            },
            cancellationToken);
        if (decision.IsAccepted)
            PhaseTelemetry.Tell(moves);
        return decision;
    }
}

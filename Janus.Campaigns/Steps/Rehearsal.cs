using Janus.Campaigns.Storage;

namespace Janus.Campaigns.Steps;

/// <summary>A campaign with one step, for a transaction that is rolled back.</summary>
internal static class Rehearsal
{
    public static async Task<ReadyStep> AddStepAsync(CampaignsContext context, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var campaign = new Campaign
        {
            PublicId = PublicId.NewCampaign(),
            Name = "",
            Brief = new Brief { ProductDescription = "", GtmGoals = "", CampaignName = "", Platform = "X", TimeZone = "UTC" },
            Diagram = "",
            CreatedAt = now,
            UpdatedAt = now,
        };
        context.Campaigns.Add(campaign);
        await context.SaveChangesAsync(cancellationToken);

        var post = new Post { CampaignId = campaign.Id, NodeId = "", Title = "", Description = "", Platform = "X", PhaseNumber = 1, CreatedAt = now, UpdatedAt = now };
        context.Posts.Add(post);
        await context.SaveChangesAsync(cancellationToken);

        var step = new GenerationStep
        {
            CampaignId = campaign.Id,
            PostId = post.Id,
            Kind = StepKind.Text,
            Variant = GenerationStep.BothLetters,
            Generation = 1,
            State = StepState.Ready,
            AvailableAt = now,
        };
        context.Steps.Add(step);
        await context.SaveChangesAsync(cancellationToken);
        // A claim finds nothing tracked.
        context.ChangeTracker.Clear();
        return (await StepQueries.NextAsync(context, [campaign.Id], StepKind.Text, now, 1, cancellationToken)).Single();
    }
}

using Janus.Campaigns.Diagrams;
using Janus.Campaigns.Steps;

namespace Janus.Campaigns.Planning;

/// <summary>The rows of a planned post, whichever plan it comes with.</summary>
internal static class PlannedPosts
{
    /// <summary>The parts of a post: its texts and two pictures.</summary>
    public const int Parts = 3;

    /// <summary>The post's own row.</summary>
    public static Post New(Campaign campaign, PlanNode node, DateTimeOffset now) => new()
    {
        CampaignId = campaign.Id,
        NodeId = node.Id,
        Title = node.Title,
        Description = node.Description,
        PhaseNumber = node.Phase,
        Platform = campaign.Brief.Platform,
        Status = PostStatus.Draft,
        PlanNumber = campaign.PlanNumber,
        CreatedAt = now,
        UpdatedAt = now,
    };

    /// <summary>Its steps. All parts exist from the start, so that the total does not change while they are made: pictures wait for the captions that the text step writes.</summary>
    public static IEnumerable<GenerationStep> StepsOf(Post post, string? traceParent, string? traceState)
    {
        yield return NewStep(StepKind.Text, GenerationStep.BothLetters, StepState.Ready);
        yield return NewStep(StepKind.Picture, "A", StepState.Waiting);
        yield return NewStep(StepKind.Picture, "B", StepState.Waiting);

        GenerationStep NewStep(StepKind kind, string variant, StepState state) => new()
        {
            CampaignId = post.CampaignId,
            PostId = post.Id,
            Kind = kind,
            Variant = variant,
            Generation = 1,
            State = state,
            AvailableAt = post.CreatedAt,
            TraceParent = traceParent,
            TraceState = traceState,
        };
    }
}

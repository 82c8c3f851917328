namespace Janus.Campaigns.Planning;

/// <summary>A new plan of a campaign from a phase on, kept until a person applies it: nothing of the campaign is changed before.</summary>
public sealed class PlanProposal
{
    /// <summary>The internal key.</summary>
    public int Id { get; init; }

    /// <summary>The opaque public id: <c>r_</c> and 22 base-62 characters.</summary>
    public required string PublicId { get; init; }

    /// <summary>The campaign.</summary>
    public int CampaignId { get; init; }

    /// <summary>The first phase that is planned anew, 1 to 3.</summary>
    public int PhaseNumber { get; init; }

    /// <summary>What a person wants to be different.</summary>
    public required string Direction { get; init; }

    /// <summary>The plan of those phases as a Mermaid diagram.</summary>
    public required string Diagram { get; init; }

    /// <summary>The plan that it was made from: applied only while the campaign still has that one.</summary>
    public int BasePlanNumber { get; init; }

    /// <summary>The number of the plan that it became; null while it is only proposed.</summary>
    public int? AppliedPlanNumber { get; set; }

    /// <summary>When it was proposed, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}

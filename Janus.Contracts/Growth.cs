using System.Text.Json;

namespace Janus.Contracts;

/// <summary>The body of POST /api/agents/generate-new-post/ .</summary>
public sealed record FollowUpRequest
{
    /// <summary>The most posts that a new one may follow.</summary>
    public const int MostNodes = 20;

    /// <summary>The keys of the posts that the new one follows: 1 to 20, each a number or a string of digits, all of one campaign.</summary>
    public JsonElement? Nodes { get; init; }

    /// <summary>What the new post is to be, at most 1,000 characters. Required.</summary>
    public string? Prompt { get; init; }
}

/// <summary>The answer to POST /api/agents/generate-new-post/ : 202. The post is planned and stored; its texts and pictures are being made.</summary>
/// <param name="Success">Always true.</param>
/// <param name="Message">One sentence for a person.</param>
/// <param name="SelectedPosts">The keys of the posts that it follows.</param>
/// <param name="CampaignId">Their campaign.</param>
/// <param name="Pk">The new post's key.</param>
/// <param name="Title">Its title.</param>
/// <param name="Phase">"Phase 1", "Phase 2" or "Phase 3".</param>
/// <param name="CostMicroUsd">What planning it cost, in millionths of a US dollar.</param>
public sealed record FollowUpResponse(
    bool Success, string Message, IReadOnlyList<int> SelectedPosts, string CampaignId, int Pk, string Title, string Phase, long CostMicroUsd);

/// <summary>The body of POST /api/campaigns/{id}/replan .</summary>
public sealed record ReplanRequest
{
    /// <summary>The first phase to plan anew, 1 to 3; those after it are planned anew too. Required.</summary>
    public int? PhaseNum { get; init; }

    /// <summary>What is to be different, at most 2,000 characters. Required.</summary>
    public string? NewDirection { get; init; }
}

/// <summary>The body of POST /api/agents/regenerate-strategy/ .</summary>
public sealed record RegenerateStrategyRequest
{
    /// <summary>The campaign. Required.</summary>
    public string? CampaignId { get; init; }

    /// <summary>The first phase to plan anew, 1 to 3; those after it are planned anew too. Required.</summary>
    public int? PhaseNum { get; init; }

    /// <summary>What is to be different, at most 2,000 characters. Required.</summary>
    public string? NewDirection { get; init; }
}

/// <summary>A post in the preview of a new plan.</summary>
/// <param name="Pk">Its key; null for one that would come.</param>
/// <param name="Title">Its title.</param>
/// <param name="Description">What it is about.</param>
/// <param name="Phase">"Phase 1", "Phase 2" or "Phase 3".</param>
/// <param name="Status">draft, scheduled, published or analyzed.</param>
/// <param name="Approval">none, approved or rejected.</param>
public sealed record ReplanPostDto(int? Pk, string Title, string Description, string Phase, string Status, string Approval);

/// <summary>The answer to POST /api/campaigns/{id}/replan : 201, and to GET while it waits: 200. Nothing of the campaign has changed but what it has cost.</summary>
/// <param name="Success">Always true.</param>
/// <param name="CampaignId">The campaign.</param>
/// <param name="ProposalId">The proposal. It stands until it is applied or dropped, or another one is made.</param>
/// <param name="PhaseNum">The first phase that is planned anew.</param>
/// <param name="NewDirection">What was to be different.</param>
/// <param name="Goes">Posts that would be archived: drafts and rejected ones of those phases.</param>
/// <param name="Stays">Posts that stay: those of earlier phases, and those that are approved, scheduled, published or analyzed.</param>
/// <param name="Comes">Posts that would be added.</param>
/// <param name="MermaidDiagram">The whole plan as it would be, as a Mermaid diagram.</param>
/// <param name="CostMicroUsd">What planning it cost, in millionths of a US dollar.</param>
/// <param name="MakingCostMicroUsd">What making the new posts will cost at list prices, in millionths of a US dollar; 0 when nothing is charged or no price is known.</param>
/// <param name="Message">One sentence for a person.</param>
public sealed record ReplanPreviewResponse(
    bool Success, string CampaignId, string ProposalId, int PhaseNum, string NewDirection, IReadOnlyList<ReplanPostDto> Goes, IReadOnlyList<ReplanPostDto> Stays,
    IReadOnlyList<ReplanPostDto> Comes, string MermaidDiagram, long CostMicroUsd, long MakingCostMicroUsd, string Message);

/// <summary>The answer to POST /api/agents/regenerate-strategy/ , and to applying a proposal.</summary>
/// <param name="Success">Always true.</param>
/// <param name="CampaignId">The campaign.</param>
/// <param name="NewVersion">The number of its plan: 1 for the first, one more for each that was applied.</param>
/// <param name="MermaidDiagram">The whole plan as a Mermaid diagram.</param>
/// <param name="ArchivedPosts">The keys of the posts that went.</param>
/// <param name="NewPosts">The keys of those that came.</param>
/// <param name="Message">One sentence for a person.</param>
public sealed record RegenerateStrategyResponse(
    bool Success, string CampaignId, int NewVersion, string MermaidDiagram, IReadOnlyList<int> ArchivedPosts, IReadOnlyList<int> NewPosts, string Message);

/// <summary>The answer to DELETE /api/campaigns/{id}/replan/{proposal} .</summary>
/// <param name="Success">Always true.</param>
/// <param name="Message">One sentence for a person.</param>
public sealed record ReplanDiscardedResponse(bool Success, string Message);

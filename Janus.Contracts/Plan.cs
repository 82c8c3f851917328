namespace Janus.Contracts;

/// <summary>POST /api/strategy/plan/ : what a marketer asks for.</summary>
public sealed record PlanRequest
{
    /// <summary>The product, 1 to 20,000 characters. Required.</summary>
    public string? ProductDescription { get; init; }

    /// <summary>The go-to-market goals, 1 to 20,000 characters. Required.</summary>
    public string? GtmGoals { get; init; }

    /// <summary>The campaign's name, at most 200 characters; "GTM Campaign" when absent.</summary>
    public string? CampaignName { get; init; }

    /// <summary>Whether the plan is stored and its content made; true when absent. False plans only, and has no use for an Idempotency-Key.</summary>
    public bool? SaveToDb { get; init; }

    /// <summary>The platform the posts are for: X, Threads, Bluesky, Mastodon, Instagram, LinkedIn or Facebook, in any case; X when absent.</summary>
    public string? Platform { get; init; }

    /// <summary>Who is spoken to, at most 500 characters.</summary>
    public string? Audience { get; init; }

    /// <summary>How it should sound, at most 500 characters.</summary>
    public string? Tone { get; init; }

    /// <summary>Words that the copy should use, at most 50 of at most 60 characters.</summary>
    public IReadOnlyList<string>? UseWords { get; init; }

    /// <summary>Words that the copy must not use, at most 50 of at most 60 characters, none of them in use_words.</summary>
    public IReadOnlyList<string>? AvoidWords { get; init; }

    /// <summary>Posts per phase, 2 to 4; the planner decides when absent.</summary>
    public int? PostsPerPhase { get; init; }

    /// <summary>The campaign's first day, ISO 8601 (yyyy-MM-dd), at most 1 year ago and 5 years ahead.</summary>
    public DateOnly? StartDate { get; init; }

    /// <summary>The campaign's IANA time zone; UTC when absent.</summary>
    public string? TimeZone { get; init; }
}

/// <summary>A planned post, as the plan's answer names it.</summary>
/// <param name="Id">The node's id in the diagram, unique within the campaign.</param>
/// <param name="Title">The post's title.</param>
/// <param name="Description">What the post is about.</param>
/// <param name="Phase">"Phase 1", "Phase 2" or "Phase 3".</param>
public sealed record PlanNodeDto(string Id, string Title, string Description, string Phase);

/// <summary>An edge of the plan, between node ids.</summary>
public sealed record PlanConnectionDto(string From, string To);

/// <summary>The answer to a plan that was accepted: 201.</summary>
/// <param name="Success">Always true.</param>
/// <param name="CampaignId">The opaque id, or null when nothing was stored.</param>
/// <param name="MermaidDiagram">The plan as a Mermaid diagram.</param>
/// <param name="Nodes">The posts.</param>
/// <param name="Connections">The edges.</param>
/// <param name="TotalPosts">How many posts there are.</param>
/// <param name="Message">One sentence for a person.</param>
public sealed record PlanResponse(
    bool Success, string? CampaignId, string MermaidDiagram, IReadOnlyList<PlanNodeDto> Nodes, IReadOnlyList<PlanConnectionDto> Connections,
    int TotalPosts, string Message);

/// <summary>The answer to DELETE /api/strategy/plan : what became of a plan that was being made under an Idempotency-Key.</summary>
/// <param name="Success">Always true.</param>
/// <param name="Message">One sentence for a person.</param>
public sealed record PlanCancelledResponse(bool Success, string Message);

/// <summary>GET /api/strategy/estimate : what planning and making a campaign will take, at the least and at the most.</summary>
/// <param name="Generator"><c>sample</c> or <c>gemini</c>.</param>
/// <param name="IsFree">Whether nothing is charged: the sample studio works.</param>
/// <param name="Posts">Posts.</param>
/// <param name="Calls">Model calls: one for the plan, one text and two pictures a post. Answers that must be asked again come on top.</param>
/// <param name="CostMicroUsd">Millionths of a US dollar, at list prices and the usual number of tokens.</param>
/// <param name="PricesAsOf">The day from which the newest of the prices holds; null when nothing is charged, or no price is known.</param>
/// <param name="InputTokens">Tokens sent.</param>
/// <param name="OutputTokens">Tokens answered, thoughts included.</param>
/// <param name="PricesKnown">Whether every model in use has a price; where one has none, the cost is only a part of what will be charged.</param>
public sealed record EstimateResponse(
    string Generator, bool IsFree, RangeDto Posts, RangeDto Calls, RangeDto CostMicroUsd, DateOnly? PricesAsOf, RangeDto InputTokens, RangeDto OutputTokens,
    bool PricesKnown);

/// <summary>From the least to the most.</summary>
public sealed record RangeDto(long Least, long Most);

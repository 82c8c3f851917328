using Janus.ApiService.Graph;
using Janus.ApiService.Http;
using Janus.Campaigns;
using Janus.Campaigns.Posts;
using Janus.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Janus.ApiService.Posts;

/// <summary>One decision about several posts of one campaign, in one transaction. What could not be decided is part of the answer.</summary>
internal static class SeveralDecisions
{
    private const int MostPosts = 500;

    /// <summary>Answers POST /api/posts/decide.</summary>
    public static async Task<Results<Ok<DecideResponse>, ProblemHttpResult>> DecideAsync(
        HttpRequest request, PostDecisions decisions, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var body = await RequestBody.ReadAsync<DecideRequest>(request, errors, cancellationToken);
        var posts = body is null ? [] : CheckPosts(body.Decisions, errors);
        var action = body is null ? null : errors.CheckText("action", body.Action, 20, isRequired: true);
        if (action is not (null or "approve" or "reject" or "reopen"))
            errors.Add("action", "must be approve, reject or reopen.");
        var reason = errors.CheckText("reason", body?.Reason, DecisionEndpoints.LongestReason, hasLines: true);
        if (errors.Any || body is null || action is null)
            return Problems.Invalid(errors);

        var decision = await decisions.DecideAsync(posts, new Verdict(Words.FromWord<VerdictKind>(action), reason, body.WithoutPictures ?? true), cancellationToken);
        if (decision.Refusal is { Kind: RefusalKind.Invalid } several)
        {
            errors.Add("decisions", $"must be about one campaign. {several.Reason}");
            return Problems.Invalid(errors);
        }

        return decision.Refusal is { } refusal ? Problems.Refused(refusal) : TypedResults.Ok(ToResponse(decision.Value, action));
    }

    private static List<SeenPost> CheckPosts(IReadOnlyList<DecideOnDto?>? decisions, FieldErrors errors)
    {
        const string field = "decisions";
        if (errors.Has(field))
            return [];
        if (decisions is not { Count: > 0 })
        {
            errors.Add(field, "is required: at least one post.");
            return [];
        }

        if (decisions.Count > MostPosts)
        {
            errors.Add(field, $"may name at most {MostPosts} posts at a time; these are {decisions.Count}.");
            return [];
        }

        var wrong = new FieldErrors();
        var posts = decisions.Select(decision => new SeenPost(PostKey.Read(decision?.Pk, wrong), decision?.Seen)).ToList();
        if (wrong.Any)
            errors.Add(field, "must each name a post: its pk is a whole number above 0.");
        else if (posts.DistinctBy(post => post.Pk).Count() < posts.Count)
            errors.Add(field, "must name each post once.");
        return posts;
    }

    private static DecideResponse ToResponse(DecidedPosts decided, string action)
    {
        var done = decided.Outcomes.Count(outcome => outcome.Refusal is null);
        var left = decided.Outcomes.Count(outcome => outcome.Refusal is { Kind: not RefusalKind.Unchanged });
        var verb = action switch
        {
            "approve" => "Approved",
            "reject" => "Rejected",
            _ => "Reopened",
        };
        var message = left == 0 ? $"{verb} {DecisionEndpoints.Count(done)}." : $"{verb} {DecisionEndpoints.Count(done)}; {DecisionEndpoints.Count(left)} could not be.";
        return new DecideResponse(left == 0, message, decided.CampaignId, action, done, [.. decided.Outcomes.Select(ToDto)]);
    }

    private static DecidedDto ToDto(PostOutcome outcome) => new(
        outcome.Pk, outcome.Post?.Title, outcome.Refusal?.Kind.ToWord() ?? "done", outcome.Refusal?.Reason,
        outcome.Post?.StatusWord(), outcome.Post?.ApprovalWord(), outcome.Post?.ChangedVersion);
}

using System.Text;
using System.Text.Json;
using Janus.ApiService.Http;
using Janus.Campaigns;
using Janus.Campaigns.Scheduling;
using Janus.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Janus.ApiService.Schedule;

/// <summary>Takes a table of numbers for the posts of a campaign: all of it, or nothing.</summary>
internal static class MetricsEndpoints
{
    private const string MediaType = "text/csv";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void MapMetrics(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/campaigns/{campaign_id}/metrics", ImportAsync).WithTags("Schedule")
            .WithSummary("Report numbers of many posts as a table with the columns post_pk, likes, impressions, retweets and comments")
            .TakesText(MediaType).Fails(400, 404, 413, 503);

    private static async Task<Results<Ok<MetricsImportResponse>, ProblemHttpResult>> ImportAsync(
        string campaign_id, HttpRequest request, Publishing publishing, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        if (await ReadTextAsync(request, errors, cancellationToken) is not { } text)
            return Problems.Invalid(errors);
        var table = await MetricsTable.ReadAsync(text);

        // Whoever mends a table wants to know everything that is wrong with it, so a wrong cell does not hide a wrong post.
        var refused = new Dictionary<int, string>();
        var decision = await publishing.ImportAsync(campaign_id, table.Posts, refused, cancellationToken, isWhole: table.Refused.Count == 0);
        switch (decision.Refusal)
        {
            case null:
                var posts = decision.Value.Affected;
                return TypedResults.Ok(new MetricsImportResponse(campaign_id, posts, $"Took the numbers of {ScheduleShapes.Count(posts)}."));
            case { Kind: RefusalKind.Invalid }:
                foreach (var (post, reason) in refused)
                    table.Refuse(post, reason);
                return Refuse(table);
            case { Kind: RefusalKind.Unchanged } unchanged:
                return TypedResults.Ok(new MetricsImportResponse(campaign_id, 0, unchanged.Reason));
            case var other:
                return Problems.Refused(other);
        }
    }

    private static ProblemHttpResult Refuse(MetricsTable table)
    {
        var errors = new FieldErrors();
        errors.Tell(FieldErrors.Body, $"Nothing was imported: {(table.Refused.Count == 1 ? "1 cell or row is" : $"{table.Refused.Count} cells or rows are")} wrong.");
        var problem = Problems.Invalid(errors);
        problem.ProblemDetails.Extensions["rows"] = JsonSerializer.SerializeToElement(table.Refused, ApiJson.Options);
        return problem;
    }

    private static async Task<string?> ReadTextAsync(HttpRequest request, FieldErrors errors, CancellationToken cancellationToken)
    {
        if (request.ContentType?.Split(';')[0].Trim().Equals(MediaType, StringComparison.OrdinalIgnoreCase) != true)
        {
            errors.Add(FieldErrors.Body, $"must be a table, sent with the content type {MediaType}.");
            return null;
        }

        await using var body = await RequestBody.ReceiveAsync(request.Body, cancellationToken);
        try
        {
            return Strict.GetString(body.GetBuffer(), 0, (int)body.Length);
        }
        catch (DecoderFallbackException)
        {
            errors.Add(FieldErrors.Body, "must be text in UTF-8.");
            return null;
        }
    }
}

using System.Globalization;
using Janus.ApiService.Access;
using Janus.ApiService.Http;
using Janus.Campaigns.Accounts;
using Janus.Contracts;
using Janus.Generation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Janus.ApiService.Posts;

/// <summary>Counts texts as platforms count, so that nobody else has to know how.</summary>
internal static class TextEndpoints
{
    private const int LongestText = 100_000;

    public static void MapTexts(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/text/length", MeasureAsync).For(Role.Viewer).WithTags("Posts").WithSummary("How long a text is on a platform").Takes<TextLengthRequest>().Fails(400, 413);

    private static async Task<Results<Ok<TextLengthResponse>, ProblemHttpResult>> MeasureAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var body = await RequestBody.ReadAsync<TextLengthRequest>(request, errors, cancellationToken);
        var platform = PlatformLimits.Canonical(string.IsNullOrWhiteSpace(body?.Platform) ? PlatformLimits.Known[0] : body.Platform);
        if (platform is null)
            errors.Add("platform", $"must be one of {string.Join(", ", PlatformLimits.Known)}.");
        if (body?.Text?.Length > LongestText)
            errors.Add("text", string.Create(CultureInfo.InvariantCulture, $"may have at most {LongestText:N0} characters; this one has {body.Text.Length:N0}."));
        if (errors.Any || body is null || platform is null)
            return Problems.Invalid(errors);

        var length = PlatformLimits.Count(platform, body.Text ?? "");
        var limit = PlatformLimits.Limit(platform);
        return TypedResults.Ok(new TextLengthResponse(platform, length, limit, Math.Max(0, length - limit), PlatformLimits.CountedIn(platform)));
    }
}

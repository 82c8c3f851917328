using Janus.ApiService.Http;
using Janus.ApiService.Posts;
using Janus.Campaigns;
using Janus.Campaigns.Scheduling;
using Janus.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Janus.ApiService.Schedule;

/// <summary>When one post goes out, that it is out, and what was counted of it since.</summary>
internal static class PostTimeEndpoints
{
    private const string NoSuchPost = "There is no such post.";
    private const int LongestUrl = 2_000;
    private const string MetricsFields = "likes, impressions, retweets or comments";

    public static void MapPostTimes(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/posts/{pk}").WithTags("Schedule");
        group.MapGet("/schedule", ReadAsync).WithSummary("When a post goes out, and its numbers").TakesIntegers("pk").Fails(400, 404, 503);
        group.MapPut("/schedule", SetDateAsync).WithSummary("Give an approved post a date, or a scheduled one another")
            .TakesIntegers("pk").Takes<PostDateRequest>().Fails(400, 404, 409, 413, 503);
        group.MapDelete("/schedule", UnscheduleAsync).WithSummary("Take a post's date away; it is approved still").TakesIntegers("pk").Fails(400, 404, 409, 503);
        group.MapPost("/publish", PublishAsync).WithSummary("Say that a post is out")
            .TakesIntegers("pk").Takes<PublishRequest>(isOptional: true).Fails(400, 404, 409, 413, 503);
        group.MapPut("/metrics", ReportAsync).WithSummary("Report numbers of a post that is out")
            .TakesIntegers("pk").Takes<MetricsRequest>().Fails(400, 404, 409, 413, 503);
    }

    private static async Task<Results<Ok<PostScheduleDto>, ProblemHttpResult>> ReadAsync(string pk, ScheduleReader reader, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var key = PostKey.Read(pk, errors);
        if (errors.Any)
            return Problems.Invalid(errors);
        return await FindAsync(key, reader, cancellationToken) is { } post ? TypedResults.Ok(post) : Problems.NotFound(NoSuchPost);
    }

    private static async Task<Results<Ok<PostScheduleDto>, ProblemHttpResult>> SetDateAsync(
        string pk, HttpRequest request, ScheduleCommands commands, ScheduleReader reader, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var body = await RequestBody.ReadAsync<PostDateRequest>(request, errors, cancellationToken);
        var key = PostKey.Read(pk, errors);
        var wanted = new WantedTime(errors.CheckWall("local_time", body?.LocalTime), errors.CheckInstant("at", body?.At));
        if (!errors.Any && wanted is { Local: null, At: null })
            errors.Add("local_time", "or at is required.");
        if (wanted is { Local: not null, At: not null })
            errors.Add("at", "must not stand beside local_time: one of the two says when.");
        if (errors.Any || body is null)
            return Problems.Invalid(errors);

        var decision = await commands.SetDateAsync(key, wanted, body.Seen, cancellationToken);
        if (!decision.IsAccepted)
            return await AnswerAsync(key, decision.Refusal, wanted.At is null ? "local_time" : "at", reader, cancellationToken);
        // That a time was moved out of a gap is known only now; what is stored is the time that there is.
        return await FindAsync(key, reader, cancellationToken) is { Date: { } date } post
            ? TypedResults.Ok(post with { Date = date with { Notes = decision.Value.Notes } })
            : Problems.NotFound(NoSuchPost);
    }

    private static async Task<Results<Ok<PostScheduleDto>, ProblemHttpResult>> UnscheduleAsync(
        string pk, ScheduleCommands commands, ScheduleReader reader, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var key = PostKey.Read(pk, errors);
        return errors.Any
            ? Problems.Invalid(errors)
            : await AnswerAsync(key, (await commands.UnscheduleAsync(key, cancellationToken)).Refusal, "pk", reader, cancellationToken);
    }

    private static async Task<Results<Ok<PostScheduleDto>, ProblemHttpResult>> PublishAsync(
        string pk, HttpRequest request, Publishing publishing, ScheduleReader reader, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var body = await RequestBody.ReadAsync<PublishRequest>(request, errors, cancellationToken, isOptional: true);
        var key = PostKey.Read(pk, errors);
        var at = errors.CheckInstant("published_at", body?.PublishedAt);
        var url = CheckUrl(body?.Url, errors);
        if (errors.Any || body is null)
            return Problems.Invalid(errors);

        var decision = await publishing.PublishAsync(key, at, url, body.Seen, cancellationToken);
        return await AnswerAsync(key, decision.Refusal, "published_at", reader, cancellationToken);
    }

    private static async Task<Results<Ok<PostScheduleDto>, ProblemHttpResult>> ReportAsync(
        string pk, HttpRequest request, Publishing publishing, ScheduleReader reader, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var body = await RequestBody.ReadAsync<MetricsRequest>(request, errors, cancellationToken);
        var key = PostKey.Read(pk, errors);
        var numbers = new ReportedNumbers(body?.Likes, body?.Impressions, body?.Retweets, body?.Comments);
        CheckNumber("likes", numbers.Likes, errors);
        CheckNumber("impressions", numbers.Impressions, errors);
        CheckNumber("retweets", numbers.Retweets, errors);
        CheckNumber("comments", numbers.Comments, errors);
        if (!errors.Any && !numbers.Any)
            errors.Add(FieldErrors.Body, $"must hold at least one of {MetricsFields}.");
        if (errors.Any)
            return Problems.Invalid(errors);

        return await AnswerAsync(key, (await publishing.ReportAsync(key, numbers, cancellationToken)).Refusal, FieldErrors.Body, reader, cancellationToken);
    }

    // What makes no sense whatever the state is named by its field; what is so already is answered as the first time.
    private static async Task<Results<Ok<PostScheduleDto>, ProblemHttpResult>> AnswerAsync(
        int key, Refusal? refusal, string field, ScheduleReader reader, CancellationToken cancellationToken)
    {
        switch (refusal)
        {
            case { Kind: RefusalKind.Invalid }:
                var errors = new FieldErrors();
                errors.Tell(field, refusal.Reason);
                return Problems.Invalid(errors);
            case { Kind: RefusalKind.Stale }:
                return Problems.Stale(refusal.Reason, await FindAsync(key, reader, cancellationToken));
            case { Kind: not RefusalKind.Unchanged }:
                return Problems.Refused(refusal);
            default:
                return await FindAsync(key, reader, cancellationToken) is { } post ? TypedResults.Ok(post) : Problems.NotFound(NoSuchPost);
        }
    }

    private static async Task<PostScheduleDto?> FindAsync(int key, ScheduleReader reader, CancellationToken cancellationToken) =>
        await reader.OfPostAsync(key, cancellationToken) is { } times && times.Posts.FirstOrDefault(timed => timed.Post.Id == key) is { } found
            ? found.ToDto(times.Rules)
            : null;

    private static void CheckNumber(string field, long? number, FieldErrors errors)
    {
        if (number < 0)
            errors.Add(field, "must be 0 or more.");
    }

    private static Uri? CheckUrl(string? value, FieldErrors errors)
    {
        if (errors.CheckText("url", value, LongestUrl) is not { } text)
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps) && url.UserInfo.Length == 0)
            return url;
        errors.Add("url", "must be an address that begins with http:// or https://.");
        return null;
    }
}

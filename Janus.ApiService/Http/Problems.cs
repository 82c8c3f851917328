using System.Diagnostics;
using System.Text.Json;
using Janus.Campaigns;
using Janus.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Janus.ApiService.Http;

/// <summary>
/// Every error that leaves the API: RFC 9457 problem details that also carry the fields which older clients read
/// (<c>success</c>, <c>message</c>, <c>error</c>, <c>errors</c>), and the trace to look for. Never the text of an exception.
/// </summary>
internal static class Problems
{
    /// <summary>400: what is wrong, by field.</summary>
    public static ProblemHttpResult Invalid(FieldErrors errors) => Of(StatusCodes.Status400BadRequest, errors.Summary(), errors);

    /// <summary>404: what was named does not exist.</summary>
    public static ProblemHttpResult NotFound(string message) => Of(StatusCodes.Status404NotFound, message);

    /// <summary>503: later it may work.</summary>
    public static ProblemHttpResult Unavailable(string message) => Of(StatusCodes.Status503ServiceUnavailable, message);

    /// <summary>A command about a post that the domain refused: it carries the <c>post</c> as it is now, so that nobody has to ask.</summary>
    public static ProblemHttpResult Refused(Refusal refusal, PostDetailResponse? post)
    {
        var problem = Refused(refusal);
        if (post is not null && problem.StatusCode == StatusCodes.Status409Conflict)
            problem.ProblemDetails.Extensions["post"] = JsonSerializer.SerializeToElement(post, ApiJson.Options);
        return problem;
    }

    /// <summary>A command that the domain refused: 404, 409 or 422.</summary>
    public static ProblemHttpResult Refused(Refusal refusal) => Of(
        refusal.Kind switch
        {
            RefusalKind.NotFound => StatusCodes.Status404NotFound,
            RefusalKind.Conflict or RefusalKind.Stale or RefusalKind.Unchanged => StatusCodes.Status409Conflict,
            _ => StatusCodes.Status422UnprocessableEntity,
        },
        refusal.Reason);

    /// <summary>409: it was decided upon what somebody else has changed meanwhile. Carries what is <c>current</c>, so that both can be compared.</summary>
    public static ProblemHttpResult Stale(string message, object? current)
    {
        var problem = Of(StatusCodes.Status409Conflict, message);
        problem.ProblemDetails.Extensions["current"] = JsonSerializer.SerializeToElement(current, ApiJson.Options);
        return problem;
    }

    /// <summary>A status that the framework gave without a word.</summary>
    public static ProblemHttpResult OfStatus(int status) => Of(status, status switch
    {
        StatusCodes.Status401Unauthorized => "Sign in first, or send a personal API token.",
        StatusCodes.Status429TooManyRequests => "Too many requests. Wait as long as Retry-After says, then go on.",
        StatusCodes.Status404NotFound => "There is nothing at this address.",
        StatusCodes.Status405MethodNotAllowed => "This address does not take this method.",
        StatusCodes.Status413PayloadTooLarge => $"The body is larger than {HttpRules.MaxBodyBytes / (1024 * 1024)} MB.",
        StatusCodes.Status503ServiceUnavailable => "This took too long and was given up. Please try again.",
        >= 500 => "Something went wrong here. The log has it under the trace id.",
        _ => "The request could not be read.",
    });

    /// <summary>Any error.</summary>
    public static ProblemHttpResult Of(int status, string message, FieldErrors? errors = null)
    {
        var details = new ProblemDetails
        {
            Status = status,
            Detail = message,
            Extensions =
            {
                ["success"] = false,
                ["message"] = message,
                ["error"] = message,
                ["traceId"] = Activity.Current?.TraceId.ToHexString(),
            },
        };
        if (errors is not null)
            details.Extensions["errors"] = errors.ToDictionary();
        return TypedResults.Problem(details);
    }
}

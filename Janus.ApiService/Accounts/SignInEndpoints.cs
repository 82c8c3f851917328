using System.Globalization;
using Janus.ApiService.Access;
using Janus.ApiService.Http;
using Janus.Campaigns.Accounts;
using Janus.Contracts;
using Janus.ServiceDefaults.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Janus.ApiService.Accounts;

/// <summary>Lets people in. Only the pages ask for it, with the key that both know: a password is never sent here by a browser.</summary>
internal static class SignInEndpoints
{
    private const int LongestSent = 500;

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Accounts");
        group.MapGet("/api/access", ReadAsync).WithSummary("How this Janus lets people in").AllowAnonymous().Fails(503);
        group.MapPost("/api/accounts/sign-in", SignInAsync).WithSummary("Check a name and a password").RequireAuthorization(AccessRules.Pages)
            .RequireRateLimiting(CallLimits.SignIn).Takes<SignInRequest>().Fails(400, 413, 503);
        group.MapPost("/api/accounts/first-admin", MakeFirstAsync).WithSummary("Make the first account with the token from the log").RequireAuthorization(AccessRules.Pages)
            .RequireRateLimiting(CallLimits.SignIn).Takes<FirstAdminRequest>().Fails(400, 404, 409, 413, 503);
    }

    private static async Task<Ok<AccessResponse>> ReadAsync(AccessOptions access, FirstAdmin first, CancellationToken cancellationToken) =>
        TypedResults.Ok(new AccessResponse(access.HasAccounts, access.HasAccounts && await first.IsNeededAsync(cancellationToken)));

    private static async Task<Results<Ok<SignedInResponse>, ProblemHttpResult>> SignInAsync(
        HttpContext http, SignIns signIns, SignInAttempts attempts, TimeProvider time, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var body = await RequestBody.ReadAsync<SignInRequest>(http.Request, errors, cancellationToken);
        var name = errors.CheckText("user_name", body?.UserName, LongestSent, isRequired: body is not null);
        if (body is not null && body.Password is not { Length: > 0 and <= LongestSent } && !errors.Has("password"))
            errors.Add("password", "is required.");
        if (name is null || errors.Any)
            return Problems.Invalid(errors);

        var outcome = attempts.Refuse(name) is { } wait
            ? new SignInOutcome(null, time.GetUtcNow() + wait)
            : await signIns.SignInAsync(name, body!.Password!, cancellationToken);
        if (outcome.Account is { } account)
            return TypedResults.Ok(new SignedInResponse(account.ToDto(time.GetUtcNow()), account.SecurityStamp!));
        attempts.Failed(name);
        if (outcome.LockedUntil is not { } until)
            return Problems.Of(StatusCodes.Status401Unauthorized, "The name or the password is not right.");
        return TooMany(http.Response, until - time.GetUtcNow());
    }

    /// <summary>429: too many wrong passwords.</summary>
    public static ProblemHttpResult TooMany(HttpResponse response, TimeSpan wait)
    {
        response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return Problems.Of(StatusCodes.Status429TooManyRequests, "Too many tries. Wait a few minutes, then try again.");
    }

    private static async Task<Results<Ok<SignedInResponse>, ProblemHttpResult>> MakeFirstAsync(
        HttpRequest request, FirstAdmin first, TimeProvider time, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var body = await RequestBody.ReadAsync<FirstAdminRequest>(request, errors, cancellationToken);
        if (body is null)
            return Problems.Invalid(errors);
        var token = errors.CheckText("token", body.Token, LongestSent, isRequired: true);
        var name = errors.CheckName(body.UserName);
        var password = errors.CheckPassword("password", body.Password, name);
        if (errors.Any)
            return Problems.Invalid(errors);

        var made = await first.MakeAsync(token!, name!, password!, cancellationToken);
        return made.Refusal is { } refusal
            ? Problems.Refused(refusal)
            : TypedResults.Ok(new SignedInResponse(made.Value.ToDto(time.GetUtcNow()), made.Value.SecurityStamp!));
    }
}

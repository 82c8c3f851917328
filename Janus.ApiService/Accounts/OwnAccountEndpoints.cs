using Janus.ApiService.Access;
using Janus.ApiService.Http;
using Janus.Campaigns;
using Janus.Campaigns.Accounts;
using Janus.Campaigns.Auditing;
using Janus.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Janus.ApiService.Accounts;

/// <summary>What people do about their own account.</summary>
internal static class OwnAccountEndpoints
{
    private const int LongestTokenName = 80;
    private const int UsualDays = 90;
    private const int MostDays = 366;

    public static void MapOwnAccount(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/accounts/me").WithTags("Accounts");
        group.MapGet("", ReadAsync).WithSummary("Who you are").RequireAuthorization(AccessRules.Account).Fails(503);
        group.MapPost("/password", ChangePasswordAsync).WithSummary("Change your password; every session but the one that asks is over")
            .RequireAuthorization(AccessRules.Session).RequireRateLimiting(CallLimits.SignIn).Takes<ChangePasswordRequest>().Fails(400, 409, 413, 503);
        group.MapGet("/tokens", ListTokensAsync).WithSummary("Your personal API tokens").RequireAuthorization(AccessRules.Account).Fails(503);
        group.MapPost("/tokens", CreateTokenAsync).WithSummary("Make a personal API token; its secret is shown this once")
            .RequireAuthorization(AccessRules.Session).Takes<CreateTokenRequest>().Fails(400, 409, 413, 503);
        group.MapDelete("/tokens/{id:int}", RevokeTokenAsync).WithSummary("Revoke a personal API token").RequireAuthorization(AccessRules.Session).Fails(404, 503);
    }

    private static async Task<Results<Ok<AccountDto>, ProblemHttpResult>> ReadAsync(
        HttpContext http, SignIns signIns, TimeProvider time, CancellationToken cancellationToken)
    {
        var id = http.User.AccountId()!.Value;
        if (id == Caller.LocalAccount)
            return TypedResults.Ok(new AccountDto(id, Acting.Local, AccountRoles.Admin, IsDisabled: false, default, null, null));
        return await signIns.FindAsync(id, cancellationToken) is { } account
            ? TypedResults.Ok(account.ToDto(time.GetUtcNow()) with { Role = http.User.Role()! })
            : Problems.NotFound("This account is gone.");
    }

    private static async Task<Results<Ok<SignedInResponse>, ProblemHttpResult>> ChangePasswordAsync(
        HttpContext http, SignIns signIns, AccountCommands commands, TimeProvider time, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var body = await RequestBody.ReadAsync<ChangePasswordRequest>(http.Request, errors, cancellationToken);
        if (body is null)
            return Problems.Invalid(errors);
        if (body.CurrentPassword is not { Length: > 0 and <= PasswordRules.Longest } && !errors.Has("current_password"))
            errors.Add("current_password", "is required.");
        var replacement = errors.CheckPassword("new_password", body.NewPassword, http.User.AccountName());
        if (errors.Any)
            return Problems.Invalid(errors);

        var confirmed = await signIns.ConfirmAsync(http.User.AccountId()!.Value, body.CurrentPassword!, cancellationToken);
        if (confirmed.LockedUntil is { } until)
            return SignInEndpoints.TooMany(http.Response, until - time.GetUtcNow());
        if (confirmed.Account is not { } account)
        {
            errors.Tell("current_password", "The current password is not right.");
            return Problems.Invalid(errors);
        }

        var changed = await commands.ChangePasswordAsync(account, replacement!, cancellationToken);
        return changed.Refusal is { } refusal
            ? Problems.Refused(refusal)
            : TypedResults.Ok(new SignedInResponse(changed.Value.ToDto(time.GetUtcNow()), changed.Value.SecurityStamp!));
    }

    private static async Task<Ok<TokensResponse>> ListTokensAsync(HttpContext http, AccessTokens tokens, CancellationToken cancellationToken) =>
        TypedResults.Ok(new TokensResponse([.. (await tokens.ListAsync(http.User.AccountId()!.Value, cancellationToken)).Select(AccountShapes.ToDto)]));

    private static async Task<Results<Created<TokenCreatedResponse>, ProblemHttpResult>> CreateTokenAsync(
        HttpContext http, AccessTokens tokens, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var body = await RequestBody.ReadAsync<CreateTokenRequest>(http.Request, errors, cancellationToken);
        if (body is null)
            return Problems.Invalid(errors);
        var name = errors.CheckText("name", body.Name, LongestTokenName, isRequired: true);
        var scope = errors.CheckRole("scope", body.Scope, isRequired: true);
        if (body.Days is < 1 or > MostDays)
            errors.Add("days", $"must be a whole number from 1 to {MostDays}.");
        if (scope > Words.FromWord<Role>(http.User.Role()!))
            errors.Add("scope", $"must be no more than your own role, which is {http.User.Role()}.");
        if (errors.Any)
            return Problems.Invalid(errors);

        var made = await tokens.CreateAsync(http.User.AccountId()!.Value, name!, scope!.Value, TimeSpan.FromDays(body.Days ?? UsualDays), cancellationToken);
        return made.Refusal is { } refusal
            ? Problems.Refused(refusal)
            : TypedResults.Created((string?)null, new TokenCreatedResponse(made.Value.Token.ToDto(), made.Value.Secret));
    }

    private static async Task<Results<Ok<TokenDto>, ProblemHttpResult>> RevokeTokenAsync(
        int id, HttpContext http, AccessTokens tokens, CancellationToken cancellationToken)
    {
        var revoked = await tokens.RevokeAsync(http.User.AccountId()!.Value, id, cancellationToken);
        return revoked.Refusal is { } refusal ? Problems.Refused(refusal) : TypedResults.Ok(revoked.Value.ToDto());
    }
}

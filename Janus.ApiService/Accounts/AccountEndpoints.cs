using System.Globalization;
using Janus.ApiService.Access;
using Janus.ApiService.Http;
using Janus.Campaigns.Accounts;
using Janus.Campaigns.Auditing;
using Janus.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Janus.ApiService.Accounts;

/// <summary>What admins do: accounts, and the audit log.</summary>
internal static class AccountEndpoints
{
    private const int DefaultPage = 100;
    private const int LargestPage = 500;
    private const int LongestFilter = AuditEntry.LongestSubject;

    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/accounts").WithTags("Accounts").For(Role.Admin);
        group.MapGet("", ListAsync).WithSummary("Every account, by name").Fails(503);
        group.MapPost("", CreateAsync).WithSummary("Make an account").Takes<CreateAccountRequest>().Fails(400, 409, 413, 503);
        group.MapPatch("/{id:int}", ChangeAsync).WithSummary("Change an account's role, admission or password").Takes<ChangeAccountRequest>().Fails(400, 404, 409, 413, 503);
        routes.MapGet("/api/audit", ReadAuditAsync).WithTags("Accounts").WithSummary("Who did what, newest first").For(Role.Admin).TakesIntegers("before", "limit").Fails(400, 503);
    }

    private static async Task<Ok<AccountsResponse>> ListAsync(AccountCommands accounts, TimeProvider time, CancellationToken cancellationToken)
    {
        var all = await accounts.ListAsync(cancellationToken);
        return TypedResults.Ok(new AccountsResponse([.. all.Select(account => account.ToDto(time.GetUtcNow()))]));
    }

    private static async Task<Results<Created<AccountDto>, ProblemHttpResult>> CreateAsync(
        HttpRequest request, AccountCommands accounts, TimeProvider time, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var body = await RequestBody.ReadAsync<CreateAccountRequest>(request, errors, cancellationToken);
        if (body is null)
            return Problems.Invalid(errors);
        var name = errors.CheckName(body.UserName);
        var role = errors.CheckRole("role", body.Role, isRequired: true);
        var password = errors.CheckPassword("password", body.Password, name);
        if (errors.Any)
            return Problems.Invalid(errors);

        var made = await accounts.CreateAsync(name!, role!.Value, password!, cancellationToken);
        return made.Refusal is { } refusal
            ? Problems.Refused(refusal)
            : TypedResults.Created(string.Create(CultureInfo.InvariantCulture, $"/api/accounts/{made.Value.Id}"), made.Value.ToDto(time.GetUtcNow()));
    }

    private static async Task<Results<Ok<AccountDto>, ProblemHttpResult>> ChangeAsync(
        int id, HttpRequest request, AccountCommands accounts, TimeProvider time, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var body = await RequestBody.ReadAsync<ChangeAccountRequest>(request, errors, cancellationToken);
        if (body is null)
            return Problems.Invalid(errors);
        var role = errors.CheckRole("role", body.Role, isRequired: false);
        if (body.Password is not null)
        {
            var name = (await accounts.ListAsync(cancellationToken)).FirstOrDefault(account => account.Id == id)?.UserName;
            errors.CheckPassword("password", body.Password, name);
        }

        if (errors.Any)
            return Problems.Invalid(errors);
        var changed = await accounts.ChangeAsync(id, new AccountChange(role, body.IsDisabled, body.Password), cancellationToken);
        return changed.Refusal is { } refusal ? Problems.Refused(refusal) : TypedResults.Ok(changed.Value.ToDto(time.GetUtcNow()));
    }

    private static async Task<Results<Ok<AuditResponse>, ProblemHttpResult>> ReadAuditAsync(
        string? before, string? limit, string? actor, string? subject, AuditLog audit, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var from = errors.CheckNumber("before", before, long.MaxValue, 1, long.MaxValue);
        var most = (int)errors.CheckNumber("limit", limit, DefaultPage, 1, LargestPage);
        var who = errors.CheckText("actor", actor, LongestFilter);
        var what = errors.CheckText("subject", subject, LongestFilter);
        if (errors.Any)
            return Problems.Invalid(errors);
        var (entries, next) = await audit.ReadAsync(from, most, who, what, cancellationToken);
        return TypedResults.Ok(new AuditResponse([.. entries.Select(AccountShapes.ToDto)], next));
    }
}

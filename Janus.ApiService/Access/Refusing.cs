using Janus.ApiService.Http;
using Janus.Campaigns.Auditing;
using Janus.Contracts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Janus.ApiService.Access;

/// <summary>Answers who may not do what they ask for: 401 to nobody, 403 to somebody, which is audited.</summary>
internal sealed class Refusing(AuditLog audit) : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _usual = new();

    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (!authorizeResult.Forbidden)
        {
            await _usual.HandleAsync(next, context, policy, authorizeResult);
            return;
        }

        var needed = context.GetEndpoint()?.Metadata.OfType<IAuthorizeData>().LastOrDefault()?.Policy;
        var role = context.User.Role();
        await audit.RecordAsync(
            AuditAction.Refused, $"{context.Request.Method} {context.Request.Path}", new { role, needs = needed }, context.RequestAborted);
        await Problems.Of(StatusCodes.Status403Forbidden, Say(needed, role)).ExecuteAsync(context);
    }

    private static string Say(string? needed, string? role) => needed switch
    {
        AccountRoles.Editor or AccountRoles.Admin => $"This needs the role {needed}; yours is {role}.",
        AccessRules.Session => "This is done in the pages, by whoever is signed in there, and not with a token.",
        AccessRules.Pages => "Only the pages let people in.",
        _ => "This is not yours to do.",
    };
}

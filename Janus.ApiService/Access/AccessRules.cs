using Janus.Campaigns;
using Janus.Campaigns.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Janus.ApiService.Access;

/// <summary>
/// Who may call what. An endpoint that says nothing needs a viewer if it reads and an editor if it changes something, so that a new one is never open by
/// oversight; one that says more says it where it is mapped.
/// </summary>
internal static class AccessRules
{
    /// <summary>The policy of what only the pages may ask for: letting people in.</summary>
    public const string Pages = "pages";

    /// <summary>The policy of what a person does about their own account, in a session and not with a token.</summary>
    public const string Session = "session";

    /// <summary>The policy of whoever has an account.</summary>
    public const string Account = "account";

    private static readonly int[] Refusals = [StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status429TooManyRequests];

    /// <summary>Adds the policies.</summary>
    public static void AddRules(this IServiceCollection services)
    {
        var policies = services.AddAuthorizationBuilder();
        // Reading is the pages' too: one stream serves everybody who looks.
        policies.AddPolicy(Role.Viewer.ToWord(), policy => policy.RequireRole([Caller.Service, .. Caller.AtLeast(Role.Viewer)]));
        policies.AddPolicy(Role.Editor.ToWord(), policy => policy.RequireRole(Caller.AtLeast(Role.Editor)));
        policies.AddPolicy(Role.Admin.ToWord(), policy => policy.RequireRole(Caller.AtLeast(Role.Admin)));
        policies.AddPolicy(Pages, policy => policy.RequireRole(Caller.Service));
        policies.AddPolicy(Account, policy => policy.RequireAssertion(context => context.User.AccountId() is not null));
        policies.AddPolicy(Session, policy => policy.RequireAssertion(context => context.User.IsSession()));
        policies.Services.AddSingleton<IAuthorizationMiddlewareResultHandler, Refusing>();
    }

    /// <summary>Endpoints that need a role, whether or not they say so.</summary>
    public static RouteGroupBuilder MapGuarded(this WebApplication app)
    {
        var group = app.MapGroup("");
        ((IEndpointConventionBuilder)group).Finally(endpoint =>
        {
            if (endpoint.Metadata.Any(data => data is IAllowAnonymous))
                return;
            if (!endpoint.Metadata.OfType<IAuthorizeData>().Any())
                endpoint.Metadata.Add(new AuthorizeAttribute(UsualRole(endpoint).ToWord()));
            foreach (var status in Refusals)
                endpoint.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(ProblemDetails), ["application/problem+json"]));
        });
        return group;
    }

    /// <summary>Says that an endpoint needs another role than its method says.</summary>
    public static TBuilder For<TBuilder>(this TBuilder endpoint, Role role)
        where TBuilder : IEndpointConventionBuilder => endpoint.RequireAuthorization(role.ToWord());

    private static Role UsualRole(EndpointBuilder endpoint) =>
        endpoint.Metadata.OfType<IHttpMethodMetadata>().LastOrDefault() is { HttpMethods: var methods } && methods.All(method => HttpMethods.IsGet(method) || HttpMethods.IsHead(method))
            ? Role.Viewer
            : Role.Editor;
}

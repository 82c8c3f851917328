using Janus.Contracts;
using Janus.ServiceDefaults.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Janus.Web.Access;

/// <summary>Wires who may look at the pages: a session in a cookie where people sign in, else everybody as the one admin.</summary>
internal static class SignInServices
{
    private static readonly TimeSpan SessionLength = TimeSpan.FromHours(12);

    public static void AddSignIn(this WebApplicationBuilder builder)
    {
        builder.AddAccess();
        var services = builder.Services;
        services.AddSingleton<Sessions>();
        services.AddScoped<CurrentSession>();
        services.AddScoped<AuthenticationStateProvider, CircuitSession>();
        services.AddScoped<CircuitHandler, CircuitPerson>();
        services.AddSingleton<SessionEvents>();

        var isDevelopment = builder.Environment.IsDevelopment();
        services.AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, EverybodyIsAdmin>(SignInSchemes.None, null)
            .AddCookie(SignInSchemes.Accounts, cookie =>
            {
                cookie.Cookie.Name = SessionCookies.Name;
                cookie.Cookie.HttpOnly = true;
                cookie.Cookie.SameSite = SameSiteMode.Lax;
                cookie.Cookie.Path = "/";
                cookie.CookieManager = new SessionCookies(isDevelopment);
                cookie.ExpireTimeSpan = SessionLength;
                cookie.SlidingExpiration = true;
                cookie.EventsType = typeof(SessionEvents);
            });
        services.AddOptions<AuthenticationOptions>().Configure<AccessOptions>((options, access) =>
            options.DefaultScheme = access.HasAccounts ? SignInSchemes.Accounts : SignInSchemes.None);

        var policies = services.AddAuthorizationBuilder();
        foreach (var role in AccountRoles.All)
            policies.AddPolicy(role, policy => policy.RequireAssertion(context => Person.Of(context.User)?.May(role) == true));
        // What says nothing needs somebody who has signed in, so that a new page is never open by oversight.
        policies.SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    /// <summary>Finds out who looks, and keeps out who may not.</summary>
    public static void UseSignIn(this WebApplication app)
    {
        app.UseAuthentication();
        app.Use(static (context, next) =>
        {
            var session = context.RequestServices.GetRequiredService<CurrentSession>();
            session.Become(Person.Of(context.User));
            // The API may say that it is over while the page is made.
            context.Response.OnStarting(() =>
            {
                if (session.IsOver && SessionEvents.IsPage(context))
                    SessionEvents.SendToSignIn(context);
                return Task.CompletedTask;
            });
            return next(context);
        });
        app.UseAuthorization();
    }
}

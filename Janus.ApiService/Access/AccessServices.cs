using System.Diagnostics;
using System.Globalization;
using Janus.ApiService.Accounts;
using Janus.Campaigns.Auditing;
using Janus.ServiceDefaults.Access;
using Microsoft.AspNetCore.Authentication;

namespace Janus.ApiService.Access;

/// <summary>Wires who gets in, what they may do, and how often.</summary>
internal static class AccessServices
{
    public static void AddCallers(this WebApplicationBuilder builder)
    {
        builder.AddAccess();
        builder.Services.AddSingleton<Callers>();
        // Not AddAuthentication: it brings data protection, which makes keys in the home of whoever runs this, and nothing here is protected by them.
        builder.Services.AddAuthenticationCore(options => options.DefaultScheme = Caller.Scheme).AddWebEncoders();
        new AuthenticationBuilder(builder.Services).AddScheme<AuthenticationSchemeOptions, CallerAuthentication>(Caller.Scheme, null);
        builder.Services.AddRules();
        builder.Services.AddCallLimits(builder.Configuration);
        builder.Services.AddSingleton<SignInAttempts>();
        builder.Services.AddHostedService<FirstAdminOffer>();
        builder.Services.AddHostedService<AuditUpkeep>();
    }

    /// <summary>Puts the rules in front of the endpoints, behind those of HTTP.</summary>
    public static void UseCallers(this WebApplication app)
    {
        app.UseAuthentication();
        app.Use(ActAsync);
        app.UseRateLimiter();
        app.UseAuthorization();
    }

    // What is recorded from here on says who did it, and so does the span.
    private static Task ActAsync(HttpContext context, RequestDelegate next)
    {
        Acting.As(context.User.AccountName());
        if (context.User.AccountId() is { } account)
            Activity.Current?.SetTag("user.id", account.ToString(CultureInfo.InvariantCulture));
        return next(context);
    }
}

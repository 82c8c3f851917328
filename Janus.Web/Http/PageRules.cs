using System.Threading.RateLimiting;
using Janus.Web.Access;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.HttpOverrides;

namespace Janus.Web.Http;

/// <summary>What holds for every request of a browser: sizes, times, who is asking, and the headers of the answer.</summary>
internal static class PageRules
{
    private const long MostBodyBytes = 1024 * 1024;
    private static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan HttpsKept = TimeSpan.FromDays(365);

    // No page is framed, none runs a script that is not a file of its own, and a form goes nowhere else. Styles may stand in attributes, because cards are placed so.
    private const string ContentSecurityPolicy =
        "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'";

    private const string PermissionsPolicy = "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()";

    public static void AddPageRules(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MostBodyBytes;
            kestrel.Limits.MaxRequestLineSize = 8 * 1024;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.MaxRequestHeaderCount = 64;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
        // From a proxy on this machine, which is whom the framework believes unless it is told of others.
        builder.Services.Configure<ForwardedHeadersOptions>(options => options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto);
        builder.Services.AddHsts(options => options.MaxAge = HttpsKept);
        builder.Services.AddRequestTimeouts(options => options.DefaultPolicy = new() { Timeout = LongestRequest });
        builder.Services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.OnRejected = (rejected, _) =>
            {
                var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : SignInTries.Window;
                rejected.HttpContext.Response.SayRetryAfter(wait);
                return ValueTask.CompletedTask;
            };
            limits.AddPolicy(SignInTries.Policy, SignInTries.Of);
        });
    }

    public static void UsePageRules(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseExceptionHandler("/error", createScopeForErrors: true);
        if (!app.Environment.IsDevelopment())
            app.UseHsts();
        app.UseStatusCodePagesWithReExecute("/refused", createScopeForStatusCodePages: true);
        app.Use(ShowRefusedForms);
        app.Use(AddSecurityHeaders);
        app.UseRequestTimeouts();
        app.UseRateLimiter();
    }

    private static async Task ShowRefusedForms(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null)
        {
            // The page that says why is shown, and not sent a form that was meant for another.
            context.Request.Method = HttpMethods.Get;
            await next(context);
            return;
        }

        await next(context);
        // A form that is refused for its token is answered with an empty page, which would not be taken for a refusal.
        if (context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false } && context.Response is { HasStarted: false, StatusCode: StatusCodes.Status400BadRequest } refused)
            refused.ContentType = null;
    }

    private static Task AddSecurityHeaders(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = PermissionsPolicy;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        return next(context);
    }
}

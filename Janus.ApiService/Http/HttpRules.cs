using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.Options;

namespace Janus.ApiService.Http;

/// <summary>What holds for every request: sizes, JSON, errors, headers, and the OpenAPI document.</summary>
internal static class HttpRules
{
    /// <summary>The largest body, in bytes: 8 MB.</summary>
    public const int MaxBodyBytes = 8 * 1024 * 1024;

    /// <summary>
    /// The most that is received of a body, in bytes: 32 MB. What is above <see cref="MaxBodyBytes"/> is dropped, but it is
    /// received, because a client that is still sending would find a broken connection in place of the answer.
    /// </summary>
    private const int MostReceivedBytes = 4 * MaxBodyBytes;

    /// <summary>Registers the rules.</summary>
    public static void AddHttpRules(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MostReceivedBytes;
            kestrel.Limits.MaxRequestLineSize = 8 * 1024;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.MaxRequestHeaderCount = 64;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
        builder.Services.AddSettings<ApiOptions>(builder.Configuration.GetSection(ApiOptions.Section));
        builder.Services.AddRequestTimeouts();
        builder.Services.AddOptions<RequestTimeoutOptions>().Configure<IOptions<ApiOptions>>((timeouts, api) => timeouts.DefaultPolicy = new RequestTimeoutPolicy
        {
            Timeout = api.Value.RequestLimit,
            TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable,
        });
        builder.Services.ConfigureHttpJsonOptions(json => ApiJson.Apply(json.SerializerOptions));
        builder.Services.AddExceptionHandler<UnhandledErrors>();
        // A lambda, because the generator that brings the contracts' XML comments into the document recognises nothing else.
        builder.Services.AddOpenApi(options => OpenApiShapes.Configure(options));
    }

    /// <summary>Puts the rules in front of the endpoints.</summary>
    public static void UseHttpRules(this WebApplication app)
    {
        app.Use(AddSecurityHeaders);
        app.UseExceptionHandler(static _ => { });
        app.UseStatusCodePages(static context => Problems.OfStatus(context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext));
        app.UseRequestTimeouts();
    }

    // Added when the answer starts, because an error clears what was set before it. An endpoint's own headers are kept.
    private static Task AddSecurityHeaders(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(static state =>
        {
            var headers = ((HttpResponse)state).Headers;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers.TryAdd("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
            headers.TryAdd("Cache-Control", "no-store");
            return Task.CompletedTask;
        }, context.Response);
        return next(context);
    }
}

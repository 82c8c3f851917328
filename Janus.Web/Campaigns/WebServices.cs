using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Http.Resilience;

namespace Janus.Web.Campaigns;

/// <summary>Wires the pages to the API, and passes its media and events through: the browser speaks only to this service.</summary>
internal static class WebServices
{
    private static readonly Uri Api = new("https+http://apiservice");
    private static readonly TimeSpan PlanningLimit = TimeSpan.FromMinutes(3);

    public static IServiceCollection AddCampaignsClient(this IServiceCollection services)
    {
        // Above the API's own 20 s lock budget, so that a busy database is its answer to give.
        services.AddHttpClient(CampaignsClient.Reads, client => client.BaseAddress = Api).AddStandardResilienceHandler(options =>
        {
#pragma warning disable EXTEXP0001 // Marked experimental in the package; the alternative is to resend what costs money.
            options.Retry.DisableForUnsafeHttpMethods();
#pragma warning restore EXTEXP0001
            options.AttemptTimeout.Timeout = TimeSpan.FromSeconds(25);
            options.TotalRequestTimeout.Timeout = TimeSpan.FromSeconds(60);
            options.CircuitBreaker.SamplingDuration = TimeSpan.FromSeconds(60);
        });
        services.AddHttpClient(CampaignsClient.Long, client =>
        {
            client.BaseAddress = Api;
            client.Timeout = PlanningLimit;
        });
        return services.AddSingleton<CampaignsClient>();
    }

    /// <summary>Keeps the keys of forms and cookies in the data directory, so that a page stays valid when this service starts again.</summary>
    public static void AddKeptKeys(this WebApplicationBuilder builder)
    {
        var keys = builder.Services.AddDataProtection().SetApplicationName("Janus");
        if (builder.Configuration["Janus:DataDirectory"] is { Length: > 0 } directory)
            keys.PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(directory, "keys")));
    }

    /// <summary>No page may be framed, none runs a script that is not its own file.</summary>
    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.Headers.ContentSecurityPolicy = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers["Referrer-Policy"] = "same-origin";
        return next(context);
    });

    /// <summary>/media/{name}: the API's picture with the API's headers.</summary>
    public static void MapMediaPassThrough(this IEndpointRouteBuilder app) => app.MapMethods(
        "/media/{name}", [HttpMethods.Get, HttpMethods.Head],
        (string name, HttpContext context, IHttpClientFactory clients) => PassAsync($"media/{Uri.EscapeDataString(name)}", CampaignsClient.Reads, context, clients));

    /// <summary>/live/{campaign}: the API's event stream.</summary>
    public static void MapLivePassThrough(this IEndpointRouteBuilder app) => app.MapGet(
        "/live/{campaignId}",
        (string campaignId, HttpContext context, IHttpClientFactory clients) =>
            PassAsync($"api/campaigns/{Uri.EscapeDataString(campaignId)}/events{context.Request.QueryString}", CampaignsClient.Long, context, clients));

    private static async Task PassAsync(string path, string client, HttpContext context, IHttpClientFactory clients)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(path, UriKind.Relative));
        foreach (var name in new[] { "If-None-Match", "If-Range", "Last-Event-ID", "Range" })
        {
            if (context.Request.Headers.TryGetValue(name, out var value))
                request.Headers.TryAddWithoutValidation(name, (string?)value);
        }

        using var response = await clients.CreateClient(client).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
        {
            if (name is not ("Transfer-Encoding" or "Connection" or "Date" or "Server"))
                context.Response.Headers[name] = values.ToArray();
        }

        try
        {
            await CopyAsync(response, context);
        }
        catch (HttpIOException)
        {
            // The API ended in the middle. The browser sees the stream end and asks again, from where it was.
            context.Abort();
        }
    }

    private static async Task CopyAsync(HttpResponseMessage response, HttpContext context)
    {
        await using var body = await response.Content.ReadAsStreamAsync(context.RequestAborted);
        await context.Response.StartAsync(context.RequestAborted);
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await body.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }
}

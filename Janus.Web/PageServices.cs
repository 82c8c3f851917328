using Janus.Web.Api;
using Janus.Web.Live;
using Microsoft.AspNetCore.DataProtection;
using Radzen;

namespace Janus.Web;

/// <summary>Wires the pages: Blazor, its component library, the API, and what keeps pages live.</summary>
internal static class PageServices
{
    // A brief of 20,000 characters is 80 kB at the most; the default of 32 kB would end the connection in the middle of a sentence.
    private const long LargestMessageBytes = 256 * 1024;

    public static void AddPages(this WebApplicationBuilder builder)
    {
        // From a build's output, too, in every environment: LocalHost starts what was built. A published Janus has no manifest, and needs none.
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents(options =>
        {
            options.DetailedErrors = false;
            options.DisconnectedCircuitMaxRetained = 200;
        }).AddHubOptions(options => options.MaximumReceiveMessageSize = LargestMessageBytes);
        builder.Services.AddRadzenComponents();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddJanusApi();
        builder.Services.AddSingleton<LiveSources>();
        builder.KeepKeys();
    }

    /// <summary>No page may be framed, and none runs a script that is not a file of its own. Styles may stand in attributes, because cards are placed so.</summary>
    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.Headers.ContentSecurityPolicy =
            "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers["Referrer-Policy"] = "same-origin";
        return next(context);
    });

    // In the data directory, so that a page stays valid when this service starts again.
    private static void KeepKeys(this WebApplicationBuilder builder)
    {
        var keys = builder.Services.AddDataProtection().SetApplicationName("Janus");
        if (builder.Configuration["Janus:DataDirectory"] is { Length: > 0 } directory)
            keys.PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(directory, "keys")));
    }
}

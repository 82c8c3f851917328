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
        builder.Services.AddAntiforgery(forms => (forms.Cookie.Name, forms.Cookie.SecurePolicy) = ("janus-form", CookieSecurePolicy.SameAsRequest));
        builder.Services.AddJanusApi();
        builder.Services.AddSingleton<LiveSources>();
        builder.KeepKeys();
    }

    // In the data directory, so that a page stays valid, and a session goes on, when this service starts again.
    private static void KeepKeys(this WebApplicationBuilder builder)
    {
        var keys = builder.Services.AddDataProtection().SetApplicationName("Janus");
        if (builder.Configuration["Janus:DataDirectory"] is { Length: > 0 } directory)
            keys.PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(directory, "keys")));
    }
}

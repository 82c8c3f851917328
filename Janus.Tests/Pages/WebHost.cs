using Janus.Web.Components;
using Janus.Web.Live;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Janus.Tests.Pages;

/// <summary>The real pages on a real port, over an API at another.</summary>
internal sealed class WebHost : WebApplicationFactory<App>
{
    private readonly Uri _api;

    public WebHost(Uri api)
    {
        _api = api;
        UseKestrel(0);
        StartServer();
    }

    public LiveSources Live => Services.GetRequiredService<LiveSources>();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        var api = new Dictionary<string, string?>(StringComparer.Ordinal) { ["services:apiservice:http:0"] = _api.GetLeftPart(UriPartial.Authority) };
        builder.ConfigureAppConfiguration((_, configuration) => configuration.AddInMemoryCollection(api));
        builder.ConfigureLogging(logging => logging.ClearProviders());
    }
}

using Janus.Web.Components;
using Janus.Web.Live;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Janus.Tests.Pages;

/// <summary>The real pages on a real port, over an API at another.</summary>
internal sealed class WebHost : WebApplicationFactory<App>
{
    private readonly Uri _api;
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly string _environment;
    private readonly Action<IServiceCollection>? _services;

    /// <summary>Starts the pages.</summary>
    /// <param name="api">Where the API is.</param>
    /// <param name="settings">How they are set up, beside that.</param>
    /// <param name="environment">The environment's name.</param>
    /// <param name="services">What is registered after their own.</param>
    public WebHost(Uri api, IReadOnlyDictionary<string, string>? settings = null, string environment = "Development", Action<IServiceCollection>? services = null)
    {
        (_api, _settings, _environment, _services) = (api, settings ?? new Dictionary<string, string>(), environment, services);
        UseKestrel(0);
        StartServer();
    }

    public LiveSources Live => Services.GetRequiredService<LiveSources>();

    /// <summary>Where the pages are.</summary>
    public Uri Address => new(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(_environment);
        foreach (var (name, value) in _settings)
            builder.UseSetting(name, value);
        var api = new Dictionary<string, string?>(StringComparer.Ordinal) { ["services:apiservice:http:0"] = _api.GetLeftPart(UriPartial.Authority) };
        builder.ConfigureAppConfiguration((_, configuration) => configuration.AddInMemoryCollection(api));
        if (_services is not null)
            builder.ConfigureTestServices(_services);
        builder.ConfigureLogging(logging => logging.ClearProviders());
    }
}

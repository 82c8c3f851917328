using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Janus.ServiceDefaults.Access;

/// <summary>Holds the rule of who gets in: without sign-in, a service listens to this machine alone, and only in Development.</summary>
public static class AccessSettings
{
    private const string HowTo =
        "set Janus__Access__SignIn=accounts and Janus__Access__ServiceKey to one secret of 32 characters or more, for the API and the pages alike (docs/deploy.md)";

    /// <summary>Reads the settings, has them checked at start, and refuses addresses that others reach when nobody signs in.</summary>
    public static TBuilder AddAccess<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        var isDevelopment = builder.Environment.IsDevelopment();
        builder.Services.AddSettings<AccessOptions>(builder.Configuration.GetSection(AccessOptions.Section))
            .Validate(options => !options.HasAccounts || options.ServiceKey.Length >= AccessOptions.ShortestKey,
                "Janus:Access:ServiceKey must have 32 characters or more when Janus:Access:SignIn is accounts.")
            .Validate(options => options.HasAccounts || isDevelopment,
                $"Janus:Access:SignIn must be accounts outside Development: {HowTo}.");
        builder.Services.AddSingleton(provider => provider.GetRequiredService<IOptions<AccessOptions>>().Value);
        builder.Services.AddOptions<ServerAddresses>().Refuse(addresses => addresses.Open is not { } open || HasAccounts(builder.Configuration) ? null : Refusal(open));
        builder.Services.AddSingleton<IConfigureOptions<KestrelServerOptions>>(provider =>
            new ConfigureOptions<KestrelServerOptions>(kestrel => KeepToThisMachine(kestrel, provider)));
        return builder;
    }

    // As it is written, whatever else is wrong with it: that is told by its own rules.
    private static bool HasAccounts(IConfiguration configuration) => configuration.GetSection(AccessOptions.Section).Get<AccessOptions>()?.HasAccounts == true;

    private static string Refusal(string address) => $"Janus:Access:SignIn must be accounts to listen on {address}, which others reach: {HowTo}; or listen on 127.0.0.1.";

    // Kestrel asks this of every address, however it was named, before it listens there. What is set is read no earlier: a program that only migrates listens nowhere.
    private static void KeepToThisMachine(KestrelServerOptions kestrel, IServiceProvider provider) => kestrel.ConfigureEndpointDefaults(address =>
    {
        if (address.IPEndPoint is { } point && !IPAddress.IsLoopback(point.Address) && !provider.GetRequiredService<AccessOptions>().HasAccounts)
        {
            throw new OptionsValidationException(AccessOptions.Section, typeof(AccessOptions), [Refusal(point.ToString())]);
        }
    });
}

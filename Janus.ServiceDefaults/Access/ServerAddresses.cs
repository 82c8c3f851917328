using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Janus.ServiceDefaults.Access;

/// <summary>Where a service is told to listen by <c>ASPNETCORE_URLS</c>, <c>ASPNETCORE_HTTP_PORTS</c> or <c>ASPNETCORE_HTTPS_PORTS</c>.</summary>
internal sealed class ServerAddresses
{
    private static readonly (string Scheme, string Key)[] Ports = [("http", WebHostDefaults.HttpPortsKey), ("https", WebHostDefaults.HttpsPortsKey)];

    /// <summary>The addresses, parsed.</summary>
    public IReadOnlyList<BindingAddress> Known { get; private set; } = [];

    /// <summary>The first text that is no address; null when all are.</summary>
    public string? Nonsense { get; private set; }

    /// <summary>The first address that others reach; null when there is none.</summary>
    public string? Open => Known.FirstOrDefault(address => !IsOfThisMachine(address))?.ToString();

    /// <summary>The addresses that a configuration names; none when it leaves them to the server.</summary>
    public static ServerAddresses Of(IConfiguration configuration)
    {
        var addresses = new ServerAddresses();
        addresses.Read(configuration);
        return addresses;
    }

    /// <summary>Has the addresses checked at start, before the server would end in a stack.</summary>
    public static void Check(IHostApplicationBuilder builder) => builder.Services.AddOptions<ServerAddresses>()
        .Configure(addresses => addresses.Read(builder.Configuration))
        .Refuse(addresses => addresses.Nonsense is { } nonsense
            ? $"ASPNETCORE_URLS must be addresses such as http://127.0.0.1:5180, with semicolons between them, and ASPNETCORE_HTTP_PORTS numbers; {nonsense} is none."
            : null)
        .ValidateOnStart();

    private void Read(IConfiguration configuration)
    {
        var urls = configuration[WebHostDefaults.ServerUrlsKey] is { Length: > 0 } named
            ? Parts(named)
            : Ports.SelectMany(ports => Parts(configuration[ports.Key]).Select(port => $"{ports.Scheme}://*:{port}"));
        List<BindingAddress> known = [];
        foreach (var url in urls)
        {
            try
            {
                known.Add(BindingAddress.Parse(url));
            }
            catch (FormatException)
            {
                Nonsense ??= url;
            }
        }

        Known = known;
    }

    private static string[] Parts(string? list) => (list ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries);

    // What is neither a number nor localhost, the server takes for every address.
    private static bool IsOfThisMachine(BindingAddress address) =>
        address.IsUnixPipe || address.IsNamedPipe || address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var number) && IPAddress.IsLoopback(number));
}

/// <summary>Rules whose words depend on what was set.</summary>
internal static class RefusedAddresses
{
    /// <summary>Refuses addresses with a line; null lets them pass.</summary>
    public static OptionsBuilder<ServerAddresses> Refuse(this OptionsBuilder<ServerAddresses> options, Func<ServerAddresses, string?> lineOf)
    {
        options.Services.AddSingleton<IValidateOptions<ServerAddresses>>(new Rule(lineOf));
        return options;
    }

    private sealed class Rule(Func<ServerAddresses, string?> lineOf) : IValidateOptions<ServerAddresses>
    {
        public ValidateOptionsResult Validate(string? name, ServerAddresses options) =>
            lineOf(options) is { } line ? ValidateOptionsResult.Fail(line) : ValidateOptionsResult.Success;
    }
}

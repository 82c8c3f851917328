using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.ServiceDiscovery;

/// <summary>
/// Turns <c>https+http://apiservice/path</c> into an address of <c>services:apiservice:https:0</c>, or of <c>…:http:0</c>
/// where there is none, taking the addresses of a scheme in turn. Configuration is read anew for each request, so a reload counts at once.
/// </summary>
internal sealed class ConfiguredServiceEndpoints(IConfiguration configuration)
{
    private readonly ConcurrentDictionary<string, uint> _turns = new(StringComparer.OrdinalIgnoreCase);

    public Uri Resolve(Uri address)
    {
        var schemes = address.Scheme.Split('+');
        var service = configuration.GetSection("services").GetSection(address.Host);
        var endpoints = schemes.Prepend("default")
            .Select(name => AddressesOf(service.GetSection(name)))
            .FirstOrDefault(addresses => addresses.Count > 0, [])
            .Where(endpoint => schemes.Contains(endpoint.Scheme))
            .ToList();
        if (endpoints.Count == 0)
            return schemes.Length == 1 ? address : new UriBuilder(address) { Scheme = schemes[0], Port = address.Port }.Uri;

        var turn = _turns.AddOrUpdate(address.Host, 0, (_, last) => unchecked(last + 1));
        var endpoint = endpoints[(int)(turn % (uint)endpoints.Count)];
        return new UriBuilder(address)
        {
            Scheme = endpoint.Scheme,
            Host = endpoint.Host,
            Port = endpoint.Port,
            Path = endpoint.AbsolutePath.TrimEnd('/') + address.AbsolutePath,
        }.Uri;
    }

    private static List<Uri> AddressesOf(IConfigurationSection section)
    {
        IEnumerable<string?> values = section.Value is null ? section.GetChildren().Select(child => child.Value) : [section.Value];
        return [.. values.OfType<string>().Select(value => new Uri(value, UriKind.Absolute))];
    }
}

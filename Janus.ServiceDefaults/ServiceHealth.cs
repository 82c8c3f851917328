using System.Net;
using Janus.ServiceDefaults.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.Hosting;

/// <summary>
/// The service's own program as its container's health check: the image has neither a shell nor a program that could ask. What it asks is <c>/health</c>, not
/// <c>/alive</c>, because a container's health decides who else may start, and whoever waits for a service needs it ready for work; nothing is restarted for it.
/// </summary>
public static class ServiceHealth
{
    private const int Healthy = 0;
    private const int Unhealthy = 1;

    /// <summary>Where the server listens when nobody tells it.</summary>
    private const string DefaultAddress = "http://localhost:5000";

    // Shorter than what a container's health check waits, so that the line is written.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Asks the service that runs beside this process with the same settings, at the first HTTP address that it listens on, and says in one line what came of it:
    /// on standard output when it is ready for work, else on standard error, after 5 seconds at the latest.
    /// </summary>
    /// <returns>The process's exit code: 0 when it answers with success; 1 otherwise, also when the settings make no sense, because a container's health check knows no other.</returns>
    public static async Task<int> AskAsync()
    {
        try
        {
            var configuration = WebApplication.CreateSlimBuilder().Configuration;
            var (address, refusal) = AddressIn(configuration);
            return address is null ? await SayAsync(refusal) : await AskAsync(address);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            return await SayAsync($"the settings cannot be read: {exception.Message}");
        }
    }

    private static async Task<int> AskAsync(Uri address)
    {
        // Whatever proxy is set, it is not between a service and itself.
        using var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { Timeout = Limit };
        try
        {
            using var answer = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);
            if (!answer.IsSuccessStatusCode)
                return await SayAsync($"{address} answers {(int)answer.StatusCode}");
            await Console.Out.WriteLineAsync($"healthy: {address} answers {(int)answer.StatusCode}");
            return Healthy;
        }
        catch (HttpRequestException nobody)
        {
            return await SayAsync($"nothing answers at {address}: {nobody.Message}");
        }
        catch (TaskCanceledException)
        {
            return await SayAsync($"{address} does not answer within {Limit.TotalSeconds} s");
        }
    }

    private static async Task<int> SayAsync(string? what)
    {
        await Console.Error.WriteLineAsync($"unhealthy: {what?.ReplaceLineEndings(" ")}");
        return Unhealthy;
    }

    private static (Uri? Address, string? Refusal) AddressIn(IConfiguration configuration)
    {
        var addresses = ServerAddresses.Of(configuration);
        if (addresses.Nonsense is { } nonsense)
            return (null, $"a setting makes no sense: {nonsense} is no address");
        IReadOnlyList<BindingAddress> known = addresses.Known is [] ? [BindingAddress.Parse(DefaultAddress)] : addresses.Known;
        return known.FirstOrDefault(IsAsked) is { } first
            ? (new UriBuilder(Uri.UriSchemeHttp, HostOf(first), first.Port, Extensions.HealthEndpointPath).Uri, null)
            : (null, $"the service listens on no HTTP address whose port is known, only on {string.Join(' ', known)}");
    }

    // A certificate is for the names that others use, and port 0 is any.
    private static bool IsAsked(BindingAddress address) =>
        address.Scheme.Equals(Uri.UriSchemeHttp, StringComparison.OrdinalIgnoreCase) && !address.IsUnixPipe && !address.IsNamedPipe && address.Port != 0;

    // What is neither a number nor localhost, the server takes for every address; and nobody can ask every address.
    private static string HostOf(BindingAddress address)
    {
        var isNumber = IPAddress.TryParse(address.Host.Trim('[', ']'), out var number);
        return isNumber && !IPAddress.Any.Equals(number) && !IPAddress.IPv6Any.Equals(number) ? address.Host
            : IPAddress.IPv6Any.Equals(number) ? $"[{IPAddress.IPv6Loopback}]"
            : $"{IPAddress.Loopback}";
    }
}

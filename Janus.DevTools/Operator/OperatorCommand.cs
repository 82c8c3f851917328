using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Janus.DevTools.Watch;

namespace Janus.DevTools.Operator;

/// <summary><c>operator</c>: what the buttons of the Aspire dashboard do, where there is no dashboard.</summary>
internal static class OperatorCommand
{
    private const string KeyHeader = "X-Janus-Operator-Key";
    private const string KeyVariable = "JANUS_OPERATOR_KEY";
    private const string HoldLock = "hold-lock";
    private const int Refused = 1;
    private const int NothingRunning = 3;

    // Planning asks a model, and the lock may be held for a minute.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    /// <summary>What can be said; each is a path below <c>/operator/</c>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["pause", "resume", "retry", "backup", HoldLock, "sample-campaign"];

    /// <summary>Runs the command.</summary>
    /// <returns>0 when it was done, 1 when it was refused, 3 when no running system was found.</returns>
    /// <exception cref="UsageException">The arguments make no sense.</exception>
    public static Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors, CancellationToken cancellationToken) =>
        RunAsync(args, output, errors, Environment.GetEnvironmentVariable, cancellationToken);

    internal static async Task<int> RunAsync(
        string[] args, TextWriter output, TextWriter errors, Func<string, string?> environment, CancellationToken cancellationToken)
    {
        if (args is not [var name, .. var rest] || !Names.Contains(name))
            throw new UsageException($"operator takes one of {string.Join(", ", Names)}.");
        var arguments = new Arguments(rest, name == HoldLock ? ["--api", "--key", "--seconds"] : ["--api", "--key"]);
        var seconds = arguments.Number("--seconds", 10, 1, 60);
        try
        {
            var api = arguments.Text("--api") is { } named ? ApiAddress.Parse(named, "--api") : null;
            var key = arguments.Text("--key") ?? await FindKeyAsync(api is not null, environment, cancellationToken);
            var address = await ApiAddress.FindAsync(api, Environment.CurrentDirectory, environment, cancellationToken);
            var path = name == HoldLock ? string.Create(CultureInfo.InvariantCulture, $"operator/{name}?seconds={seconds}") : $"operator/{name}";
            return await SendAsync(new Uri(address, path), key, output, errors, cancellationToken);
        }
        catch (NothingRunningException nothing)
        {
            await errors.WriteLineAsync(nothing.Message);
            return NothingRunning;
        }
    }

    private static async Task<int> SendAsync(Uri address, string key, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = Limit };
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        request.Headers.TryAddWithoutValidation(KeyHeader, key);
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var message = await ReadMessageAsync(response, cancellationToken);
            await (response.IsSuccessStatusCode ? output : errors).WriteLineAsync(message);
            return response.IsSuccessStatusCode ? 0 : Refused;
        }
        catch (HttpRequestException exception) when (CampaignWatch.IsNobodyThere(exception))
        {
            throw new NothingRunningException($"No running system was found: nobody answers at {address.GetLeftPart(UriPartial.Authority)}.", exception);
        }
    }

    private static async Task<string> ReadMessageAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            var message = answer.GetProperty("message").GetString();
            return answer.TryGetProperty("campaign_id", out var campaign) ? $"{campaign.GetString()}: {message}" : $"{message}";
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return string.Create(CultureInfo.InvariantCulture, $"The API answered {(int)response.StatusCode} without a word.");
        }
    }

    // The file's key belongs to the system of this data directory; no other address is told it.
    private static async Task<string> FindKeyAsync(bool isElsewhere, Func<string, string?> environment, CancellationToken cancellationToken)
    {
        if (environment(KeyVariable) is { Length: > 0 } named)
            return named;
        if (isElsewhere || environment("JANUS_API") is { Length: > 0 })
            throw new UsageException($"Whoever names the API must name its key too: with --key, or in {KeyVariable}.");

        var file = Path.Combine(ApiAddress.DataDirectory(Environment.CurrentDirectory, environment), "run", "operator.key");
        try
        {
            return await File.ReadAllTextAsync(file, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NothingRunningException($"No running system was found: {file} cannot be read. Start one, or name its API with --api and its key with --key.", exception);
        }
    }
}

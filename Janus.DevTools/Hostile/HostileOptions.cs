using System.Globalization;
using Janus.DevTools.Watch;

namespace Janus.DevTools.Hostile;

/// <summary>What <c>hostile</c> was asked for.</summary>
/// <param name="Api">The API's address, on this machine.</param>
/// <param name="Web">The pages' address, on this machine; null to leave them out.</param>
/// <param name="Requests">Hostile requests in all.</param>
/// <param name="Streams">Event streams that are opened and dropped.</param>
/// <param name="Seed">The same seed sends the same requests.</param>
/// <param name="Token">What is sent to the API as a bearer token; null for none.</param>
/// <param name="Quiet">How long the legitimate user is measured before the storm.</param>
/// <param name="Spread">Over how long the requests and the streams are spread; zero for as fast as they go.</param>
/// <param name="Processes">Process ids by name, whose memory is looked at.</param>
internal sealed record HostileOptions(
    Uri Api, Uri? Web, int Requests, int Streams, int Seed, string? Token, TimeSpan Quiet, TimeSpan Spread, IReadOnlyDictionary<string, int> Processes)
{
    /// <summary>Reads the arguments.</summary>
    /// <exception cref="UsageException">They make no sense, or name another machine.</exception>
    public static HostileOptions Parse(string[] args)
    {
        var arguments = new Arguments(args, ["--api", "--web", "--requests", "--streams", "--seed", "--token", "--quiet", "--minutes", "--pid"]);
        return new HostileOptions(
            Loopback("--api", arguments.Text("--api") ?? throw new UsageException("--api names the API to attack, such as http://127.0.0.1:5180.")),
            arguments.Text("--web") is { } web ? Loopback("--web", web) : null,
            arguments.Number("--requests", 10_000, 1, 10_000_000),
            arguments.Number("--streams", 1000, 0, 1_000_000),
            arguments.Number("--seed", 1, 0, int.MaxValue),
            arguments.Text("--token"),
            arguments.Seconds("--quiet", 5),
            TimeSpan.FromMinutes(arguments.Number("--minutes", 0, 0, 1_440)),
            Pids(arguments.Text("--pid")));
    }

    // Nobody's machine but one's own is ever attacked by a slip of the finger.
    private static Uri Loopback(string option, string text)
    {
        var address = ApiAddress.Parse(text, option);
        return address is { IsLoopback: true, Scheme: "http" } ? address : throw new UsageException($"{option} must be an http address of this machine, such as http://127.0.0.1:5180, not '{text}'.");
    }

    private static Dictionary<string, int> Pids(string? text)
    {
        var pids = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (entry.Split('=') is not [{ Length: > 0 } name, var number] || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var pid))
                throw new UsageException($"--pid is a list such as api=123,web=456, not '{text}'.");
            if (!pids.TryAdd(name, pid))
                throw new UsageException($"--pid names '{name}' twice.");
        }

        return pids;
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Janus.DevTools.Hostile;

/// <summary>An answer that should not have been given, or was not.</summary>
/// <param name="Attack">What was sent.</param>
/// <param name="Answer">What came back.</param>
/// <param name="Reason">What is wrong with it.</param>
internal sealed record Harm(Attack Attack, RawAnswer Answer, string Reason);

/// <summary>Sends attacks, several at once, and keeps what came of them.</summary>
/// <param name="maker">Makes them.</param>
/// <param name="drips">How long a slow body pauses between two drops.</param>
/// <param name="spread">Over how long they are spread, from now on; zero for as fast as they go.</param>
internal sealed partial class Storm(AttackMaker maker, TimeSpan drips, TimeSpan spread)
{
    private const int AtOnce = 16;
    private const int Slow = 4;
    private const int MostHarm = 50;

    private readonly ConcurrentDictionary<(string Kind, int Status), int> _answers = new();
    private readonly ConcurrentQueue<Harm> _harm = new();
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>How often each kind was answered with each status.</summary>
    public IReadOnlyDictionary<(string Kind, int Status), int> Answers => _answers;

    /// <summary>What should not have come, the first few of it.</summary>
    public IReadOnlyCollection<Harm> Harm => _harm;

    /// <summary>Sends the requests of some numbers, each in its time.</summary>
    /// <param name="first">The first number.</param>
    /// <param name="count">How many.</param>
    /// <param name="all">How many there are in all, over which the time is spread.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task SendAsync(int first, int count, int all, CancellationToken cancellationToken)
    {
        await Parallel.ForEachAsync(
            Enumerable.Range(first, count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (number, token) =>
            {
                await DueAsync(number, all, token);
                await SendAsync(maker.Make(number), token);
            });
    }

    /// <summary>Sends a few that drip.</summary>
    public Task DripAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, Slow).Select(number => SendAsync(maker.MakeSlow(number), cancellationToken)));

    /// <summary>Opens event streams and drops each as soon as it has begun.</summary>
    /// <param name="targets">Where they are.</param>
    /// <param name="count">How many.</param>
    /// <param name="token">The bearer token, or null.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task OpenStreamsAsync(HostileTargets targets, int count, string? token, CancellationToken cancellationToken)
    {
        string[] paths = ["/api/campaigns/changes", $"/api/campaigns/{targets.Campaign}/events", $"/api/campaigns/{targets.Campaign}/events?after=1"];
        return Parallel.ForEachAsync(
            Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (number, stop) =>
            {
                await DueAsync(number, count, stop);
                var line = $"GET {paths[number % paths.Length]} HTTP/1.1";
                var authorization = token is null ? "" : $"Authorization: Bearer {token}\r\n";
                var head = $"{line}\r\nHost: {targets.Api.Authority}\r\n{authorization}Accept: text/event-stream\r\n\r\n";
                await SendAsync(new Attack(number, "dropped stream", targets.Api, line, Encoding.ASCII.GetBytes(head), Sending.Whole), stop);
            });
    }

    /// <summary>What is wrong with an answer; null when nothing is.</summary>
    internal static string? WrongWith(RawAnswer answer) => answer.Status switch
    {
        >= 500 => $"{answer.Status}",
        RawExchange.Silence => "no answer",
        _ when !IsCode(answer.Text) && Inside().Match(answer.Text) is { Success: true } found => $"exception text: {found.Value.Trim()}",
        _ => null,
    };

    private Task DueAsync(int number, int all, CancellationToken cancellationToken)
    {
        var wait = (spread * number / all) - Stopwatch.GetElapsedTime(_start);
        return wait > TimeSpan.Zero ? Task.Delay(wait, cancellationToken) : Task.CompletedTask;
    }

    private async Task SendAsync(Attack attack, CancellationToken cancellationToken)
    {
        RawAnswer answer;
        try
        {
            answer = await RawExchange.SendAsync(attack, drips, cancellationToken);
        }
        catch (SocketException refused)
        {
            answer = new RawAnswer(RawExchange.Silence, refused.Message);
        }

        _answers.AddOrUpdate((attack.Kind, answer.Status), 1, static (_, before) => before + 1);
        if (WrongWith(answer) is { } reason && _harm.Count < MostHarm)
            _harm.Enqueue(new Harm(attack, answer, reason));
    }

    // Scripts and styles speak of exceptions by right.
    private static bool IsCode(string answer) => Code().IsMatch(answer);

    [GeneratedRegex(@"^Content-Type: (text/javascript|application/javascript|text/css)", RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();

    [GeneratedRegex(@"\w*Exception\b|\bSystem\.[A-Z]\w+|\bMicrosoft\.[A-Z]\w+\.|^\s+at [\w.<>]+\(|\.cs:(line )?\d+|(?<![\w/.:])/(home|work|usr|var|root|Users)/\w+", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Inside();
}

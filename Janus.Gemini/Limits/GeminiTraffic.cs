using System.Collections.Concurrent;
using Janus.Gemini.Limits;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Janus.Gemini;

/// <summary>
/// What all clients of a process share: for each model the calls that are under way, the requests of the last minute, and whether Gemini is up.
/// Safe for concurrent use.
/// </summary>
/// <param name="options">The limits and when Gemini counts as down.</param>
/// <param name="part">Which part of the limits this process takes.</param>
/// <param name="time">The clock; the system's if null.</param>
/// <param name="log">Told when Gemini goes down and comes up again.</param>
public sealed class GeminiTraffic(GeminiOptions options, GeminiPart part = GeminiPart.Everything, TimeProvider? time = null, ILogger<GeminiTraffic>? log = null)
{
    /// <summary>
    /// The key in the AdditionalProperties of the chat or image options that says whose call it is, as a string: calls of different owners
    /// take turns. Absent means that of nobody in particular.
    /// </summary>
    public const string OwnerProperty = "callOwner";

    private readonly ConcurrentDictionary<string, ModelTraffic> models = new(StringComparer.Ordinal);
    private readonly TimeProvider time = time ?? TimeProvider.System;

    /// <summary>How many further calls of the text model make sense now, and until when there are none.</summary>
    public GeminiRoom TextRoom => Of(options.TextModel).Room;

    /// <summary>How many further calls of the image model make sense now, and until when there are none.</summary>
    public GeminiRoom ImageRoom => Of(options.ImageModel).Room;

    internal ModelTraffic Of(string model) => models.GetOrAdd(model, Make);

    private ModelTraffic Make(string model)
    {
        var limits = options.Limits;
        var isImage = model == options.ImageModel;
        var (concurrency, perMinute) = isImage
            ? (limits.ImageConcurrency, limits.ImageRequestsPerMinute)
            : (limits.TextConcurrency, limits.TextRequestsPerMinute);
        // Planning makes no pictures, so nothing of their limits is kept for it.
        var share = (isImage, part) switch
        {
            (_, GeminiPart.Everything) or (true, GeminiPart.Content) => 1,
            (_, GeminiPart.Planning) => limits.PlanningShare,
            _ => 1 - limits.PlanningShare,
        };
        var gate = new FairGate(Part(concurrency, share), perMinute == 0 ? 0 : Part(perMinute, share), time);
        return new ModelTraffic(gate, new Circuit(model, limits.Circuit, time, log ?? NullLogger<GeminiTraffic>.Instance), limits.LongestWait, time);
    }

    // Nobody is left without any: a limit smaller than the number of processes is kept only as well as one each allows.
    private int Part(int whole, double share) => Math.Max(1, (int)Math.Floor((whole * share / options.Limits.Replicas) + 1e-9));
}

/// <summary>Room for calls of a model.</summary>
/// <param name="Calls">Calls that may be under way at once: 0 while Gemini is down, 1 while a single call finds out whether it is up again.</param>
/// <param name="ClosedUntil">Until when none is sent; null when calls are sent.</param>
public readonly record struct GeminiRoom(int Calls, DateTimeOffset? ClosedUntil);

/// <summary>The calls of one model: a turn first, then the circuit, then the call with its own time limit.</summary>
internal sealed class ModelTraffic(FairGate gate, Circuit circuit, TimeSpan longestWait, TimeProvider time)
{
    public GeminiRoom Room => circuit.OpenUntil is { } until ? new(0, until) : new(circuit.IsProbing ? 1 : gate.Concurrency, null);

    /// <summary>Runs a call in its turn.</summary>
    /// <exception cref="GeminiException">No turn came in time, Gemini is down, or the call failed.</exception>
    public async Task<T> ExecuteAsync<T>(string owner, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var turn = await EnterAsync(owner, cancellationToken);
        return await TryAsync(call, cancellationToken);
    }

    /// <summary>Runs what is done within a turn, unless Gemini is down.</summary>
    public Task<T> TryAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) => circuit.ExecuteAsync(call, cancellationToken);

    public void CountResend() => gate.CountResend();

    public async Task<IDisposable> EnterAsync(string owner, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(longestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await gate.EnterAsync(owner, either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new GeminiException(
                GeminiFailureKind.QuotaPerMinute,
                $"No turn came within {longestWait.TotalSeconds:0} s: more calls wait than Gemini:Limits lets through.", TimeSpan.FromMinutes(1));
        }
    }
}

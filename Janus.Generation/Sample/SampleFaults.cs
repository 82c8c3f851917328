using System.Globalization;
using Microsoft.Extensions.Options;

namespace Janus.Generation.Sample;

/// <summary>The waits and failures that the sample studio shows when it is told to, the same for texts and pictures.</summary>
internal sealed class SampleFaults(IOptions<SampleOptions> options, TimeProvider time)
{
    // Calls are counted by a hash of their prompt, not by the prompt, so that the memory stays this size for ever.
    private readonly int[] _calls = new int[1024];

    /// <summary>Takes as long as a model would.</summary>
    public Task DelayAsync(TimeSpan latency, CancellationToken cancellationToken) =>
        latency > TimeSpan.Zero ? Task.Delay(latency, time, cancellationToken) : AtOnce(cancellationToken);

    private static Task AtOnce(CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken) : Task.CompletedTask;

    /// <summary>Fails as <see cref="SampleOptions.FailTitle"/> and <see cref="SampleOptions.FailureRate"/> say.</summary>
    /// <param name="titleOrCaption">The title of the post, or the caption of the picture; empty when a whole campaign is planned.</param>
    /// <param name="promptKey">What tells this call from others; calls with the same key are counted, and each has its own luck.</param>
    /// <exception cref="SampleFailureException">It was this call's turn to fail.</exception>
    public void ThrowIfAsked(string titleOrCaption, string promptKey)
    {
        var told = options.Value;
        if (!string.IsNullOrEmpty(told.FailTitle) && titleOrCaption.Contains(told.FailTitle, StringComparison.OrdinalIgnoreCase))
            throw new SampleFailureException($"The sample studio was told to fail on \"{titleOrCaption}\"", isTransient: false);
        if (told.FailureRate <= 0)
            return;
        var key = StableHash.Of(told.Seed, promptKey);
        var call = Interlocked.Increment(ref _calls[key % (ulong)_calls.Length]);
        var luck = StableHash.Of(told.Seed, promptKey, call.ToString(CultureInfo.InvariantCulture)) / (double)ulong.MaxValue;
        if (luck < told.FailureRate)
            throw new SampleFailureException("The sample studio was told to fail now and then. It will be tried again.", isTransient: true);
    }
}

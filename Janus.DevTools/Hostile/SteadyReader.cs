using System.Diagnostics;

namespace Janus.DevTools.Hostile;

/// <summary>What the legitimate user met for a while.</summary>
/// <param name="Milliseconds">How long each read took, in order of length.</param>
/// <param name="Errors">What went wrong.</param>
internal sealed record SteadyReads(IReadOnlyList<double> Milliseconds, IReadOnlyList<string> Errors)
{
    /// <summary>The nearest rank; 0 of nothing.</summary>
    public double Share(double share) => Milliseconds.Count == 0 ? 0 : Milliseconds[Math.Max(0, (int)Math.Ceiling(share * Milliseconds.Count) - 1)];
}

/// <summary>A legitimate user: reads the list, a graph and a picture in turn at a steady pace, whatever else goes on.</summary>
internal sealed class SteadyReader(HttpClient http, IReadOnlyList<string> paths)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Reads until it is told to end.</summary>
    public async Task<SteadyReads> RunAsync(CancellationToken end)
    {
        var times = new List<double>();
        var errors = new List<string>();
        for (var number = 0; !end.IsCancellationRequested; number++)
        {
            var path = paths[number % paths.Count];
            var start = Stopwatch.GetTimestamp();
            if (await ErrorOfAsync(path) is { } error)
                errors.Add(error);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            try
            {
                await Task.Delay(Pace, end);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        return new SteadyReads([.. times.Order()], errors);
    }

    // A read that has begun is finished: it is one that somebody waits for.
    private async Task<string?> ErrorOfAsync(string path)
    {
        try
        {
            using var limit = new CancellationTokenSource(Limit);
            using var response = await http.GetAsync(new Uri(path, UriKind.Relative), limit.Token);
            await response.Content.LoadIntoBufferAsync(limit.Token);
            return response.IsSuccessStatusCode ? null : $"{path}: {(int)response.StatusCode}";
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            return $"{path}: {failure.Message}";
        }
    }
}

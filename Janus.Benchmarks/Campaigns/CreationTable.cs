using System.Diagnostics;
using System.Net.Http.Json;

namespace Janus.Benchmarks.Campaigns;

/// <summary>Many marketers who plan at once: every one is answered, and how soon.</summary>
internal static class CreationTable
{
    private static readonly int[] AtOnce = [1, 8, 32, 128];

    /// <summary>Measures and prints.</summary>
    /// <param name="settings">What the services are told beside the defaults, such as which database.</param>
    public static async Task PrintAsync(params (string Name, string Value)[] settings)
    {
        ResultTable.Begin("Campaigns created at once through the API, with a planner that takes no time, while the worker makes what was planned; compared with as many one after another.");
        using var folder = new BenchmarkFolder();
        await using var janus = await SystemUnderTest.StartAsync(folder.Path, settings);
        using var client = new HttpClient { BaseAddress = janus.Api, Timeout = TimeSpan.FromMinutes(3) };
        for (var warmUp = 0; warmUp < 20; warmUp++)
            await CreateAsync(client, warmUp);
        await janus.QuietAsync(client);

        foreach (var count in AtOnce)
        {
            var one = Stopwatch.GetTimestamp();
            for (var number = 0; number < count; number++)
                await CreateAsync(client, number);
            var sequential = Stopwatch.GetElapsedTime(one).TotalSeconds;
            await janus.QuietAsync(client);

            var started = Stopwatch.GetTimestamp();
            var each = await Task.WhenAll(Enumerable.Range(0, count).Select(number => CreateAsync(client, number)));
            var together = Stopwatch.GetElapsedTime(started).TotalSeconds;
            ResultTable.Add(
                $"{count} at once: all answered 201", $"{together:0.000} s, p50 {each.Median():0} ms, longest {each.Max():0} ms", $"{sequential:0.000} s", together / sequential, "");
            await janus.QuietAsync(client);
        }
    }

    private static async Task<double> CreateAsync(HttpClient client, int number)
    {
        var started = Stopwatch.GetTimestamp();
        using var response = await client.PostAsJsonAsync("/api/strategy/plan/", new
        {
            product_description = $"Piano {number} is a small, quiet espresso machine for rented kitchens",
            gtm_goals = "Take 500 preorders before March",
        });
        response.EnsureSuccessStatusCode();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}

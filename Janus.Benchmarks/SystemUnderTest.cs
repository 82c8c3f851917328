using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Janus.Benchmarks;

/// <summary>A whole Janus in processes of its own, on free ports, with a sample studio that takes no time unless a setting says otherwise.</summary>
internal sealed partial class SystemUnderTest : IAsyncDisposable
{
    private readonly Process _host;
    private readonly TaskCompletionSource<(Uri Web, Uri Api)> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, int> _processes = new(StringComparer.Ordinal);

    private SystemUnderTest(string dataDirectory, IEnumerable<(string Name, string Value)> settings)
    {
        var start = new ProcessStartInfo("dotnet", [BuiltProgram.PathOf("Janus.LocalHost")])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment =
            {
                ["JANUS_DATA"] = dataDirectory,
                ["JANUS_WEB_PORT"] = "0",
                ["JANUS_API_PORT"] = "0",
                ["Sample__PlanLatency"] = "0",
                ["Sample__TextLatency"] = "0",
                ["Sample__PictureLatency"] = "0",
            },
        };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        _host = new Process { StartInfo = start };
        _host.OutputDataReceived += (_, line) => Read(line.Data);
        _host.Start();
        _host.BeginOutputReadLine();
    }

    public Uri Web { get; private set; } = null!;

    public Uri Api { get; private set; } = null!;

    /// <summary>What the process of the pages holds in memory, in bytes.</summary>
    public long WebBytes
    {
        get
        {
            using var process = Process.GetProcessById(_processes["web"]);
            return process.WorkingSet64;
        }
    }

    /// <summary>The newest process of each service.</summary>
    public IReadOnlyDictionary<string, int> Processes => _processes;

    public static async Task<SystemUnderTest> StartAsync(string dataDirectory, params IEnumerable<(string Name, string Value)> settings)
    {
        var system = new SystemUnderTest(dataDirectory, settings);
        (system.Web, system.Api) = await system._ready.Task.WaitAsync(TimeSpan.FromMinutes(2));
        return system;
    }

    /// <summary>Waits until no step is ready or running.</summary>
    public async Task QuietAsync(HttpClient client)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (true)
        {
            var status = await client.GetFromJsonAsync<JsonElement>(new Uri(Api, "/api/status"), limit.Token);
            if (status.GetProperty("queue_depth").GetInt32() + status.GetProperty("running").GetInt32() == 0)
                return;
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Not before all of them are gone may their folder be deleted: a service may still write.
        var services = _processes.Values.Select(Find).OfType<Process>().ToList();
        _host.Kill(entireProcessTree: true);
        foreach (var process in (IEnumerable<Process>)[_host, .. services])
        {
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    private static Process? Find(int id)
    {
        try
        {
            return Process.GetProcessById(id);
        }
        catch (ArgumentException)
        {
            // It has ended.
            return null;
        }
    }

    private void Read(string? line)
    {
        if (line is null)
            _ready.TrySetException(new InvalidOperationException("Janus ended before it was ready."));
        else if (Ready().Match(line) is { Success: true } ready)
            _ready.TrySetResult((new Uri(ready.Groups["web"].Value), new Uri(ready.Groups["api"].Value)));
        else if (Started().Match(line) is { Success: true } started)
            _processes[started.Groups["service"].Value] = int.Parse(started.Groups["pid"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^ready web=(?<web>\S+) api=(?<api>\S+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ready();

    [GeneratedRegex(@"^started (?<service>\w+) pid=(?<pid>\d+) ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Started();
}

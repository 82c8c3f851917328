using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Janus.LocalHost;
using Janus.Tests.House;

namespace Janus.Tests.Hosting;

/// <summary>
/// A whole Janus in processes of its own: Janus.LocalHost from the build output, on free ports and, unless told otherwise, a fresh
/// data directory. Disposing it ends every process that it started and shows the end of the output with the test's result.
/// </summary>
internal sealed partial class RunningJanus : IAsyncDisposable
{
    /// <summary>Enough for a start on a busy machine.</summary>
    public static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);

    // What a developer has set for a Janus of their own, such as a real key, must not reach a Janus under test.
    private static readonly string[] _notInherited = ["Gemini__", "Janus__", "JANUS_", "OTEL_", "ASPNETCORE_", "DOTNET_ENVIRONMENT", "ConnectionStrings__"];

    private readonly Process _host;
    private readonly string? _ownDirectory;
    private readonly ConcurrentQueue<StartedService> _starts = [];

    private RunningJanus((string Data, string? Own) directory, IReadOnlyDictionary<string, string?>? environment, string[] arguments, string? postgres = null)
    {
        (DataDirectory, _ownDirectory) = directory;

        var start = new ProcessStartInfo("dotnet", [Solution.ProgramOf("Janus.LocalHost"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Forget(start);
        start.Environment[Topology.DataVariable] = DataDirectory;
        if (postgres is not null)
            start.Environment[Topology.PostgresVariable] = postgres;
        start.Environment[Topology.Ports.WebVariable] = "0";
        start.Environment[Topology.Ports.ApiVariable] = "0";
        foreach (var (variable, value) in environment ?? new Dictionary<string, string?>())
            start.Environment[variable] = value;

        _host = new Process { StartInfo = start };
        _host.OutputDataReceived += (_, received) => Receive(received.Data, Lines);
        _host.ErrorDataReceived += (_, received) => Receive(received.Data, Lines, Errors);
        _host.Start();
        _host.BeginOutputReadLine();
        _host.BeginErrorReadLine();
        HostId = _host.Id;
    }

    /// <summary>Everything that the host wrote, the services' lines included.</summary>
    public CollectedLines Lines { get; } = new();

    /// <summary>What the host wrote on standard error alone.</summary>
    public CollectedLines Errors { get; } = new();

    public string DataDirectory { get; }

    public int HostId { get; }

    /// <summary>Where the pages are.</summary>
    public Uri Web => AddressOf(Topology.Web);

    /// <summary>Where the API is.</summary>
    public Uri Api => AddressOf(Topology.Api);

    /// <summary>Every service process up to now, also those that have ended.</summary>
    public IReadOnlyList<int> ServiceIds => [.. _starts.Select(start => start.ProcessId)];

    /// <summary>Starts a host and does not wait for it.</summary>
    public static RunningJanus Start(
        string? dataDirectory = null, IReadOnlyDictionary<string, string?>? environment = null, params string[] arguments) =>
        new(DirectoryFor(dataDirectory), environment, arguments);

    /// <summary>Starts a host and returns when every service is ready for work, on the database that this run is about.</summary>
    public static async Task<RunningJanus> StartReadyAsync(
        string? dataDirectory = null, IReadOnlyDictionary<string, string?>? environment = null, params string[] arguments)
    {
        var directory = DirectoryFor(dataDirectory);
        var janus = new RunningJanus(directory, environment, arguments, await DataStores.PostgresOfAsync(directory.Data));
        try
        {
            await janus.Lines.WaitForAsync(IsReadyLine, StartLimit);
            return janus;
        }
        catch (TimeoutException)
        {
            await janus.DisposeAsync();
            throw;
        }
    }

    private static (string Data, string? Own) DirectoryFor(string? dataDirectory)
    {
        if (dataDirectory is not null)
            return (dataDirectory, null);
        var own = Directory.CreateTempSubdirectory("janus-test-").FullName;
        return (Path.Combine(own, "data"), own);
    }

    /// <summary>Takes out of a program's environment what a developer has set for a Janus of their own.</summary>
    public static void Forget(ProcessStartInfo start)
    {
        foreach (var variable in start.Environment.Keys.Where(name => _notInherited.Any(name.StartsWith)).ToList())
            start.Environment.Remove(variable);
    }

    public static bool IsReadyLine(string line) => line.StartsWith("ready web=", StringComparison.Ordinal);

    /// <summary>The newest process of a service.</summary>
    public int ProcessIdOf(string service) => Latest(service).ProcessId;

    /// <summary>Where a service listens.</summary>
    public Uri AddressOf(string service) => Latest(service).Address;

    /// <summary>Ends a service without warning and returns when the host has started the next one, which may not be ready yet.</summary>
    public async Task KillAndAwaitRestartAsync(string service, TimeSpan limit)
    {
        var from = Lines.All.Count;
        Kill(ProcessIdOf(service));
        await Lines.WaitForAsync(line => line.StartsWith($"started {service} ", StringComparison.Ordinal), limit, from);
    }

    /// <summary>Ends a process as the system's out-of-memory killer does: it gets no chance to say or save anything.</summary>
    public static void Kill(int processId)
    {
        using var process = Process.GetProcessById(processId);
        process.Kill();
    }

    /// <summary>Asks the host to stop everything, as Ctrl-C does.</summary>
    public void RequestStop() => UnixSignal.Send(HostId, UnixSignal.Terminate).ShouldBeTrue();

    /// <summary>Waits until the host has ended and all of its lines have arrived.</summary>
    public async Task<int> WaitForExitAsync(TimeSpan limit)
    {
        using var deadline = new CancellationTokenSource(limit);
        try
        {
            await _host.WaitForExitAsync(deadline.Token);
            return _host.ExitCode;
        }
        catch (OperationCanceledException over)
        {
            throw new TimeoutException($"The host still runs after {limit.TotalSeconds} s. Its output:{Environment.NewLine}{Lines.Tail}", over);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_host.HasExited)
        {
            if (!OperatingSystem.IsWindows())
                UnixSignal.Send(HostId, UnixSignal.Terminate);
            using var patience = new CancellationTokenSource(Supervisor.Patience * 2);
            try
            {
                await _host.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _host.Kill(entireProcessTree: true);
            }
        }

        foreach (var left in ServiceIds.Where(ProcessFacts.IsRunning))
            Kill(left);
        await ProcessFacts.WaitUntilGoneAsync([HostId, .. ServiceIds], Supervisor.Patience);
        _host.Dispose();
        TestContext.Current.TestOutputHelper?.WriteLine(Lines.Tail);
        if (_ownDirectory is not null)
            Directory.Delete(_ownDirectory, recursive: true);
    }

    private StartedService Latest(string service) =>
        _starts.LastOrDefault(start => start.Service == service)
        ?? throw new InvalidOperationException($"{service} was never started. Output:{Environment.NewLine}{Lines.Tail}");

    private void Receive(string? line, params CollectedLines[] receivers)
    {
        if (line is null)
            return;
        if (StartedLine().Match(line) is { Success: true } started)
        {
            _starts.Enqueue(new StartedService(
                started.Groups["service"].Value,
                int.Parse(started.Groups["pid"].ValueSpan, CultureInfo.InvariantCulture),
                new Uri(started.Groups["address"].Value)));
        }

        foreach (var receiver in receivers)
            receiver.Add(line);
    }

    [GeneratedRegex(@"^started (?<service>\w+) pid=(?<pid>\d+) (?<address>http://\S+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex StartedLine();

    private sealed record StartedService(string Service, int ProcessId, Uri Address);
}

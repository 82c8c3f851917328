using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Janus.Benchmarks.Services;

/// <summary>A published service, started as docs/deploy.md starts it: in Production, for somebody without rights.</summary>
internal sealed partial class PublishedService : IAsyncDisposable
{
    // What Debian and most others call nobody.
    private const int Nobody = 65_534;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PublishedService(string program, IEnumerable<string> arguments, IEnumerable<(string Name, string Value)> settings)
    {
        _process = new Process { StartInfo = ForNobody("dotnet", [program, .. arguments]) };
        foreach (var (name, value) in settings)
            _process.StartInfo.Environment[name] = value;
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>From the start of the process to its first answer that it is ready.</summary>
    public TimeSpan StartedWithin { get; private set; }

    /// <summary>Memory in bytes: all that is resident, and what of it no file stands behind.</summary>
    public (long Resident, long Private) Memory => (Kilobytes("VmRSS"), Kilobytes("RssAnon"));

    /// <summary>The number of the user that it runs for.</summary>
    public string User => Status("Uid").Split('\t', StringSplitOptions.RemoveEmptyEntries)[0];

    /// <summary>Starts a service, and returns when it is ready.</summary>
    public static async Task<PublishedService> StartAsync(string program, params IEnumerable<(string Name, string Value)> settings)
    {
        var start = Stopwatch.GetTimestamp();
        var service = new PublishedService(program, [], settings);
        try
        {
            await service.UntilReadyAsync();
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }

        service.StartedWithin = Stopwatch.GetElapsedTime(start);
        return service;
    }

    /// <summary>Runs a command of a service to its end.</summary>
    public static async Task RunAsync(string program, string command, params IEnumerable<(string Name, string Value)> settings)
    {
        await using var service = new PublishedService(program, [command], settings);
        await service._process.WaitForExitAsync();
        if (service._process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {command} ended with {service._process.ExitCode}.");
    }

    /// <summary>Gives a folder to whom services run for.</summary>
    public static async Task GiveAsync(string folder)
    {
        if (!IsRoot)
            return;
        using var process = Process.Start("chown", ["-R", $"{Nobody}:{Nobody}", folder]);
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task UntilReadyAsync()
    {
        Address = await _listening.Task.WaitAsync(Limit);
        using var client = new HttpClient { BaseAddress = Address };
        using var limit = new CancellationTokenSource(Limit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (true)
        {
            using var answer = await client.GetAsync(new Uri("/health", UriKind.Relative), limit.Token);
            if (answer.IsSuccessStatusCode)
                return;
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

    private static bool IsRoot => Environment.IsPrivilegedProcess;

    private static ProcessStartInfo ForNobody(string program, IReadOnlyList<string> arguments)
    {
        var start = IsRoot
            ? new ProcessStartInfo("setpriv", [$"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", "--no-new-privs", program, .. arguments])
            : new ProcessStartInfo(program, arguments);
        start.UseShellExecute = false;
        start.RedirectStandardOutput = true;
        return start;
    }

    private void Read(string? line)
    {
        if (line is null)
            _listening.TrySetException(new InvalidOperationException($"{string.Join(' ', _process.StartInfo.ArgumentList)} ended before it listened."));
        else if (Listening().Match(line) is { Success: true } listening)
            _listening.TrySetResult(new Uri(listening.Groups["address"].Value));
    }

    private long Kilobytes(string name) => long.Parse(Status(name).Replace("kB", "", StringComparison.Ordinal), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) * 1_024;

    // https://man7.org/linux/man-pages/man5/proc_pid_status.5.html
    private string Status(string name) => File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith(name + ":", StringComparison.Ordinal))[(name.Length + 1)..];

    [GeneratedRegex(@"Now listening on: (?<address>\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listening();
}

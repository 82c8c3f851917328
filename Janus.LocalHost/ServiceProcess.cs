using System.Diagnostics;

namespace Janus.LocalHost;

/// <summary>
/// One running process of a service. It holds a pipe from the host as its standard input, on which nothing is ever written: the
/// pipe's end is the signal to stop, and it also ends when the host is killed and can say nothing.
/// </summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    /// <summary>How long the last lines of an ended process are waited for; a grandchild may keep its pipes open.</summary>
    private static readonly TimeSpan _lastLines = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly CancellationTokenSource _stopReading = new();
    private readonly Task _reading;

    private ServiceProcess(Process process, string name, PrefixedOutput output)
    {
        _process = process;
        _reading = Task.WhenAll(
            output.CopyAsync(name, process.StandardOutput, _stopReading.Token),
            output.CopyAsync(name, process.StandardError, _stopReading.Token));
    }

    public int Id => _process.Id;

    /// <summary>Starts the program and the copying of its lines.</summary>
    /// <exception cref="HostRefusedException">The program cannot be started at all.</exception>
    public static ServiceProcess Start(ServiceProgram program, PrefixedOutput output)
    {
        var start = new ProcessStartInfo(program.FileName, program.Arguments)
        {
            WorkingDirectory = program.WorkingDirectory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (variable, value) in program.Environment)
            start.Environment[variable] = value;

        try
        {
            var process = Process.Start(start) ?? throw new InvalidOperationException($"{program.FileName} started no process.");
            return new ServiceProcess(process, program.Name, output);
        }
        catch (System.ComponentModel.Win32Exception refused)
        {
            throw new HostRefusedException(HostRefusedException.NotStarted, $"{program.Name} cannot be started ({refused.Message}).");
        }
    }

    /// <summary>Waits until the process has ended and its last lines are written.</summary>
    /// <returns>Its exit code; 128 and the signal's number when a signal ended it.</returns>
    public async Task<int> WaitForExitAsync(CancellationToken cancellation)
    {
        await _process.WaitForExitAsync(cancellation);
        _stopReading.CancelAfter(_lastLines);
        await _reading;
        return _process.ExitCode;
    }

    /// <summary>Asks the process to stop, and kills it with all that it started when it has not done so in time.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        _process.StandardInput.Close();
        if (!OperatingSystem.IsWindows() && !_process.HasExited)
            UnixSignal.Send(_process.Id, UnixSignal.Terminate);

        using var limit = new CancellationTokenSource(patience);
        try
        {
            await WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            _process.Kill(entireProcessTree: true);
            await WaitForExitAsync(CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await StopAsync(TimeSpan.Zero);
        _process.Dispose();
        _stopReading.Dispose();
    }
}

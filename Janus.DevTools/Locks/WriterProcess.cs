using System.Diagnostics;
using System.Text.Json;

namespace Janus.DevTools.Locks;

/// <summary>Another process of this program that writes.</summary>
internal sealed class WriterProcess : IDisposable
{
    private readonly Process _process;

    private WriterProcess(Process process) => _process = process;

    /// <summary>Starts the process and waits until it is ready.</summary>
    public static async Task<WriterProcess> StartAsync(LocksOptions options, string file, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, FileName = Environment.ProcessPath! };
        // Started by the dotnet program, this program is its first argument.
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(typeof(WriterProcess).Assembly.Location);
        foreach (var argument in LocksWriter.ArgumentsFor(options, file))
            start.ArgumentList.Add(argument);

        var writer = new WriterProcess(Process.Start(start)!);
        if (await writer._process.StandardOutput.ReadLineAsync(cancellationToken) != "ready")
            throw new InvalidOperationException($"The writing process {writer._process.Id} did not start.");
        return writer;
    }

    /// <summary>Lets it begin.</summary>
    public async Task BeginAsync()
    {
        await _process.StandardInput.WriteLineAsync("go");
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Waits for its report; a process that ends without one is an error itself.</summary>
    public async Task<WriterReport> ReportAsync(CancellationToken cancellationToken)
    {
        var line = await _process.StandardOutput.ReadLineAsync(cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
        return line is null
            ? new WriterReport(0, 0, [], [], [$"A writing process ended with code {_process.ExitCode} and without a report."])
            : JsonSerializer.Deserialize<WriterReport>(line)!;
    }

    /// <summary>Ends the process, if it has not ended.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}

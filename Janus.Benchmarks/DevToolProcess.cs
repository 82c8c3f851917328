using System.Diagnostics;

namespace Janus.Benchmarks;

/// <summary>A command of Janus.DevTools in a process of its own, so that what it takes is not counted with what is measured.</summary>
internal sealed class DevToolProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _ready;
    private readonly TaskCompletionSource<string> _announced = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private DevToolProcess(string[] arguments)
    {
        _ready = $"{arguments[0]} ready ";
        _process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [BuiltProgram.PathOf("Janus.DevTools"), .. arguments])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            },
        };
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
    }

    /// <summary>What it said as it was ready: its address.</summary>
    public string Address { get; private set; } = null!;

    /// <summary>Starts a command that says <c>NAME ready ADDRESS</c>, and waits for that.</summary>
    public static async Task<DevToolProcess> StartAsync(params string[] arguments)
    {
        var tool = new DevToolProcess(arguments);
        tool.Address = await tool._announced.Task.WaitAsync(TimeSpan.FromSeconds(60));
        return tool;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Read(string? line)
    {
        if (line is null)
            _announced.TrySetException(new InvalidOperationException($"{_ready.Split(' ')[0]} ended before it was ready."));
        else if (line.StartsWith(_ready, StringComparison.Ordinal))
            _announced.TrySetResult(line[_ready.Length..].Trim());
    }
}

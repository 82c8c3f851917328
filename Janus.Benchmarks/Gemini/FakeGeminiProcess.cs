using System.Diagnostics;

namespace Janus.Benchmarks.Gemini;

/// <summary>The strict fake of Gemini in a process of its own, so that what it takes is not counted with the client.</summary>
internal sealed class FakeGeminiProcess : IAsyncDisposable
{
    private const string Ready = "fake-gemini ready ";

    private readonly Process _process;
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FakeGeminiProcess(string[] arguments)
    {
        _process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [BuiltProgram.PathOf("Janus.DevTools"), "fake-gemini", .. arguments])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            },
        };
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
    }

    public Uri Address { get; private set; } = null!;

    public static async Task<FakeGeminiProcess> StartAsync(params string[] arguments)
    {
        var fake = new FakeGeminiProcess(arguments);
        fake.Address = await fake._address.Task.WaitAsync(TimeSpan.FromSeconds(30));
        return fake;
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
            _address.TrySetException(new InvalidOperationException("The fake of Gemini ended before it was ready."));
        else if (line.StartsWith(Ready, StringComparison.Ordinal))
            _address.TrySetResult(new Uri(line[Ready.Length..].Trim()));
    }
}

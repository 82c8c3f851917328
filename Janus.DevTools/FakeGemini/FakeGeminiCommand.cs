using Microsoft.AspNetCore.Connections;

namespace Janus.DevTools.FakeGemini;

/// <summary>Runs the strict fake of Gemini until it is stopped.</summary>
internal static class FakeGeminiCommand
{
    /// <summary>Runs the command; it ends only when it is cancelled.</summary>
    /// <exception cref="UsageException">The arguments make no sense, or the port is taken.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken cancellationToken)
    {
        await using var server = await StartAsync(FakeServerOptions.Parse(args), cancellationToken);
        await output.WriteLineAsync($"fake-gemini ready {server.Address.GetLeftPart(UriPartial.Authority)}");
        await output.FlushAsync(cancellationToken);
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        return 0;
    }

    private static async Task<FakeGeminiServer> StartAsync(FakeServerOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await FakeGeminiServer.StartAsync(options, cancellationToken);
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            throw new UsageException($"Port {options.Port} is taken.");
        }
    }
}

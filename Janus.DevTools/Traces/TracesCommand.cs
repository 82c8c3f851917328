using Janus.DevTools.Traces.Receiving;
using Janus.DevTools.Traces.Report;

namespace Janus.DevTools.Traces;

/// <summary>Receives what the services export and prints each campaign's traces as trees, until it is stopped.</summary>
internal static class TracesCommand
{
    private const int NotShown = 1;

    /// <summary>Runs the command.</summary>
    /// <param name="args">The arguments, see <see cref="TracesOptions"/>.</param>
    /// <param name="output">Where the trees go; coloured when that is a terminal and <c>NO_COLOR</c> is not set.</param>
    /// <param name="cancellationToken">Stops it, which is its ordinary end.</param>
    /// <returns>0; 1 when it was stopped before the campaign of <c>--once</c> was there.</returns>
    /// <exception cref="UsageException">The arguments make no sense, or a port is taken.</exception>
    public static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken cancellationToken)
    {
        var options = TracesOptions.Parse(args) with { IsColoured = IsTerminal(output) };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (options.EndsWithInput)
            StopAtEndOfInput(stop);

        await using var receiver = await StartAsync(options.Receiver, cancellationToken);
        await output.WriteLineAsync($"traces ready grpc {Text(receiver.GrpcAddress)} http {Text(receiver.HttpAddress)}");
        await output.FlushAsync(cancellationToken);

        var isShown = await new TraceReport(receiver.Received, options, output).RunAsync(stop.Token);
        foreach (var line in CountsText.Lines(receiver.Received.Counts))
            await output.WriteLineAsync(line);
        await output.FlushAsync(CancellationToken.None);
        return isShown ? 0 : NotShown;
    }

    private static async Task<TraceReceiver> StartAsync(TraceReceiverOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await TraceReceiver.StartAsync(options, cancellationToken);
        }
        catch (TracePortTakenException taken)
        {
            var option = taken.Port == options.GrpcPort ? "--grpc" : "--http";
            throw new UsageException(
                $"Port {taken.Port} is taken, perhaps by a dashboard or another trace report: stop that, or give {option} another port, or {option} 0 for any free one.");
        }
    }

    private static bool IsTerminal(TextWriter output) => output == Console.Out && !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    private static string Text(Uri address) => address.GetLeftPart(UriPartial.Authority);

    /// <summary>A read of standard input blocks and cannot be cancelled, so it has a thread that no process waits for.</summary>
    private static void StopAtEndOfInput(CancellationTokenSource stop)
    {
        new Thread(Watch) { IsBackground = true, Name = "Stop at the end of input" }.Start();

        void Watch()
        {
            using var input = Console.OpenStandardInput();
            var ignored = new byte[256];
            while (input.Read(ignored) > 0)
            {
                // What is written there says nothing; only its end does.
            }

            try
            {
                stop.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // The report had ended before its input did.
            }
        }
    }
}

using Janus;
using Janus.LocalHost;

using var stop = new StopRequest();
var output = new PrefixedOutput(Console.Out.WriteLine, [Topology.Migrations, Topology.Traces, Topology.Api, Topology.Worker, Topology.Web]);
try
{
    Arguments.Check(args);
    var settings = HostSettings.Read(JanusPrograms.SolutionOf(AppContext.BaseDirectory), Environment.GetEnvironmentVariable).ForPlainProcesses();
    var programs = new JanusPrograms(AppContext.BaseDirectory, settings.Postgres, settings.Workers);
    if (args.Contains(Arguments.Traces))
        settings = settings.WithTraces(Environment.GetEnvironmentVariable(Topology.Variables.TelemetryEndpoint), output.Say);
    await new JanusSystem(programs, settings, output, TimeProvider.System).RunAsync(stop.Token);
    return 0;
}
catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
{
    return 0;
}
catch (Exception refused) when (refused is HostRefusedException or PortTakenException)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return (refused as HostRefusedException)?.ExitCode ?? HostRefusedException.NotStarted;
}

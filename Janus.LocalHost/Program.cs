using Janus;
using Janus.LocalHost;

using var stop = new StopRequest();
var output = new PrefixedOutput(Console.Out.WriteLine, [Topology.Migrations, Topology.Api, Topology.Worker, Topology.Web]);
try
{
    // run.sh chooses this host by --local and hands its arguments on.
    if (Array.Find(args, argument => argument != "--local") is { } unknown)
        throw new HostRefusedException(HostRefusedException.BadSetting, $"'{unknown}' is no argument of Janus.LocalHost: the only one is --local.");

    var programs = new JanusPrograms(AppContext.BaseDirectory);
    var settings = HostSettings.FromEnvironment(programs.SolutionDirectory);
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

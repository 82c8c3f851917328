namespace Janus.LocalHost;

/// <summary>The whole of Janus as processes, in the order in which they need each other: database, API and worker, pages.</summary>
internal sealed class JanusSystem(JanusPrograms programs, HostSettings settings, PrefixedOutput output, TimeProvider time)
{
    private static readonly TimeSpan _migrationLimit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan _readyLimit = TimeSpan.FromMinutes(2);

    /// <summary>Starts everything, keeps it running, and stops it when <paramref name="stopping"/> asks for it.</summary>
    /// <exception cref="HostRefusedException">Something does not come up; what had been started is stopped again.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var data = DataDirectory.Claim(settings.DataDirectory);
        var ports = Ports.Choose(settings, output.Say);
        await MigrateAsync(data, stopping);
        try
        {
            await ServeAsync(data, ports, stopping);
        }
        catch (PortTakenException taken)
        {
            output.Say($"{taken.Message} Trying once more with other ports.");
            await ServeAsync(data, Ports.Choose(settings, output.Say), stopping);
        }
    }

    private async Task MigrateAsync(DataDirectory data, CancellationToken stopping)
    {
        await using var migration = ServiceProcess.Start(programs.Migrations(data.Path), output);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(_migrationLimit);
        int exitCode;
        try
        {
            exitCode = await migration.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            await migration.StopAsync(Supervisor.Patience);
            stopping.ThrowIfCancellationRequested();
            throw new HostRefusedException(
                HostRefusedException.NotStarted, $"The database's migration did not end within {_migrationLimit.TotalMinutes} minutes.");
        }

        if (exitCode != 0)
        {
            throw new HostRefusedException(
                HostRefusedException.NotStarted,
                $"The database could not be migrated (code {exitCode}); the lines of {Topology.Migrations} above say why.");
        }
    }

    private async Task ServeAsync(DataDirectory data, Ports ports, CancellationToken stopping)
    {
        using var health = new HealthProbe();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        // The trace report comes before the services and goes after them, so that it has their last words.
        using var endingTraces = new CancellationTokenSource();
        var running = new List<Task>();
        var tracing = new List<Task>();
        try
        {
            if (ports.Traces is { } traces)
                await UntilReadyAsync(Start(programs.Traces(traces), tracing, endingTraces.Token));
            await UntilReadyAsync(
                [Serve(programs.Api(data.Path, ports, data.OperatorKey)), Serve(programs.Worker(data.Path, ports)), .. programs.MoreWorkers(data.Path, ports).Select(Serve)]);
            await UntilReadyAsync(Serve(programs.Web(data.Path, ports)));

            var addresses = new Addresses(Text(ports.Web), Text(ports.Api), Environment.ProcessId);
            data.Announce(addresses);
            output.Say($"ready web={addresses.Web} api={addresses.Api}");
            await Task.WhenAll(running);
        }
        finally
        {
            await ending.CancelAsync();
            await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await endingTraces.CancelAsync();
            await Task.WhenAll(tracing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Supervisor Serve(ServiceProgram program) => Start(program, running, ending.Token);

        Supervisor Start(ServiceProgram program, List<Task> among, CancellationToken until)
        {
            var supervisor = new Supervisor(program, health.WaitAsync, output, time);
            among.Add(supervisor.RunAsync(until));
            return supervisor;
        }

        async Task UntilReadyAsync(params Supervisor[] supervisors)
        {
            try
            {
                await foreach (var ready in Task.WhenEach(supervisors.Select(supervisor => supervisor.FirstHealth.WaitAsync(_readyLimit, time, ending.Token))))
                    await ready;
            }
            catch (TimeoutException)
            {
                throw new HostRefusedException(
                    HostRefusedException.NotStarted,
                    $"Not every service answered {Topology.HealthPath} with 200 within {_readyLimit.TotalMinutes} minutes; the lines above say why.");
            }
        }

        static string Text(int port) => Ports.Address(port).GetLeftPart(UriPartial.Authority);
    }
}

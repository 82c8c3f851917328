using System.Globalization;

namespace Janus.LocalHost;

/// <summary>Keeps one service running: starts it, says so, and starts it again after a growing wait when it ends by itself.</summary>
/// <param name="program">What to run.</param>
/// <param name="untilHealthy">Returns when the service that was just started is ready for work.</param>
/// <param name="output">Where its lines and the supervisor's own go.</param>
/// <param name="time">For the waits and for how long the service was healthy.</param>
internal sealed class Supervisor(
    ServiceProgram program, Func<ServiceProgram, CancellationToken, Task> untilHealthy, PrefixedOutput output, TimeProvider time)
{
    /// <summary>A service that ends this often without ever having been healthy will not come up by being started again.</summary>
    public const int FirstStarts = 5;

    /// <summary>How long a service may take to end its work when it is asked to stop.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TaskCompletionSource _firstHealth = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Backoff _backoff = new();
    private int _starts;

    /// <summary>Ends when the service is ready for work for the first time; fails when <see cref="RunAsync"/> gives up before.</summary>
    public Task FirstHealth => _firstHealth.Task;

    /// <summary>Runs the service until <paramref name="stopping"/>; then stops it and returns.</summary>
    /// <exception cref="HostRefusedException">The service never came up.</exception>
    /// <exception cref="PortTakenException">The service never came up because somebody else took its port.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                var (exitCode, healthyFor) = await RunOnceAsync(stopping);
                if (!FirstHealth.IsCompletedSuccessfully)
                    GiveUpIfHopeless(exitCode);

                var wait = _backoff.Next(healthyFor);
                output.Say(string.Create(
                    CultureInfo.InvariantCulture, $"{program.Name} ended with code {exitCode}; restarting in {wait.TotalSeconds:0.0} s"));
                await Task.Delay(wait, time, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            _firstHealth.TrySetCanceled(stopping);
        }
        catch (Exception failure)
        {
            _firstHealth.TrySetException(failure);
            throw;
        }
    }

    private async Task<(int ExitCode, TimeSpan HealthyFor)> RunOnceAsync(CancellationToken stopping)
    {
        await using var process = ServiceProcess.Start(program, output);
        _starts++;
        output.Say($"started {program.Name} pid={process.Id} {program.Address?.GetLeftPart(UriPartial.Authority)}".TrimEnd());

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var healthySince = HealthySinceAsync(ended.Token);
        try
        {
            var exitCode = await process.WaitForExitAsync(stopping);
            await ended.CancelAsync();
            return (exitCode, await healthySince is { } since ? time.GetElapsedTime(since) : TimeSpan.Zero);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await process.StopAsync(Patience);
            await healthySince;
            throw;
        }
    }

    private async Task<long?> HealthySinceAsync(CancellationToken ended)
    {
        try
        {
            await untilHealthy(program, ended);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            return null;
        }

        _firstHealth.TrySetResult();
        return time.GetTimestamp();
    }

    private void GiveUpIfHopeless(int exitCode)
    {
        if (program.Address is { } address && Ports.IsTaken(address.Port))
            throw new PortTakenException(program.Name, address.Port);
        if (_starts >= FirstStarts)
        {
            throw new HostRefusedException(
                HostRefusedException.NotStarted,
                $"{program.Name} ended with code {exitCode} and was never ready in {FirstStarts} starts; its lines above say why.");
        }
    }
}

/// <summary>A service could not listen because somebody else took its port after it was chosen.</summary>
internal sealed class PortTakenException(string service, int port) : Exception($"{service} could not listen on port {port}: another program took it.");

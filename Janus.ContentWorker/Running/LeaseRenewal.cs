using System.Data.Common;
using Janus.Campaigns.Steps;
using Janus.Campaigns.Storage;

namespace Janus.ContentWorker.Running;

/// <summary>Renews the leases of running steps three times within a lease, and ends the calls of those that were lost.</summary>
internal sealed partial class LeaseRenewal(StepQueue queue, RunningSteps running, TimeProvider time, ILogger<LeaseRenewal> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(queue.Options.Lease / 3, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var claims = running.Claims;
            if (claims.Count == 0)
                continue;
            try
            {
                await running.EndAllButAsync(claims, await queue.RenewAsync(claims, stoppingToken));
            }
            catch (Exception exception) when (exception is DatabaseBusyException or DbException)
            {
                // The lease may run out; then the late write touches no row, which is the rule that never bends.
                NotRenewed(exception, claims.Count);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "{Count} leases could not be renewed")]
    private partial void NotRenewed(Exception exception, int count);
}

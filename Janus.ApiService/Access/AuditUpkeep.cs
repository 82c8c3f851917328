using Janus.Campaigns.Auditing;
using Janus.Campaigns.Storage;

namespace Janus.ApiService.Access;

/// <summary>Deletes entries of the audit log that are older than they are kept, every few hours, a bounded number at a time.</summary>
internal sealed partial class AuditUpkeep(AuditLog audit, TimeProvider time, ILogger<AuditUpkeep> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(6);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await audit.PruneAsync(stoppingToken) > 0)
                    await Task.Yield();
            }
            catch (DatabaseBusyException busy)
            {
                Busy(busy.Waited.TotalSeconds);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The database was busy for {Seconds:0.0} s; old entries of the audit log are deleted next time")]
    private partial void Busy(double seconds);
}

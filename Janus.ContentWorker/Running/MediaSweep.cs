using System.Data.Common;
using Janus.Campaigns.Media;
using Janus.Campaigns.Steps;
using Janus.Campaigns.Storage;

namespace Janus.ContentWorker.Running;

/// <summary>Sweeps the media folder of orphans at start and on a timer.</summary>
internal sealed partial class MediaSweep(IMediaStore media, StepOptions steps, LockRetryOptions locks, WorkerOptions options, TimeProvider time, ILogger<MediaSweep> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A step may hold its lease for as long as its call may take, and each try at its record renews the file: only what is
        // older than all of that is an orphan.
        var longest = steps.Lease + options.CallLimit + locks.Budget + locks.Budget;
        var clock = new ClockWatch(time);
        using var timer = new PeriodicTimer(options.SweepInterval, time);
        do
        {
            // Set forward, the clock makes a file look old that is on its way to its row; by the next sweep it has arrived.
            if (clock.Look() > TimeSpan.Zero)
                continue;
            try
            {
                await media.SweepAsync(clock.Now - longest, stoppingToken);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DatabaseBusyException or DbException)
            {
                NotSwept(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(1, LogLevel.Warning, "The media folder could not be swept; trying again later")]
    private partial void NotSwept(Exception exception);
}

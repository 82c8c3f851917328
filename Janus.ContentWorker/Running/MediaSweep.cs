using Janus.Campaigns.Media;
using Janus.Campaigns.Steps;
using Janus.Campaigns.Storage;
using Microsoft.Data.Sqlite;

namespace Janus.ContentWorker.Running;

/// <summary>Sweeps the media folder of orphans at start and on a timer.</summary>
internal sealed partial class MediaSweep(MediaFolder media, StepOptions steps, WorkerOptions options, TimeProvider time, ILogger<MediaSweep> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A step may hold its lease for as long as its call may take: a file is an orphan only after that.
        var longest = steps.Lease + options.CallLimit;
        using var timer = new PeriodicTimer(options.SweepInterval, time);
        do
        {
            try
            {
                await media.SweepAsync(longest, stoppingToken);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DatabaseBusyException or SqliteException)
            {
                NotSwept(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(1, LogLevel.Warning, "The media folder could not be swept; trying again later")]
    private partial void NotSwept(Exception exception);
}

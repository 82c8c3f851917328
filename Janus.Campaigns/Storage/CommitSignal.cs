using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Janus.Campaigns.Storage;

/// <summary>
/// Says that somebody, in this process or another, has committed. No table is read to find out. A waiter passes the number
/// that it saw last, so a commit between two waits is never missed.
/// </summary>
public sealed class CommitSignal
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _number;

    /// <summary>How many commits were noticed; several at once count as one.</summary>
    public long Number => Interlocked.Read(ref _number);

    /// <summary>Waits until <see cref="Number"/> is greater than what was seen, or the time limit has passed.</summary>
    /// <returns>The number now.</returns>
    public async Task<long> WaitAsync(long seen, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        Task next;
        lock (_gate)
        {
            if (_number > seen)
                return _number;
            next = _next.Task;
        }

        try
        {
            await next.WaitAsync(limit, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // The time limit is the safety net; the caller looks for itself.
            return Number;
        }

        return Number;
    }

    /// <summary>Wakes every waiter. The watcher calls it for commits; so may whoever knows that it is worth looking again.</summary>
    public void Raise()
    {
        TaskCompletionSource raised;
        lock (_gate)
        {
            _number++;
            raised = _next;
            _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        raised.SetResult();
    }
}

/// <summary>
/// Reads <c>PRAGMA data_version</c> every 20 ms on a connection of its own: 12 microseconds, no table, no lock. It changes
/// with every commit of any other connection, of this process or another.
/// </summary>
internal sealed partial class SqliteCommitWatcher(string connectionString, CommitSignal signal, TimeProvider time, ILogger<SqliteCommitWatcher> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await WatchAsync(stoppingToken);
            }
            catch (SqliteException exception)
            {
                WatchingFailed(exception);
                await Task.Delay(AfterFailure, time, stoppingToken);
            }
        }
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA data_version";
        var seen = await ReadAsync(command, cancellationToken);
        // What was committed before watching began is unknown to waiters.
        signal.Raise();
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var now = await ReadAsync(command, cancellationToken);
            if (now is null || now == seen)
                continue;
            seen = now;
            signal.Raise();
        }
    }

    private static async Task<long?> ReadAsync(SqliteCommand command, CancellationToken cancellationToken)
    {
        try
        {
            return (long?)await command.ExecuteScalarAsync(cancellationToken);
        }
        catch (SqliteException exception) when (SqliteLocks.CodeOf(exception) is not null)
        {
            // Somebody holds the file exclusively; the next tick asks again.
            return null;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Watching for commits failed; trying again in a second")]
    private partial void WatchingFailed(Exception exception);
}

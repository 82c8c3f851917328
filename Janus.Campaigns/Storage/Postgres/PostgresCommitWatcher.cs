using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Janus.Campaigns.Storage;

/// <summary>Listens for the commits of other processes, on a connection of its own beside the pool.</summary>
internal sealed partial class PostgresCommitWatcher(StorageOptions options, CommitNotices notices, CommitSignal signal, TimeProvider time, ILogger<PostgresCommitWatcher> log)
    : BackgroundService
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is NpgsqlException or IOException or TimeoutException)
            {
                ListeningFailed(exception);
                await Task.Delay(AfterFailure, time, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(options.ConnectionString) { Pooling = false }.ToString());
        connection.Notification += (_, notice) =>
        {
            if (notice.Payload != notices.Sender)
                signal.Raise();
        };
        await connection.OpenAsync(cancellationToken);
        await using (var command = new NpgsqlCommand($"LISTEN {CommitNotices.Channel}", connection))
            await command.ExecuteNonQueryAsync(cancellationToken);
        // What was committed before listening began is unknown to waiters.
        signal.Raise();
        while (true)
            await connection.WaitAsync(cancellationToken);
    }

    [LoggerMessage(1, LogLevel.Warning, "Listening for commits failed; trying again in a second")]
    private partial void ListeningFailed(Exception exception);
}

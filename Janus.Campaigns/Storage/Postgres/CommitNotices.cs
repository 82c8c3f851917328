using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Janus.Campaigns.Storage;

/// <summary>
/// Tells the other processes that this one has committed: by NOTIFY, after the commit and outside its transaction. The first is sent at once, and one for
/// all commits that happen within the next hundredth of a second: who is told that often has enough to look at, and telling costs as much as a read. Within a
/// transaction, each NOTIFY would take a lock that lets the whole server commit one at a time (https://www.postgresql.org/docs/15/sql-notify.html). A notice
/// that is lost, with its process or its connection, is made up for by the slow timers of those who wait.
/// </summary>
public sealed partial class CommitNotices : IAsyncDisposable
{
    /// <summary>The channel's name.</summary>
    internal const string Channel = "janus_commits";

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(10);

    private readonly Channel<bool> _owed = System.Threading.Channels.Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly NpgsqlDataSource _source;
    private readonly CommitSignal _signal;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _sending;

    /// <summary>Makes it; nothing is sent before the first commit.</summary>
    public CommitNotices(NpgsqlDataSource source, CommitSignal signal, TimeProvider time, ILogger<CommitNotices> log)
    {
        (_source, _signal, _time, _log) = (source, signal, time, log);
        _sending = SendAsync();
    }

    /// <summary>Who sends: what comes back from oneself has been signalled already.</summary>
    internal string Sender { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Wakes those who wait in this process at once, and the other processes as soon as may be.</summary>
    public void Committed()
    {
        _signal.Raise();
        _owed.Writer.TryWrite(true);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _owed.Writer.TryComplete();
        // What is owed is sent, but nobody's end waits for a server that does not answer.
        _end.CancelAfter(TimeSpan.FromSeconds(1));
        await _sending;
        _end.Dispose();
    }

    private async Task SendAsync()
    {
        await foreach (var _ in _owed.Reader.ReadAllAsync())
        {
            try
            {
                await using var command = _source.CreateCommand("SELECT pg_notify($1, $2)");
                command.Parameters.Add(new NpgsqlParameter { Value = Channel });
                command.Parameters.Add(new NpgsqlParameter { Value = Sender });
                await command.ExecuteNonQueryAsync(_end.Token);
                await Task.Delay(Between, _time, _end.Token);
            }
            catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException)
            {
                NotTold(exception);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "The other processes could not be told of a commit; they will find out by their timers")]
    private partial void NotTold(Exception exception);
}

using System.Collections.Concurrent;
using Janus.Campaigns.Storage;

namespace Janus.DevTools.Locks;

/// <summary>What one process came to.</summary>
/// <param name="Transactions">How many were committed.</param>
/// <param name="Retries">How many tries were refused.</param>
/// <param name="WaitsMilliseconds">For each committed transaction, from asking to having the write lock.</param>
/// <param name="ReadsMilliseconds">For each read, how long it took.</param>
/// <param name="Errors">What went wrong, one entry for each transaction that was not committed and each read that failed or saw half a transaction.</param>
internal sealed record WriterReport(
    int Transactions, int Retries, IReadOnlyList<double> WaitsMilliseconds, IReadOnlyList<double> ReadsMilliseconds, IReadOnlyList<string> Errors);

/// <summary>The writers and readers of one process. The readers go on until the last writer has ended.</summary>
internal sealed class Contenders(LocksOptions options, string file)
{
    // As often as a page that is open, rather than as often as the processor allows.
    private static readonly TimeSpan BetweenReads = TimeSpan.FromMilliseconds(5);

    private readonly TimeProvider _time = TimeProvider.System;
    private readonly ConcurrentBag<double> _waits = [];
    private readonly ConcurrentBag<double> _reads = [];
    private readonly ConcurrentBag<string> _errors = [];

    /// <summary>Writes and reads to the end.</summary>
    public async Task<WriterReport> RunAsync(CancellationToken cancellationToken)
    {
        var locks = new LockRetryOptions();
        var retry = new LockRetry(locks, _time, SqliteLocks.CodeOf);
        var retries = 0;
        retry.Refused += _ => Interlocked.Increment(ref retries);
        var table = new CounterTable(file, locks, retry);

        // SQLite blocks the thread that asks. With fewer threads than writers they would queue in the pool and not at the lock.
        ThreadPool.GetMinThreads(out var threads, out var ports);
        ThreadPool.SetMinThreads(Math.Max(threads, options.Writers + options.Readers + 2), ports);
        using var written = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var readers = Enumerable.Range(0, options.Readers).Select(_ => Task.Run(() => ReadAsync(table, written.Token), cancellationToken)).ToList();
        await Task.WhenAll(Enumerable.Range(0, options.Writers).Select(_ => Task.Run(() => WriteAsync(table, cancellationToken), cancellationToken)));
        await written.CancelAsync();
        await Task.WhenAll(readers);
        return new WriterReport(_waits.Count, retries, [.. _waits], [.. _reads], [.. _errors]);
    }

    private async Task WriteAsync(CounterTable table, CancellationToken cancellationToken)
    {
        var begun = _time.GetTimestamp();
        for (var count = 0; options.Length is { } length ? _time.GetElapsedTime(begun) < length : count < options.Transactions; count++)
        {
            var asked = _time.GetTimestamp();
            var waited = TimeSpan.Zero;
            try
            {
                await table.IncrementAsync(() => waited = _time.GetElapsedTime(asked), cancellationToken);
                _waits.Add(waited.TotalMilliseconds);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // Every error is part of the report, and makes the command fail.
                _errors.Add($"{exception.GetType().Name}: {exception.Message}");
            }
        }
    }

    private async Task ReadAsync(CounterTable table, CancellationToken written)
    {
        try
        {
            while (true)
            {
                var asked = _time.GetTimestamp();
                try
                {
                    var (counter, last) = await table.LookAsync(written);
                    _reads.Add(_time.GetElapsedTime(asked).TotalMilliseconds);
                    if (counter != last)
                        _errors.Add("A read saw half a transaction.");
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    _errors.Add($"read: {exception.GetType().Name}: {exception.Message}");
                }

                await Task.Delay(BetweenReads, _time, written);
            }
        }
        catch (OperationCanceledException) when (written.IsCancellationRequested)
        {
            // The writers have ended.
        }
    }
}

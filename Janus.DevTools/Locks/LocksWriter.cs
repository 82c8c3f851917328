using System.Collections.Concurrent;
using System.Text.Json;
using Janus.Campaigns.Storage;

namespace Janus.DevTools.Locks;

/// <summary>What one writing process came to.</summary>
/// <param name="Transactions">How many were committed.</param>
/// <param name="Retries">How many tries were refused.</param>
/// <param name="WaitsMilliseconds">For each committed transaction, from asking to having the write lock.</param>
/// <param name="Errors">What went wrong, one entry for each transaction that was not committed.</param>
internal sealed record WriterReport(int Transactions, int Retries, IReadOnlyList<double> WaitsMilliseconds, IReadOnlyList<string> Errors);

/// <summary>
/// One writing process with several threads. It says <c>ready</c>, begins when a line comes, prints its report as one line
/// of JSON, and ends at once when the pipe that it reads from closes: a killed parent leaves nobody behind.
/// </summary>
internal static class LocksWriter
{
    /// <summary>The command's name.</summary>
    public const string Name = "locks-writer";

    /// <summary>Runs the writers.</summary>
    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var arguments = new Arguments(args, ["--file", "--writers", "--transactions"]);
        var file = arguments.Text("--file") ?? throw new UsageException("--file is required.");
        var writers = arguments.Number("--writers", 4, 1, 64);
        var transactions = arguments.Number("--transactions", 50, 1, 100_000);

        // Console.In would block the thread that asks it.
        using var input = new StreamReader(Console.OpenStandardInput());
        await Console.Out.WriteLineAsync("ready");
        if (await input.ReadLineAsync(cancellationToken) is null)
            return 1;

        using var orphaned = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var write = WriteAllAsync(file, writers, transactions, orphaned.Token);
        var parent = input.ReadLineAsync(CancellationToken.None).AsTask();
        if (await Task.WhenAny(write, parent) == parent)
            await orphaned.CancelAsync();
        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(await write));
        return 0;
    }

    private static async Task<WriterReport> WriteAllAsync(string file, int writers, int transactions, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        var options = new LockRetryOptions();
        var retry = new LockRetry(options, time, SqliteLocks.CodeOf);
        var retries = 0;
        retry.Refused += _ => Interlocked.Increment(ref retries);
        var table = new CounterTable(file, options, retry);
        var waits = new ConcurrentBag<double>();
        var errors = new ConcurrentBag<string>();

        // SQLite blocks the thread that asks. With fewer threads than writers they would queue in the pool and not at the lock.
        ThreadPool.GetMinThreads(out var threads, out var ports);
        ThreadPool.SetMinThreads(Math.Max(threads, writers + 2), ports);
        await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(WriteAsync, cancellationToken)));
        return new WriterReport(waits.Count, retries, [.. waits], [.. errors]);

        async Task WriteAsync()
        {
            for (var count = 0; count < transactions; count++)
            {
                var asked = time.GetTimestamp();
                var waited = TimeSpan.Zero;
                try
                {
                    await table.IncrementAsync(() => waited = time.GetElapsedTime(asked), cancellationToken);
                    waits.Add(waited.TotalMilliseconds);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    // Every error is part of the report, and makes the command fail.
                    errors.Add($"{exception.GetType().Name}: {exception.Message}");
                }
            }
        }
    }
}

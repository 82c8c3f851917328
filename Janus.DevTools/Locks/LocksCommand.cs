using Janus.Campaigns.Storage;
using Microsoft.Data.Sqlite;

namespace Janus.DevTools.Locks;

/// <summary>
/// Proves the lock retry: several processes with several writers each increment one counter of one SQLite file, while
/// somebody else holds the write lock now and then. No update may be lost and none may fail.
/// </summary>
internal static class LocksCommand
{
    /// <summary>Runs the command.</summary>
    /// <returns>0 when nothing was lost and nothing failed, else 1.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken cancellationToken)
    {
        var options = LocksOptions.Parse(args);
        if (options.HoldOnly is { } length)
            return await HoldOnlyAsync(options.File!, length, output, cancellationToken);

        var folder = options.File is null ? Directory.CreateTempSubdirectory("janus-locks-") : null;
        try
        {
            var report = await FightAsync(options, options.File ?? Path.Combine(folder!.FullName, "locks.db"), cancellationToken);
            await report.PrintAsync(output);
            return report.ExitCode;
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder?.Delete(recursive: true);
        }
    }

    private static async Task<LocksReport> FightAsync(LocksOptions options, string file, CancellationToken cancellationToken)
    {
        var table = NewTable(file);
        await table.CreateAsync(cancellationToken);
        var writers = new List<WriterProcess>();
        try
        {
            for (var count = 0; count < options.Processes; count++)
                writers.Add(await WriterProcess.StartAsync(options, file, cancellationToken));

            var holding = HoldNowAndThenAsync(
                table, options, begin: () => Task.WhenAll(writers.Select(writer => writer.BeginAsync())), cancellationToken);
            var reports = await Task.WhenAll(writers.Select(writer => writer.ReportAsync(cancellationToken)));
            await holding;
            var (counter, rows) = await table.ReadAsync(cancellationToken);
            return new LocksReport(options, reports, counter, rows);
        }
        finally
        {
            foreach (var writer in writers)
                writer.Dispose();
        }
    }

    // The writers begin while the lock is held for the first time, so that every run meets it.
    private static async Task HoldNowAndThenAsync(CounterTable table, LocksOptions options, Func<Task> begin, CancellationToken cancellationToken)
    {
        var each = options.Hold / options.Holds;
        for (var count = 0; count < options.Holds; count++)
        {
            await using (await table.HoldAsync(cancellationToken))
            {
                if (count == 0)
                    await begin();
                await Task.Delay(each, cancellationToken);
            }

            await Task.Delay(each / 2, cancellationToken);
        }
    }

    private static async Task<int> HoldOnlyAsync(string file, TimeSpan length, TextWriter output, CancellationToken cancellationToken)
    {
        await using (await NewTable(file).HoldAsync(cancellationToken))
        {
            await output.WriteLineAsync("holding");
            await output.FlushAsync(cancellationToken);
            await Task.Delay(length, cancellationToken);
        }

        return 0;
    }

    private static CounterTable NewTable(string file)
    {
        var options = new LockRetryOptions();
        return new CounterTable(file, options, new LockRetry(options, TimeProvider.System, SqliteLocks.CodeOf));
    }
}

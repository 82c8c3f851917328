using Janus.Campaigns.Faults;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Janus.Campaigns.Storage.Moving;

/// <summary>
/// Takes an installation from SQLite to PostgreSQL while Janus is stopped: every table of the model, and the pictures, in one transaction that commits only
/// when what was read back from both databases is the same. So a kill leaves the target empty, and the source is only read.
/// </summary>
public sealed class InstallationMove(StorageOptions options, SqliteMigrator migrator, LockRetry retry, FaultPoints faults, TimeProvider time)
{
    /// <summary>Moves.</summary>
    /// <param name="wish">What to move where.</param>
    /// <param name="watcher">Hears what happens.</param>
    /// <param name="cancellationToken">Ends it; the target stays empty.</param>
    /// <exception cref="MoveRefusedException">It cannot be made, or what was read back differs. The target holds no row.</exception>
    /// <exception cref="StartRefusedException">The source or the target cannot be used, or the target is not empty.</exception>
    /// <exception cref="DatabaseBusyException">A migration, a restore or another move is running.</exception>
    public async Task<MoveReport> MoveAsync(MoveWish wish, IMoveWatcher watcher, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wish);
        ArgumentNullException.ThrowIfNull(watcher);
        await using var target = new MoveTarget(wish, options.DataDirectory);
        await target.Migrator.EnsureEmptyAsync(cancellationToken);
        await using var source = await MoveSource.OpenAsync(options, migrator, retry, cancellationToken);
        var pictures = new MovedPictures(options.MediaDirectory, wish.KeepsFolder ? [] : await source.PicturesAsync(cancellationToken));
        pictures.Check(wish.WithoutMissing);
        await target.Migrator.MigrateAsync(cancellationToken);

        watcher.Begun(options.DatabaseFile, target.Database);
        var isCommitting = false;
        try
        {
            await using var context = target.Engine.NewContext();
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            var into = new MoveTransaction((NpgsqlConnection)context.Database.GetDbConnection());
            await into.TakeAsync(target.Tables, cancellationToken);
            var mended = await CopyAsync(target.Tables, source, pictures, into, watcher, cancellationToken);
            await faults.ReachAsync(FaultPoints.MoveCopied, cancellationToken);
            var compared = await CompareAsync(target.Tables, source, pictures, into, watcher, cancellationToken);
            await into.SetSequencesAsync(source, cancellationToken);
            await into.AnalyzeAsync(target.Tables, cancellationToken);
            await faults.ReachAsync(FaultPoints.MoveCompared, cancellationToken);
            isCommitting = true;
            await target.Engine.CommitAsync(context, transaction, cancellationToken);
            return new MoveReport(compared, pictures.Missing, wish.KeepsFolder ? 0 : pictures.CountOrphans(), mended);
        }
        catch (Exception exception) when (PostgresErrors.Within(exception) is { } refused)
        {
            throw Explain(refused, target, isCommitting);
        }
        catch (SqliteException unreadable)
        {
            throw migrator.Unusable(unreadable);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MoveRefusedException($"A picture cannot be read ({exception.Message.TrimEnd('.')}): make it readable, then move again. Nothing was moved.", exception);
        }
    }

    private async Task<Dictionary<string, long>> CopyAsync(
        IReadOnlyList<MovedTable> tables, MoveSource source, MovedPictures pictures, MoveTransaction into, IMoveWatcher watcher, CancellationToken cancellationToken)
    {
        var mended = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in tables)
        {
            var started = time.GetTimestamp();
            var rows = await into.CopyAsync(table, RowsOf(table, source, pictures, Mended, cancellationToken), cancellationToken);
            watcher.Copied(table.Name, rows, time.GetElapsedTime(started));
            await faults.ReachAsync(FaultPoints.MoveCopying, cancellationToken);

            void Mended(MovedColumn column)
            {
                var name = $"{table.Name}.{column.Name}";
                mended[name] = mended.GetValueOrDefault(name) + 1;
            }
        }

        return mended;
    }

    private static async Task<List<ComparedTable>> CompareAsync(
        IReadOnlyList<MovedTable> tables, MoveSource source, MovedPictures pictures, MoveTransaction into, IMoveWatcher watcher, CancellationToken cancellationToken)
    {
        List<ComparedTable> compared = [];
        foreach (var table in tables)
        {
            var comparison = await TableComparison.OfAsync(
                table, RowsOf(table, source, pictures, null, cancellationToken), into.RowsAsync(table, cancellationToken), cancellationToken);
            watcher.Compared(comparison);
            compared.Add(comparison);
        }

        return compared.Find(table => !table.IsEqual) is { } differs
            ? throw new MoveRefusedException($"What was read back of the table {differs.Name} is not what was copied (first at {differs.FirstDifference}). Nothing was moved.")
            : compared;
    }

    private static IAsyncEnumerable<object?[]> RowsOf(
        MovedTable table, MoveSource source, MovedPictures pictures, Action<MovedColumn>? mended, CancellationToken cancellationToken) => table.Name == MovedPictures.Table
        ? pictures.RowsAsync(table, cancellationToken)
        : source.RowsAsync(table, mended, cancellationToken);

    private static MoveRefusedException Explain(NpgsqlException refused, MoveTarget target, bool isCommitting)
    {
        if (isCommitting && PostgresErrors.LeavesCommitOpen(refused))
        {
            return new MoveRefusedException(
                $"The {target.Database} was lost while everything was being committed: move again, and if it is refused because it is not empty, all of it is there.", refused);
        }

        return refused is PostgresException { SqlState: PostgresErrors.LockNotAvailable }
            ? new MoveRefusedException($"Somebody else is using the {target.Database}, or another move into it is running: stop it, then move. Nothing was moved.", refused)
            : new MoveRefusedException($"{PostgresRefusal.Of(refused, target.Database, target.NamedBy)} Nothing was moved.", refused);
    }
}

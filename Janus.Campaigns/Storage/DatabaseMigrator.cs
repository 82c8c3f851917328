using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Storage;

/// <summary>A reason not to start, as one line for the person who started it, with the exit code that says it to scripts.</summary>
public sealed class StartRefusedException(int exitCode, string line, Exception? innerException = null) : Exception(line, innerException)
{
    /// <summary>The data directory or the database file cannot be used.</summary>
    public const int DataUnusable = 2;

    /// <summary>Migrations are pending, or the database is newer than the program.</summary>
    public const int SchemaDiffers = 3;

    /// <summary>The process's exit code.</summary>
    public int ExitCode { get; } = exitCode;
}

/// <summary>Brings the database to this program's schema, and says whether it is there. Only <c>ApiService migrate</c> migrates.</summary>
public abstract class DatabaseMigrator
{
    /// <summary>The table in which EF writes down what was applied.</summary>
    private protected const string History = "__EFMigrationsHistory";

    /// <summary>The database, as a line for a person names it, such as <c>database at /data/janus.db</c>.</summary>
    protected abstract string Database { get; }

    /// <summary>What a person does who meant another database.</summary>
    protected abstract string HowToNameAnother { get; }

    /// <summary>Applies what is pending. Safe to run twice, at once, or after a kill in the middle.</summary>
    /// <returns>The migrations that were applied now.</returns>
    /// <exception cref="StartRefusedException">The database cannot be used, or is newer, damaged or somebody else's.</exception>
    public abstract Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken);

    /// <summary>Refuses to start on a database that this program does not fit.</summary>
    /// <exception cref="StartRefusedException">A migration is pending, or the database cannot be used, or is newer, damaged or somebody else's.</exception>
    public abstract Task EnsureCurrentAsync(CancellationToken cancellationToken);

    /// <summary>The names of the tables that the database has, in order, without its own.</summary>
    private protected abstract Task<List<string>> TablesAsync(CampaignsContext context, CancellationToken cancellationToken);

    /// <summary>What is still to be applied.</summary>
    /// <exception cref="StartRefusedException">The database is newer, or somebody else's.</exception>
    private protected async Task<IReadOnlyList<string>> PendingAsync(CampaignsContext context, CancellationToken cancellationToken)
    {
        var known = context.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        var applied = await AppliedAsync(context, cancellationToken);
        if (applied.Count > 0 && !known.Overlaps(applied))
            throw Foreign($"the migration {applied[0]}");
        if (applied.FindLast(migration => !known.Contains(migration)) is { } newer)
        {
            throw new StartRefusedException(
                StartRefusedException.SchemaDiffers,
                $"The {Database} is newer than this program ({newer}): start the newer program, or restore a backup.");
        }

        return [.. context.Database.GetMigrations().Except(applied)];
    }

    /// <summary>The refusal of a database that lacks migrations.</summary>
    private protected StartRefusedException Lacking(IReadOnlyList<string> pending) => new(
        StartRefusedException.SchemaDiffers,
        $"The {Database} lacks migrations ({string.Join(", ", pending)}): run 'Janus.ApiService migrate' first.");

    private async Task<List<string>> AppliedAsync(CampaignsContext context, CancellationToken cancellationToken)
    {
        var tables = await TablesAsync(context, cancellationToken);
        if (tables.Contains(History))
            return [.. await context.Database.GetAppliedMigrationsAsync(cancellationToken)];
        return tables.Count > 0 ? throw Foreign($"a table {tables[0]}") : [];
    }

    private StartRefusedException Foreign(string evidence) => new(
        StartRefusedException.DataUnusable, $"The {Database} belongs to another program (it has {evidence}): {HowToNameAnother}.");
}

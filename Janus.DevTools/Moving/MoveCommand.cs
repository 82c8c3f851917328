using System.Diagnostics;
using System.Globalization;
using Janus.Campaigns.Storage.Moving;
using Janus.DevTools.Backups;
using Microsoft.Extensions.DependencyInjection;

namespace Janus.DevTools.Moving;

/// <summary><c>move</c>: takes the data of a Janus that is stopped from SQLite into an empty PostgreSQL database.</summary>
internal static class MoveCommand
{
    /// <summary>The variable that names the target where no option does: what a command line says, others on the machine can read.</summary>
    public const string Variable = "JANUS_POSTGRES";

    private const string Option = "--to";

    /// <summary>Runs the command.</summary>
    /// <returns>0 when everything is moved and was read back the same, 1 when it was refused and the target holds nothing.</returns>
    /// <exception cref="UsageException">The arguments make no sense.</exception>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        var arguments = new Arguments(args, [Option, "--from", "--media"], ["--without-missing-pictures"]);
        var wish = WishOf(arguments, Environment.GetEnvironmentVariable);
        var started = Stopwatch.GetTimestamp();
        return await StoredData.UseSqliteAsync(arguments.Text("--from"), errors, async services =>
        {
            var report = await services.GetRequiredService<InstallationMove>().MoveAsync(wish, new MoveProgress(output), cancellationToken);
            await TellAsync(report, wish, Stopwatch.GetElapsedTime(started), output);
        });
    }

    /// <summary>What the arguments, and for the target the environment, ask for.</summary>
    internal static MoveWish WishOf(Arguments arguments, Func<string, string?> environment)
    {
        if (arguments.Text("--media") is not (null or "folder" or "database") and var media)
            throw new UsageException($"--media is folder or database, not '{media}'.");
        var (to, namedBy) = arguments.Has(Option) ? (arguments.Text(Option), Option) : (environment(Variable), Variable);
        return string.IsNullOrWhiteSpace(to)
            ? throw new UsageException($"move needs {Option} \"Host=…;Database=janus;Username=janus;Password=…\", or the same in {Variable}.")
            : new MoveWish(to, namedBy, arguments.Text("--media") == "folder", arguments.Has("--without-missing-pictures"));
    }

    private static async Task TellAsync(MoveReport report, MoveWish wish, TimeSpan took, TextWriter output)
    {
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"Moved {report.Tables.Sum(table => table.TargetRows):N0} rows in {took.TotalSeconds:0.0} s; every table was read back the same."));
        foreach (var (column, texts) in report.MendedTexts)
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Texts of {column} with the character U+0000, which PostgreSQL cannot store (U+FFFD is in its place): {texts:N0}."));
        foreach (var picture in report.MissingPictures)
            await output.WriteLineAsync($"The picture {picture} was already gone from the media folder.");
        if (report.Orphans > 0)
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Files of the media folder that belong to no post, left where they are: {report.Orphans:N0}."));
        await output.WriteLineAsync(
            $"""

            What to do now:
              either host:   JANUS_POSTGRES='…' ./run.sh, with the connection string of this move
              other hosts:   Janus__Database=postgres and ConnectionStrings__janus='…'{(wish.KeepsFolder ? ", and Janus__Media=folder: the pictures are still files" : "")}
              Keep the data directory: the pages' data-protection keys stay there{(wish.KeepsFolder ? " and so do the pictures" : "")}, and until you are content with
              PostgreSQL the old data are your way back, exactly as they were. From now on back up with pg_dump (docs/postgresql.md).
            """);
    }
}

using Janus.DevTools.Moving;
using Janus.Tests.Hosting;
using Janus.Tests.Storage;

namespace Janus.Tests.Postgres.Moving;

/// <summary><c>move</c> as people run it.</summary>
internal static class MoveRun
{
    /// <summary>Runs it in this process, which starts sooner.</summary>
    public static async Task<ProgramRun> OfAsync(TestStore from, string to, params string[] more)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var code = await MoveCommand.RunAsync(["--from", from.Folder, "--to", to, .. more], output, errors, CancellationToken.None);
        return new ProgramRun(code, output.ToString(), errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    public static Task<ProgramRun> OfAsync(TestStore from, TestStore to, params string[] more) => OfAsync(from, to.Settings["ConnectionStrings:janus"]!, more);

    /// <summary>Every row of every table, for whoever wants to see that nothing is there.</summary>
    public static long Rows(TestStore store)
    {
        using var connection = store.Open();
        return store.Tables(connection).Where(table => table is not ("__EFMigrationsHistory" or "commit_marks")).Sum(table => connection.Number($"SELECT count(*) FROM \"{table}\""));
    }
}

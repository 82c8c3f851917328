using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Janus.Campaigns.Storage;

/// <summary>How a program that uses the database starts and ends.</summary>
public static class StartUp
{
    /// <summary>Runs the host if the database fits this program.</summary>
    /// <returns>The process's exit code: 0, or that of a <see cref="StartRefusedException"/>, whose line is printed.</returns>
    public static Task<int> RunOnCurrentDatabaseAsync(this IHost host) => RefusingAsync(async () =>
    {
        // Before anything is opened, and before the host would log the same with a stack.
        host.Services.GetRequiredService<IStartupValidator>().Validate();
        await host.Services.GetRequiredService<DatabaseMigrator>().EnsureCurrentAsync(CancellationToken.None);
        await host.RunAsync();
    });

    /// <summary>Migrates the database and says what was done, instead of running the host.</summary>
    /// <returns>The process's exit code.</returns>
    public static Task<int> MigrateDatabaseAsync(this IHost host) => RefusingAsync(async () =>
    {
        var applied = await host.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
        Console.WriteLine(applied.Count == 0 ? "The database is current." : $"Migrated the database: {string.Join(", ", applied)}.");
    });

    private static async Task<int> RefusingAsync(Func<Task> work)
    {
        try
        {
            await work();
            return 0;
        }
        catch (StartRefusedException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return refused.ExitCode;
        }
        catch (Exception exception) when (SettingRefusal.LineOf(exception) is { } line)
        {
            await Console.Error.WriteLineAsync(line);
            return SettingRefusal.ExitCode;
        }
        catch (DatabaseBusyException busy)
        {
            await Console.Error.WriteLineAsync($"{busy.Message} Stop whoever holds it, and start again.");
            return StartRefusedException.DataUnusable;
        }
    }
}

using Microsoft.Extensions.Configuration;
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

    // A text where a number, a date or a time span belongs. The binder tells of it in layers, and the innermost one names the key.
    private static InvalidOperationException Innermost(InvalidOperationException unreadable) =>
        unreadable.InnerException is InvalidOperationException inner ? Innermost(inner) : unreadable;

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
        catch (OptionsValidationException invalid)
        {
            await Console.Error.WriteLineAsync($"A setting makes no sense: {string.Join(" ", invalid.Failures)}");
            return StartRefusedException.DataUnusable;
        }
        catch (InvalidOperationException unreadable) when (unreadable.Source == typeof(ConfigurationBinder).Assembly.GetName().Name)
        {
            await Console.Error.WriteLineAsync($"A setting makes no sense: {Innermost(unreadable).Message}");
            return StartRefusedException.DataUnusable;
        }
        catch (DatabaseBusyException busy)
        {
            await Console.Error.WriteLineAsync($"{busy.Message} Stop whoever holds it, and start again.");
            return StartRefusedException.DataUnusable;
        }
    }
}

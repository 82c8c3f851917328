using Janus.Campaigns.Storage.Backups;
using Microsoft.Extensions.DependencyInjection;

namespace Janus.DevTools.Backups;

/// <summary><c>restore</c>: puts a backup in the place of the data of a Janus that is stopped.</summary>
internal static class RestoreCommand
{
    /// <summary>Runs the command.</summary>
    /// <returns>0 when the backup is restored, 1 when it was refused and nothing was changed.</returns>
    /// <exception cref="UsageException">The arguments make no sense.</exception>
    public static Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        if (args is not [var from, .. var rest] || from.StartsWith("--", StringComparison.Ordinal))
            throw new UsageException("restore FROM [--data DIR]: FROM is the folder of a backup.");

        var arguments = new Arguments(rest, ["--data"]);
        return StoredData.UseAsync(arguments.Text("--data"), errors, async services =>
        {
            var restored = await services.GetRequiredService<BackupRestore>().RestoreAsync(from, cancellationToken);
            await output.WriteLineAsync($"Restored what was backed up at {restored.Manifest.MadeAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC ({Contents.Of(restored.Manifest)}).");
            if (restored.KeptAt is { } kept)
                await output.WriteLineAsync(restored.IsKeptAsBackup ? $"What was there before is the backup {kept}: restore it to go back." : $"The damaged database is kept in {kept}.");
        });
    }
}

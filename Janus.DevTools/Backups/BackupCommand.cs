using Janus.Campaigns.Storage.Backups;
using Microsoft.Extensions.DependencyInjection;

namespace Janus.DevTools.Backups;

/// <summary><c>backup</c>: copies the database and its pictures while Janus runs.</summary>
internal static class BackupCommand
{
    /// <summary>Runs the command.</summary>
    /// <returns>0 when the backup is made and proved whole, 1 when it was refused.</returns>
    /// <exception cref="UsageException">The arguments make no sense.</exception>
    public static Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        var arguments = new Arguments(args, ["--data", "--to", "--keep"], ["--accept-missing"]);
        var wish = new BackupWish(
            arguments.Text("--to"), arguments.Has("--keep") ? arguments.Number("--keep", 1, 1, 10_000) : null, arguments.Has("--accept-missing"));
        return StoredData.UseAsync(arguments.Text("--data"), errors, async services =>
        {
            var (path, manifest) = await services.GetRequiredService<BackupWriter>().MakeAsync(wish, cancellationToken);
            await output.WriteLineAsync($"Backed up to {path} ({Contents.Of(manifest)}).");
            if (manifest.MissingPictures.Count > 0)
                await output.WriteLineAsync($"{manifest.MissingPictures.Count} pictures were already gone from the media folder; {BackupManifest.FileName} names them.");
        });
    }
}

/// <summary>What a backup holds, in words.</summary>
internal static class Contents
{
    public static string Of(BackupManifest manifest) =>
        $"campaigns: {manifest.Counts.Campaigns}, posts: {manifest.Counts.Posts}, variants: {manifest.Counts.Variants}, pictures: {manifest.Counts.Pictures}";
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Janus.Campaigns.Storage.Backups;

/// <summary>A folder that holds one backup: the database, the pictures that it names, and the manifest.</summary>
internal sealed partial class BackupFolder(string path)
{
    /// <summary>How the name of a folder begins that is being written, or was when its process was killed.</summary>
    public const string Unfinished = ".unfinished-";

    private const int StampLength = 15;

    public string Path => path;

    public string Database => System.IO.Path.Combine(path, "janus.db");

    public string Media => System.IO.Path.Combine(path, "media");

    /// <summary>The finished backups of a folder, the oldest first.</summary>
    public static IReadOnlyList<string> In(string folder) =>
    [
        .. Directory.EnumerateDirectories(folder)
            .Where(found => NumberOf(found) > 0 && File.Exists(System.IO.Path.Combine(found, BackupManifest.FileName)))
            .OrderBy(found => System.IO.Path.GetFileName(found)[..StampLength], StringComparer.Ordinal).ThenBy(NumberOf),
    ];

    /// <summary>The number of a backup among those of its second, from its name: 1 for the first; 0 for what is named otherwise.</summary>
    public static int NumberOf(string folder) => Name().Match(System.IO.Path.GetFileName(folder)) switch
    {
        { Success: false } => 0,
        var match => match.Groups["number"] is { Success: true } number ? int.Parse(number.ValueSpan, CultureInfo.InvariantCulture) : 1,
    };

    /// <summary>Deletes a backup. Its manifest goes first, so that what is left by a kill in the middle is no backup.</summary>
    public static void Delete(string folder)
    {
        File.Delete(System.IO.Path.Combine(folder, BackupManifest.FileName));
        Directory.Delete(folder, recursive: true);
    }

    public static async Task<string> HashAsync(string file, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
    }

    /// <summary>Proves that everything is there that the manifest and the database speak of.</summary>
    /// <exception cref="BackupRefusedException">Something is not.</exception>
    public async Task<(BackupManifest Manifest, DatabaseSnapshot Snapshot)> VerifyAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(path))
            throw new BackupRefusedException($"There is no backup {path}.");
        var manifest = await BackupManifest.ReadAsync(path, cancellationToken);
        if (!File.Exists(Database))
            throw new BackupRefusedException($"The backup {path} is broken: its database is missing.");
        if (await HashAsync(Database, cancellationToken) != manifest.DatabaseSha256)
            throw new BackupRefusedException($"The backup {path} is broken: its database is not the one that was backed up (another SHA-256).");

        var snapshot = await DatabaseSnapshot.ReadAsync(Database, cancellationToken);
        var kept = snapshot.Pictures.Except(manifest.MissingPictures).Select(name => new FileInfo(System.IO.Path.Combine(Media, name))).ToList();
        if (kept.Find(picture => !picture.Exists) is { } lost)
            throw new BackupRefusedException($"The backup {path} is broken: the picture {lost.Name} is missing.");
        var counts = new BackupCounts(snapshot.Campaigns, snapshot.Posts, snapshot.Variants, snapshot.Events, kept.Count, kept.Sum(picture => picture.Length));
        return counts == manifest.Counts
            ? (manifest, snapshot)
            : throw new BackupRefusedException($"The backup {path} is broken: it holds {counts}, but was made with {manifest.Counts}.");
    }

    [GeneratedRegex(@"^\d{8}-\d{6}(-(?<number>\d{1,6}))?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();
}

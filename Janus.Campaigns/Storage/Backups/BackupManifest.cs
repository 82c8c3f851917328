using System.Text.Json;

namespace Janus.Campaigns.Storage.Backups;

/// <summary>A backup cannot be made or restored. The message is one line for the person who asked.</summary>
public sealed class BackupRefusedException(string line, Exception? innerException = null) : Exception(line, innerException)
{
    /// <summary>PostgreSQL has a tool of its own, which knows more than Janus does of the server.</summary>
    internal static void ThrowIfPostgres(StorageOptions options)
    {
        if (options.IsPostgres)
            throw new BackupRefusedException("PostgreSQL is backed up by its own tools: use pg_dump and pg_restore, as docs/postgresql.md says.");
    }
}

/// <summary>What a backup holds. Written last, so a folder without one is no backup.</summary>
public sealed record BackupManifest
{
    /// <summary>The file's name in the backup's folder.</summary>
    public const string FileName = "backup.json";

    /// <summary>The only format so far.</summary>
    public const int CurrentFormat = 1;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>The format of the folder.</summary>
    public required int Format { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The last migration of its database.</summary>
    public required string Migration { get; init; }

    /// <summary>The SHA-256 of the database's file, in hexadecimal.</summary>
    public required string DatabaseSha256 { get; init; }

    /// <summary>What is in it.</summary>
    public required BackupCounts Counts { get; init; }

    /// <summary>Pictures that the database names and that were gone from the media folder before the backup was made.</summary>
    public required IReadOnlyList<string> MissingPictures { get; init; }

    internal static async Task<BackupManifest> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, FileName);
        try
        {
            await using var stream = File.OpenRead(file);
            var manifest = await JsonSerializer.DeserializeAsync<BackupManifest>(stream, Json, cancellationToken);
            return manifest is { Format: CurrentFormat }
                ? manifest
                : throw new BackupRefusedException($"The backup {folder} has the format {manifest?.Format}, which this program does not know: use the program that made it.");
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BackupRefusedException($"{folder} is no backup: it has no {FileName}.", missing);
        }
        catch (Exception unreadable) when (unreadable is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new BackupRefusedException($"The backup {folder} is broken: its {FileName} cannot be read.", unreadable);
        }
    }

    internal async Task WriteAsync(string folder, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(Path.Combine(folder, FileName), FileMode.CreateNew);
        await JsonSerializer.SerializeAsync(stream, this, Json, cancellationToken);
        stream.Flush(flushToDisk: true);
    }
}

/// <summary>How much a backup holds.</summary>
/// <param name="Campaigns">Campaigns.</param>
/// <param name="Posts">Posts.</param>
/// <param name="Variants">Variants of posts.</param>
/// <param name="Events">Events of all campaigns.</param>
/// <param name="Pictures">Picture files.</param>
/// <param name="PictureBytes">Their size in bytes.</param>
public sealed record BackupCounts(long Campaigns, long Posts, long Variants, long Events, long Pictures, long PictureBytes);

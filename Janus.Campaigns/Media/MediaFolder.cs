using System.Security.Cryptography;
using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Janus.Campaigns.Media;

/// <summary>The pictures on disk. A file is complete and safe before any row names it.</summary>
public sealed partial class MediaFolder(StorageOptions options, CampaignDatabase database, TimeProvider time, ILogger<MediaFolder> log) : IMediaStore
{
    private string Path => options.MediaDirectory;

    /// <inheritdoc />
    public async Task EnsureWritableAsync(CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(Path);
            var probe = System.IO.Path.Combine(Path, RandomNumberGenerator.GetHexString(32, lowercase: true) + ".svg.tmp");
            await using var file = new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            file.WriteByte(0);
            await file.FlushAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unavailable(exception);
        }
    }

    /// <summary>Writes the picture under a temporary name, makes it safe on disk, and gives it its own name.</summary>
    /// <inheritdoc />
    public async Task<string> KeepAsync(ReadOnlyMemory<byte> bytes, string mediaType, CancellationToken cancellationToken)
    {
        var name = PictureName.New(mediaType);
        var final = System.IO.Path.Combine(Path, name);
        var temporary = final + ".tmp";
        try
        {
            Directory.CreateDirectory(Path);
            await using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                await file.WriteAsync(bytes, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, final);
            DirectorySync.Flush(Path);
            return name;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            TryDelete(temporary);
            throw Unavailable(exception);
        }
    }

    /// <inheritdoc />
    public Task<bool> HoldsAsync(CampaignsContext context, string name, CancellationToken cancellationToken) => Task.FromResult(Holds(name));

    /// <inheritdoc />
    public Task<KeptMedia?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var file = new FileInfo(System.IO.Path.Combine(Path, name));
        return Task.FromResult(file.Exists ? new KeptMedia(file.FullName, default, new DateTimeOffset(file.LastWriteTimeUtc)) : null);
    }

    /// <inheritdoc />
    public Task<bool> KeepAliveAsync(string name, CancellationToken cancellationToken)
    {
        if (!Holds(name))
            return Task.FromResult(false);
        try
        {
            File.SetLastWriteTimeUtc(System.IO.Path.Combine(Path, name), time.GetUtcNow().UtcDateTime);
            return Task.FromResult(true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unavailable(exception);
        }
    }

    /// <inheritdoc />
    public Task DeleteAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(names);
        foreach (var name in names)
            TryDelete(System.IO.Path.Combine(Path, name));
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task<int> SweepAsync(DateTimeOffset untouchedSince, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(Path))
            return 0;

        var swept = 0;
        foreach (var files in new DirectoryInfo(Path).EnumerateFiles().Where(file => file.LastWriteTimeUtc < untouchedSince.UtcDateTime).Chunk(200))
        {
            var names = files.Select(file => file.Name).ToList();
            var kept = await database.ReadAsync(
                "find_media",
                (context, token) => context.Variants.Where(v => v.Asset != null && names.Contains(v.Asset)).Select(v => v.Asset!).ToHashSetAsync(token),
                cancellationToken);
            foreach (var file in files.Where(file => !kept.Contains(file.Name) && IsOurs(file.Name)))
            {
                file.Delete();
                swept++;
            }
        }

        if (swept > 0)
            Swept(swept);
        return swept;
    }

    // The system's message names the file's whole path, which is nobody's business but the log's.
    private static MediaUnavailableException Unavailable(Exception exception) => new(
        FullDisk.Says(exception)
            ? "The disk that holds the pictures is full. Free some space, then retry."
            : "The media folder cannot be written. Make it writable, then retry.",
        exception);

    private bool Holds(string name) => File.Exists(System.IO.Path.Combine(Path, name));

    private static bool IsOurs(string name) => PictureName.IsOne(name.EndsWith(".tmp", StringComparison.Ordinal) ? name[..^4] : name);

    private void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The sweep finds it later; the caller hears of the first failure.
            LeftBehind(exception, System.IO.Path.GetFileName(path));
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Swept {Count} orphaned files from the media folder")]
    private partial void Swept(int count);

    [LoggerMessage(2, LogLevel.Warning, "A file was left behind, and is left to the sweep: {Name}")]
    private partial void LeftBehind(Exception exception, string name);
}

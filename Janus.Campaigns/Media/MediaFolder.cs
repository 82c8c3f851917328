using System.Buffers;
using System.Security.Cryptography;
using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Janus.Campaigns.Media;

/// <summary>A picture cannot be kept: the disk is full, or the folder cannot be written. The reason is safe to show.</summary>
public sealed class MediaUnavailableException(string message, Exception innerException) : IOException(message, innerException);

/// <summary>A picture vanished from the media folder before any row named it.</summary>
public sealed class MediaLostException(string name) : Exception($"The picture {name} is gone.");

/// <summary>The pictures on disk. A file is complete and safe before any row names it.</summary>
public sealed partial class MediaFolder(StorageOptions options, CampaignDatabase database, TimeProvider time, ILogger<MediaFolder> log)
{
    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    private static readonly Dictionary<string, string> Endings = new(StringComparer.Ordinal)
    {
        ["image/png"] = ".png",
        ["image/jpeg"] = ".jpg",
        ["image/webp"] = ".webp",
        ["image/svg+xml"] = ".svg",
    };

    /// <summary>The folder.</summary>
    public string Path => options.MediaDirectory;

    /// <summary>Whether a name has the form that this folder gives; nothing else is ever opened.</summary>
    public static bool IsName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var ending = System.IO.Path.GetExtension(name);
        var stem = System.IO.Path.GetFileNameWithoutExtension(name);
        return Endings.ContainsValue(ending) && stem.Length == 32 && !stem.AsSpan().ContainsAnyExcept(Hexadecimal) && name.Length == 32 + ending.Length;
    }

    /// <summary>The media type of a name that <see cref="IsName"/> accepts.</summary>
    public static string TypeOf(string name) => Endings.First(entry => entry.Value == System.IO.Path.GetExtension(name)).Key;

    /// <summary>Proves that a picture could be kept, before anybody pays for one.</summary>
    /// <exception cref="MediaUnavailableException">It could not.</exception>
    public void EnsureWritable()
    {
        try
        {
            Directory.CreateDirectory(Path);
            var probe = System.IO.Path.Combine(Path, RandomNumberGenerator.GetHexString(32, lowercase: true) + ".svg.tmp");
            using var file = new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            file.WriteByte(0);
            file.Flush();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unavailable(exception);
        }
    }

    /// <summary>Writes a picture under a temporary name, makes it safe on disk, and gives it its own name.</summary>
    /// <returns>The file's name.</returns>
    /// <exception cref="MediaUnavailableException">It could not be written.</exception>
    public async Task<string> KeepAsync(ReadOnlyMemory<byte> bytes, string mediaType, CancellationToken cancellationToken)
    {
        if (!Endings.TryGetValue(mediaType, out var ending))
            throw new ArgumentOutOfRangeException(nameof(mediaType), mediaType, "Not a picture type that is kept.");

        var name = RandomNumberGenerator.GetHexString(32, lowercase: true) + ending;
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

    /// <summary>Whether a picture is there.</summary>
    public bool Holds(string name) => File.Exists(System.IO.Path.Combine(Path, name));

    /// <summary>Says that a kept picture is still on its way to its row, so that no sweep takes it for an orphan.</summary>
    /// <returns>False when the file is gone: the picture must be made again.</returns>
    public bool KeepAlive(string name)
    {
        if (!Holds(name))
            return false;
        try
        {
            File.SetLastWriteTimeUtc(System.IO.Path.Combine(Path, name), time.GetUtcNow().UtcDateTime);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unavailable(exception);
        }
    }

    /// <summary>Deletes files that no variant names and that are older than anything that could still be on its way to a row.</summary>
    /// <returns>How many were deleted.</returns>
    public async Task<int> SweepAsync(TimeSpan longestLease, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(Path))
            return 0;

        var oldest = (time.GetUtcNow() - longestLease).UtcDateTime;
        var swept = 0;
        foreach (var files in new DirectoryInfo(Path).EnumerateFiles().Where(file => file.LastWriteTimeUtc < oldest).Chunk(200))
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

    private static bool IsOurs(string name) => IsName(name.EndsWith(".tmp", StringComparison.Ordinal) ? name[..^4] : name);

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

    [LoggerMessage(2, LogLevel.Warning, "A temporary file was left behind: {Name}")]
    private partial void LeftBehind(Exception exception, string name);
}

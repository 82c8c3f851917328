using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Janus.Campaigns.Media;

/// <summary>The pictures as rows of PostgreSQL: whoever reaches the database reaches them, and a backup of it has them.</summary>
public sealed partial class MediaTable(CampaignDatabase database, DatabaseEngine engine, TimeProvider time, ILogger<MediaTable> log) : IMediaStore
{
    /// <summary>Nothing to prove: where no picture can be kept, no step could have been claimed.</summary>
    /// <inheritdoc />
    public Task EnsureWritableAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public async Task<string> KeepAsync(ReadOnlyMemory<byte> bytes, string mediaType, CancellationToken cancellationToken)
    {
        var picture = new StoredPicture { Name = PictureName.New(mediaType), Bytes = bytes.ToArray(), TouchedAt = time.GetUtcNow() };
        await WriteAsync(
            "keep_picture",
            (context, _) =>
            {
                context.Set<StoredPicture>().Add(picture);
                return Task.FromResult(true);
            },
            cancellationToken);
        return picture.Name;
    }

    /// <inheritdoc />
    public Task<bool> KeepAliveAsync(string name, CancellationToken cancellationToken) => WriteAsync(
        "touch_picture",
        async (context, token) => await context.Set<StoredPicture>().Where(picture => picture.Name == name)
            .ExecuteUpdateAsync(set => set.SetProperty(picture => picture.TouchedAt, time.GetUtcNow()), token) == 1,
        cancellationToken);

    /// <inheritdoc />
    public Task<bool> HoldsAsync(CampaignsContext context, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Set<StoredPicture>().AnyAsync(picture => picture.Name == name, cancellationToken);
    }

    /// <inheritdoc />
    public Task<KeptMedia?> FindAsync(string name, CancellationToken cancellationToken) => database.ReadAsync(
        "read_picture",
        (context, token) => context.Set<StoredPicture>().Where(picture => picture.Name == name)
            .Select(picture => new KeptMedia(null, picture.Bytes, picture.TouchedAt)).SingleOrDefaultAsync(token),
        cancellationToken);

    /// <inheritdoc />
    public Task DeleteAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken) => WriteAsync(
        "delete_pictures",
        (context, token) => context.Set<StoredPicture>().Where(picture => names.Contains(picture.Name) && !context.Variants.Any(variant => variant.Asset == picture.Name))
            .ExecuteDeleteAsync(token),
        cancellationToken);

    /// <inheritdoc />
    public async Task<int> SweepAsync(DateTimeOffset untouchedSince, CancellationToken cancellationToken)
    {
        var swept = await WriteAsync(
            "sweep_pictures",
            (context, token) => context.Set<StoredPicture>()
                .Where(picture => picture.TouchedAt < untouchedSince && !context.Variants.Any(variant => variant.Asset == picture.Name)).ExecuteDeleteAsync(token),
            cancellationToken);
        if (swept > 0)
            Swept(swept);
        return swept;
    }

    private async Task<T> WriteAsync<T>(string operation, Func<CampaignsContext, CancellationToken, Task<T>> block, CancellationToken cancellationToken)
    {
        try
        {
            return await database.WriteAsync(operation, async (context, token) => (await block(context, token), true), cancellationToken);
        }
        catch (Exception exception) when (engine.IsOutOfRoom(exception))
        {
            throw new MediaUnavailableException("The disk that holds the database is full. Free some space, then retry.", exception);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Swept {Count} orphaned pictures from the database")]
    private partial void Swept(int count);
}

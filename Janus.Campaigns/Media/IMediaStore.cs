using Janus.Campaigns.Storage;

namespace Janus.Campaigns.Media;

/// <summary>A picture cannot be kept: the disk is full, or the store cannot be written. The reason is safe to show.</summary>
public sealed class MediaUnavailableException(string message, Exception innerException) : IOException(message, innerException);

/// <summary>A kept picture vanished before any row named it.</summary>
public sealed class MediaLostException(string name) : Exception($"The picture {name} is gone.");

/// <summary>A kept picture, ready to be sent.</summary>
/// <param name="File">The full path of its file; null when it is none.</param>
/// <param name="Bytes">Its bytes, where it is no file.</param>
/// <param name="At">When it was kept, UTC.</param>
public sealed record KeptMedia(string? File, ReadOnlyMemory<byte> Bytes, DateTimeOffset At);

/// <summary>Where pictures are kept. One is complete and safe before any row names it, and never changes.</summary>
public interface IMediaStore
{
    /// <summary>Proves that a picture could be kept, before anybody pays for one.</summary>
    /// <exception cref="MediaUnavailableException">It could not.</exception>
    Task EnsureWritableAsync(CancellationToken cancellationToken);

    /// <summary>Keeps a picture under a new name, safe from a power cut when this returns.</summary>
    /// <returns>Its name.</returns>
    /// <exception cref="MediaUnavailableException">It could not be written.</exception>
    Task<string> KeepAsync(ReadOnlyMemory<byte> bytes, string mediaType, CancellationToken cancellationToken);

    /// <summary>Says that a kept picture is still on its way to its row, so that no sweep takes it for an orphan.</summary>
    /// <returns>False when it is gone: the picture must be made again.</returns>
    /// <exception cref="MediaUnavailableException">It could not be said.</exception>
    Task<bool> KeepAliveAsync(string name, CancellationToken cancellationToken);

    /// <summary>Whether a picture is there, asked inside the transaction that is about to name it.</summary>
    Task<bool> HoldsAsync(CampaignsContext context, string name, CancellationToken cancellationToken);

    /// <summary>A picture; null when there is none of that name.</summary>
    Task<KeptMedia?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>Deletes pictures that no row names any more. What cannot be deleted now is left to the sweep.</summary>
    Task DeleteAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken);

    /// <summary>Deletes what no variant names and what is older than anything that could still be on its way to a row.</summary>
    /// <param name="untouchedSince">What was kept or touched at this instant or later, UTC, may be on its way.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <returns>How many were deleted.</returns>
    Task<int> SweepAsync(DateTimeOffset untouchedSince, CancellationToken cancellationToken);
}

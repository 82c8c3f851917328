namespace Janus.Campaigns.Storage.Moving;

/// <summary>A move cannot be made. The message is one line for the person who asked; the target holds nothing of it.</summary>
public sealed class MoveRefusedException(string line, Exception? innerException = null) : Exception(line, innerException);

/// <summary>What to move where.</summary>
/// <param name="To">The connection string of an empty PostgreSQL database.</param>
/// <param name="NamedBy">Where the person wrote it, for lines that refuse it.</param>
/// <param name="KeepsFolder">Whether the pictures stay files where they are; else they become rows.</param>
/// <param name="WithoutMissing">Whether pictures whose files are gone are left out instead of refused.</param>
public sealed record MoveWish(string To, string NamedBy, bool KeepsFolder = false, bool WithoutMissing = false);

/// <summary>What happens while a move is made, for whoever watches.</summary>
public interface IMoveWatcher
{
    /// <summary>Everything was looked at, and the copying begins.</summary>
    /// <param name="from">The source.</param>
    /// <param name="to">The target, without its password.</param>
    void Begun(string from, string to);

    /// <summary>A table is copied.</summary>
    /// <param name="table">Its name.</param>
    /// <param name="rows">How many rows it has.</param>
    /// <param name="took">How long it took.</param>
    void Copied(string table, long rows, TimeSpan took);

    /// <summary>A table was read back from both databases.</summary>
    void Compared(ComparedTable table);
}

/// <summary>A table as it was read back from both databases.</summary>
/// <param name="Name">Its name.</param>
/// <param name="SourceRows">Rows of the source.</param>
/// <param name="TargetRows">Rows of the target.</param>
/// <param name="SourceSha256">The SHA-256 of the source's rows in the order of their keys, in hexadecimal.</param>
/// <param name="TargetSha256">That of the target's.</param>
/// <param name="FirstDifference">The key of the first row that differs; null when none does.</param>
public sealed record ComparedTable(string Name, long SourceRows, long TargetRows, string SourceSha256, string TargetSha256, string? FirstDifference)
{
    /// <summary>Whether both hold the same.</summary>
    public bool IsEqual => SourceRows == TargetRows && SourceSha256 == TargetSha256;
}

/// <summary>A finished move.</summary>
/// <param name="Tables">Every table that was moved.</param>
/// <param name="MissingPictures">Pictures that the data name and that were gone from the media folder before.</param>
/// <param name="Orphans">Files of the media folder that no variant names. They were not moved.</param>
/// <param name="MendedTexts">How many texts held U+0000, which PostgreSQL cannot store, by column such as <c>variants.text</c>; U+FFFD stands in its place.</param>
public sealed record MoveReport(
    IReadOnlyList<ComparedTable> Tables, IReadOnlyList<string> MissingPictures, int Orphans, IReadOnlyDictionary<string, long> MendedTexts);

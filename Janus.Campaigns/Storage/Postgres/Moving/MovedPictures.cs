using System.Runtime.CompilerServices;
using Janus.Campaigns.Media;

namespace Janus.Campaigns.Storage.Moving;

/// <summary>The pictures of the media folder that variants name, as rows.</summary>
/// <param name="folder">The media folder.</param>
/// <param name="names">The names, in order.</param>
internal sealed class MovedPictures(string folder, IReadOnlyList<string> names)
{
    /// <summary>The one table whose rows are files on SQLite.</summary>
    public const string Table = "pictures";

    private const int MostNamed = 5;

    private List<string>? _missing;

    /// <summary>Those whose files are gone.</summary>
    public IReadOnlyList<string> Missing => _missing ??= [.. names.Where(name => !File.Exists(PathOf(name)))];

    /// <summary>How many files of the folder nobody names.</summary>
    public int CountOrphans()
    {
        var named = names.ToHashSet(StringComparer.Ordinal);
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Count(file => !named.Contains(Path.GetFileName(file))) : 0;
    }

    /// <summary>Refuses names that no Janus gives and, unless they may be left out, pictures that are gone.</summary>
    /// <exception cref="MoveRefusedException">There are some.</exception>
    public void Check(bool withoutMissing)
    {
        if (names.FirstOrDefault(name => !PictureName.IsOne(name)) is { } strange)
            throw new MoveRefusedException($"The database names a picture {strange}, which no Janus would.");
        if (Missing.Count == 0 || withoutMissing)
            return;
        var more = Missing.Count > MostNamed ? $" and {Missing.Count - MostNamed} more" : "";
        throw new MoveRefusedException(
            $"{Missing.Count} of {names.Count} pictures are not in {folder} ({string.Join(", ", Missing.Take(MostNamed))}{more}): bring them back, or move without them (--without-missing-pictures).");
    }

    /// <summary>The rows, in the order of their names. The row is the same array each time, and one picture is in memory at a time.</summary>
    public async IAsyncEnumerable<object?[]> RowsAsync(MovedTable table, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var row = new object?[table.Columns.Count];
        foreach (var name in names.Except(Missing))
        {
            var picture = new StoredPicture
            {
                Name = name,
                Bytes = await File.ReadAllBytesAsync(PathOf(name), cancellationToken),
                TouchedAt = new DateTimeOffset(File.GetLastWriteTimeUtc(PathOf(name))),
            };
            for (var index = 0; index < row.Length; index++)
                row[index] = table.Columns[index].ValueOf(picture);
            yield return row;
        }
    }

    private string PathOf(string name) => Path.Combine(folder, name);
}

using System.Globalization;
using Janus.Campaigns.Storage.Moving;

namespace Janus.DevTools.Moving;

/// <summary>Tells people how far a move is: a line for each table that is copied, then the table of what was read back.</summary>
internal sealed class MoveProgress(TextWriter output) : IMoveWatcher
{
    private const int NameWidth = 22;
    private const int HashShown = 16;

    private bool _isHeaderWritten;

    public void Begun(string from, string to) => output.WriteLine($"Moving {from} into the {to}.");

    public void Copied(string table, long rows, TimeSpan took) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"copied {table,-NameWidth}{rows,12:N0} rows{took.TotalSeconds,9:0.0} s"));

    public void Compared(ComparedTable table)
    {
        if (!_isHeaderWritten)
        {
            output.WriteLine();
            output.WriteLine($"{"table",-NameWidth}{"rows",12}  hash equal");
            _isHeaderWritten = true;
        }

        output.WriteLine(table.IsEqual
            ? string.Create(CultureInfo.InvariantCulture, $"{table.Name,-NameWidth}{table.TargetRows,12:N0}  yes  {table.TargetSha256[..HashShown]}")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{table.Name,-NameWidth}{table.TargetRows,12:N0}  NO   {table.TargetSha256[..HashShown]}, the source has {table.SourceRows:N0} rows, {table.SourceSha256[..HashShown]}"));
    }
}

using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Janus.ServiceDefaults;

/// <summary>Tables that a spreadsheet opens: RFC 4180, in UTF-8, where no text is taken for a formula.</summary>
public static class SpreadsheetCsv
{
    /// <summary>The content type of such a table.</summary>
    public const string ContentType = "text/csv; charset=utf-8";

    // Every cell in quotes. One that a spreadsheet would take for a formula begins with an apostrophe.
    private static readonly CsvConfiguration Writing = new(CultureInfo.InvariantCulture)
    {
        NewLine = "\r\n",
        ShouldQuote = static _ => true,
        InjectionOptions = InjectionOptions.Escape,
    };

    // Whoever works with a decimal comma has semicolons between cells.
    private static readonly CsvConfiguration Reading = new(CultureInfo.InvariantCulture)
    {
        DetectDelimiter = true,
        DetectDelimiterValues = [",", ";", "\t"],
        // Rows are counted as a spreadsheet counts them.
        IgnoreBlankLines = false,
        TrimOptions = TrimOptions.Trim,
        PrepareHeaderForMatch = static header => header.Header.ToLowerInvariant(),
        MissingFieldFound = null,
        BadDataFound = null,
    };

    /// <summary>Begins a table. It is complete when the writer is disposed, which leaves the stream open.</summary>
    public static CsvWriter Write(Stream stream) =>
        // Spreadsheets take a file for UTF-8 only when it says so.
        new(new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true), Writing);

    /// <summary>Writes one row.</summary>
    public static Task RowAsync(this CsvWriter table, params IReadOnlyList<string> cells)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(cells);
        foreach (var cell in cells)
            table.WriteField(cell);
        return table.NextRecordAsync();
    }

    /// <summary>Reads a table whose first row names its columns, in any case; cells are set apart by commas, semicolons or tabs.</summary>
    public static CsvReader Read(TextReader text) => new(text, Reading);
}

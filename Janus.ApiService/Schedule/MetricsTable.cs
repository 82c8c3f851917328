using System.Globalization;
using CsvHelper;
using Janus.Campaigns.Scheduling;
using Janus.Contracts;
using Janus.ServiceDefaults;

namespace Janus.ApiService.Schedule;

/// <summary>A table of numbers as people and integrations send it, checked row by row before anything of it is used.</summary>
internal sealed class MetricsTable
{
    /// <summary>The column that names the post.</summary>
    public const string Key = "post_pk";

    /// <summary>The most rows that are taken.</summary>
    public const int MostRows = 5_000;

    private const int LongestValueShown = 60;

    /// <summary>The columns of numbers. Each may be absent, and any cell of them empty: nothing was reported then.</summary>
    public static readonly string[] Numbers = ["likes", "impressions", "retweets", "comments"];

    private readonly Dictionary<int, ReportedNumbers> _posts = [];
    private readonly Dictionary<int, int> _rows = [];
    private readonly List<RefusedRowDto> _refused = [];

    private MetricsTable()
    {
    }

    /// <summary>The numbers by post.</summary>
    public IReadOnlyDictionary<int, ReportedNumbers> Posts => _posts;

    /// <summary>What cannot be taken, in the order of the rows.</summary>
    public IReadOnlyList<RefusedRowDto> Refused => [.. _refused.OrderBy(row => row.Row)];

    /// <summary>Reads a table.</summary>
    public static async Task<MetricsTable> ReadAsync(string text)
    {
        var table = new MetricsTable();
        using var reader = SpreadsheetCsv.Read(new StringReader(text.TrimStart('\uFEFF')));
        if (!await reader.ReadAsync() || !reader.ReadHeader())
            table.Refuse(1, null, null, "The table is empty. Its first row names the columns.");
        else if (table.CheckColumns(reader))
            await table.ReadRowsAsync(reader);
        return table;
    }

    /// <summary>Refuses the row of a post, for a reason that only the campaign knows.</summary>
    public void Refuse(int post, string reason) => Refuse(_rows[post], Key, post.ToString(CultureInfo.InvariantCulture), reason);

    private bool CheckColumns(CsvReader reader)
    {
        var columns = (reader.HeaderRecord ?? []).Select(column => column.ToLowerInvariant()).ToList();
        if (!columns.Contains(Key, StringComparer.Ordinal))
            Refuse(1, Key, null, $"There is no column {Key}. It names the post by its key; a title is not enough.");
        if (!columns.Exists(column => Numbers.Contains(column, StringComparer.Ordinal)))
            Refuse(1, null, null, $"There is no column of numbers: {string.Join(", ", Numbers)}.");
        foreach (var twice in columns.Where(column => column == Key || Numbers.Contains(column, StringComparer.Ordinal)).GroupBy(column => column).Where(same => same.Count() > 1))
            Refuse(1, twice.Key, null, $"There are several columns {twice.Key}.");
        return _refused.Count == 0;
    }

    private async Task ReadRowsAsync(CsvReader reader)
    {
        var (row, filled) = (1, 0);
        while (await reader.ReadAsync())
        {
            row++;
            if (reader.Parser.Record?.All(string.IsNullOrWhiteSpace) != false)
                continue;
            filled++;
            if (row > MostRows + 1)
            {
                Refuse(row, null, null, string.Create(CultureInfo.InvariantCulture, $"A table may have at most {MostRows:N0} rows."));
                return;
            }

            ReadRow(reader, row);
        }

        if (filled == 0)
            Refuse(1, null, null, "The table has no rows.");
    }

    private void ReadRow(CsvReader reader, int row)
    {
        var key = reader.GetField(Key)?.Trim() ?? "";
        if (!key.All(char.IsAsciiDigit) || !int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var post) || post == 0)
        {
            Refuse(row, Key, key, key.Length == 0 ? "The post's key is missing." : "The post's key must be a whole number above 0.");
            post = 0;
        }

        var numbers = Numbers.Select(column => Number(reader, row, column)).ToList();
        if (post == 0)
            return;
        if (_rows.TryGetValue(post, out var first))
            Refuse(row, Key, key, $"This post stands in row {first.ToString(CultureInfo.InvariantCulture)} already.");
        else
            (_rows[post], _posts[post]) = (row, new ReportedNumbers(numbers[0], numbers[1], numbers[2], numbers[3]));
    }

    private long? Number(CsvReader reader, int row, string column)
    {
        if (!reader.TryGetField<string>(column, out var cell) || string.IsNullOrWhiteSpace(cell))
            return null;
        if (long.TryParse(cell.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= 0)
            return number;
        Refuse(row, column, cell, number < 0 ? "A number must be 0 or more." : "This is not a whole number.");
        return null;
    }

    private void Refuse(int row, string? column, string? value, string reason) =>
        _refused.Add(new RefusedRowDto(row, column, value is { Length: > LongestValueShown } ? value[..LongestValueShown] + "…" : value, reason));
}

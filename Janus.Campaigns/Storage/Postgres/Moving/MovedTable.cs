using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Janus.Campaigns.Storage.Moving;

/// <summary>A table of the model, as a move copies and compares it.</summary>
/// <param name="Name">The table's name.</param>
/// <param name="Columns">All of its columns.</param>
/// <param name="Key">The columns of its primary key, in the key's order.</param>
internal sealed record MovedTable(string Name, IReadOnlyList<MovedColumn> Columns, IReadOnlyList<MovedColumn> Key)
{
    /// <summary>The columns as a list in SQL.</summary>
    public string ColumnList { get; } = string.Join(", ", Columns.Select(column => $"\"{column.Name}\""));

    /// <summary>
    /// The tables of a model, each behind those that its foreign keys name: a table of tomorrow is among them without a word here. What became of the
    /// commits of a database is nothing to take to another.
    /// </summary>
    /// <exception cref="InvalidOperationException">Tables name each other in a circle, or a table has no key.</exception>
    public static IReadOnlyList<MovedTable> Of(IModel model)
    {
        List<ITable> left = [.. model.GetRelationalModel().Tables.Where(table => table.Name != CommitMarks.Table).OrderBy(table => table.Name, StringComparer.Ordinal)];
        List<MovedTable> ordered = [];
        while (left.Count > 0)
        {
            var next = left.Find(table => !table.ForeignKeyConstraints.Any(key => key.PrincipalTable != table && left.Contains(key.PrincipalTable)))
                ?? throw new InvalidOperationException($"The tables {string.Join(", ", left.Select(table => table.Name))} name each other in a circle.");
            left.Remove(next);
            ordered.Add(Of(next));
        }

        return ordered;
    }

    private static MovedTable Of(ITable table)
    {
        List<MovedColumn> columns = [.. table.Columns.OrderBy(column => column.Name, StringComparer.Ordinal).Select(column => new MovedColumn(column))];
        var key = table.PrimaryKey ?? throw new InvalidOperationException($"The table {table.Name} has no key.");
        return new MovedTable(table.Name, columns, [.. key.Columns.Select(column => columns.Find(moved => moved.Name == column.Name)!)]);
    }
}

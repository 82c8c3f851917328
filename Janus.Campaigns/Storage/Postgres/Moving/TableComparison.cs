namespace Janus.Campaigns.Storage.Moving;

/// <summary>Compares a table's rows as they are read back from both databases, row by row in the order of their keys.</summary>
internal static class TableComparison
{
    /// <summary>Reads both to their ends.</summary>
    public static async Task<ComparedTable> OfAsync(
        MovedTable table, IAsyncEnumerable<object?[]> source, IAsyncEnumerable<object?[]> target, CancellationToken cancellationToken)
    {
        using var ours = new RowsHash();
        using var theirs = new RowsHash();
        string? difference = null;
        await using var left = source.GetAsyncEnumerator(cancellationToken);
        await using var right = target.GetAsyncEnumerator(cancellationToken);
        var (hasLeft, hasRight) = (await left.MoveNextAsync(), await right.MoveNextAsync());
        while (hasLeft || hasRight)
        {
            if (hasLeft)
                ours.Add(left.Current);
            if (hasRight)
                theirs.Add(right.Current);
            if (!(hasLeft && hasRight && left.Current.AsSpan().SequenceEqual(right.Current, ValueEquality.Instance)))
                difference ??= KeyOf(table, hasLeft ? left.Current : right.Current);
            hasLeft = hasLeft && await left.MoveNextAsync();
            hasRight = hasRight && await right.MoveNextAsync();
        }

        return new ComparedTable(table.Name, ours.Rows, theirs.Rows, ours.Finish(), theirs.Finish(), difference);
    }

    private static string KeyOf(MovedTable table, object?[] row) => string.Join(
        ", ", table.Columns.Zip(row).Where(cell => table.Key.Contains(cell.First)).Select(cell => FormattableString.Invariant($"{cell.First.Name} {cell.Second}")));

    private sealed class ValueEquality : IEqualityComparer<object?>
    {
        public static readonly ValueEquality Instance = new();

        public new bool Equals(object? x, object? y) => x is byte[] ours && y is byte[] theirs ? ours.AsSpan().SequenceEqual(theirs) : object.Equals(x, y);

        public int GetHashCode(object? obj) => obj?.GetHashCode() ?? 0;
    }
}

namespace Janus.DevTools.Locks;

/// <summary>What <c>locks</c> was asked for.</summary>
/// <param name="Processes">Processes that write and read.</param>
/// <param name="Writers">Writers in each.</param>
/// <param name="Readers">Readers in each.</param>
/// <param name="Transactions">Transactions of each writer; null when they write for a time.</param>
/// <param name="Length">How long they write; null when they write a number of transactions.</param>
/// <param name="Hold">How long the write lock is held from outside, in all.</param>
/// <param name="Holds">In how many parts.</param>
/// <param name="File">The database; a new one in a temporary folder when null.</param>
/// <param name="HoldOnly">Only hold the write lock of the file, for so long.</param>
internal sealed record LocksOptions(
    int Processes, int Writers, int Readers, int? Transactions, TimeSpan? Length, TimeSpan Hold, int Holds, string? File, TimeSpan? HoldOnly)
{
    private const int FewTransactions = 50;

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="UsageException">They make no sense.</exception>
    public static LocksOptions Parse(string[] args)
    {
        var arguments = new Arguments(
            args, ["--processes", "--writers", "--readers", "--transactions", "--seconds", "--hold-seconds", "--holds", "--file", "--hold-only"]);
        var holdOnly = arguments.Has("--hold-only") ? arguments.Seconds("--hold-only", 0) : (TimeSpan?)null;
        if (holdOnly is not null && !arguments.Has("--file"))
            throw new UsageException("--hold-only needs --file.");
        var length = arguments.Has("--seconds") ? arguments.Seconds("--seconds", 0) : (TimeSpan?)null;
        if (length is not null && arguments.Has("--transactions"))
            throw new UsageException("--seconds and --transactions exclude each other.");
        return new LocksOptions(
            arguments.Number("--processes", 3, 1, 32), arguments.Number("--writers", 4, 1, 64), arguments.Number("--readers", 0, 0, 64),
            length is null ? arguments.Number("--transactions", FewTransactions, 1, 100_000) : null, length,
            arguments.Seconds("--hold-seconds", 3), arguments.Number("--holds", 4, 1, 100), arguments.Text("--file"), holdOnly);
    }
}

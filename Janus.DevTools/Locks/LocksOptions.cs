namespace Janus.DevTools.Locks;

/// <summary>What <c>locks</c> was asked for.</summary>
/// <param name="Processes">Writing processes.</param>
/// <param name="Writers">Writers in each.</param>
/// <param name="Transactions">Transactions of each writer.</param>
/// <param name="Hold">How long the write lock is held from outside, in all.</param>
/// <param name="File">The database; a new one in a temporary folder when null.</param>
/// <param name="HoldOnly">Only hold the write lock of the file, for so long.</param>
internal sealed record LocksOptions(int Processes, int Writers, int Transactions, TimeSpan Hold, string? File, TimeSpan? HoldOnly)
{
    /// <summary>Reads the arguments.</summary>
    /// <exception cref="UsageException">They make no sense.</exception>
    public static LocksOptions Parse(string[] args)
    {
        var arguments = new Arguments(args, ["--processes", "--writers", "--transactions", "--hold-seconds", "--file", "--hold-only"]);
        var holdOnly = arguments.Has("--hold-only") ? arguments.Seconds("--hold-only", 0) : (TimeSpan?)null;
        if (holdOnly is not null && !arguments.Has("--file"))
            throw new UsageException("--hold-only needs --file.");
        return new LocksOptions(
            arguments.Number("--processes", 3, 1, 32), arguments.Number("--writers", 4, 1, 64), arguments.Number("--transactions", 50, 1, 100_000),
            arguments.Seconds("--hold-seconds", 3), arguments.Text("--file"), holdOnly);
    }
}

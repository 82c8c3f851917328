using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Janus.Campaigns.Faults;

/// <summary>
/// Named places in the engine at which a test can make this process pause, fail or die. Armed by <c>Janus:Faults</c>, in Development only;
/// unarmed, a place costs one look into an empty table.
/// </summary>
/// <remarks>
/// <c>claim.after_commit=kill; call.after=throw x3; renew.before_commit=pause 00:00:30</c>: a place, what happens there, and how often, once
/// unless said. Every write of the database has the places <c>{operation}.before_commit</c> and <c>{operation}.after_commit</c>; the
/// others are named here. How often each has happened stands in files of the folder <c>faults</c> in the data directory, so that a process that is started
/// again does not die of the same fault again.
/// </remarks>
public sealed partial class FaultPoints
{
    /// <summary>The configuration key.</summary>
    public const string Key = "Janus:Faults";

    /// <summary>A step is claimed, and its call is about to be made.</summary>
    public const string BeforeCall = "call.before";

    /// <summary>The call has answered, and nothing of it is recorded.</summary>
    public const string AfterCall = "call.after";

    /// <summary>A picture lies in the media folder, and no row names it.</summary>
    public const string AfterFile = "media.after_file";

    /// <summary>The end of a step is written, and the phase of its campaign is about to be decided, in the same transaction.</summary>
    public const string BeforeMove = "settle.before_move";

    /// <summary>A backup has its copy of the database and no picture.</summary>
    public const string BackupCopied = "backup.copied";

    /// <summary>A backup is whole, and has not got its name.</summary>
    public const string BackupUnnamed = "backup.unnamed";

    /// <summary>A restore has prepared everything, and the old database is still in its place.</summary>
    public const string RestoreStaged = "restore.staged";

    /// <summary>A restore has put the new database in its place.</summary>
    public const string RestoreSwapped = "restore.swapped";

    /// <summary>A move to another database has copied a table, and others are still to come.</summary>
    public const string MoveCopying = "move.copying";

    /// <summary>A move has copied everything, and nothing of it is compared.</summary>
    public const string MoveCopied = "move.copied";

    /// <summary>A move has compared everything, and nothing of it is committed.</summary>
    public const string MoveCompared = "move.compared";

    private readonly Dictionary<string, Fault> _armed;
    private readonly ConcurrentDictionary<string, int> _seen = new(StringComparer.Ordinal);
    private readonly string _folder;

    private FaultPoints(Dictionary<string, Fault> armed, string folder) => (_armed, _folder) = (armed, folder);

    private enum Action
    {
        Kill,
        Throw,
        Pause,
    }

    /// <summary>Nothing is armed.</summary>
    public static FaultPoints None { get; } = new([], "");

    /// <summary>Reads what is armed.</summary>
    /// <param name="plan">The value of <see cref="Key"/>; empty for nothing.</param>
    /// <param name="dataDirectory">Where the files are that count what has happened.</param>
    /// <exception cref="FormatException">It makes no sense; the message says which part.</exception>
    public static FaultPoints Read(string? plan, string dataDirectory)
    {
        if (string.IsNullOrWhiteSpace(plan))
            return None;
        var armed = new Dictionary<string, Fault>(StringComparer.Ordinal);
        foreach (var entry in plan.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Entry().Match(entry) is not { Success: true } match)
                throw new FormatException($"{Key}: \"{entry}\" is no fault; write it as place=kill, place=throw x3 or place=pause 00:00:05.");
            var times = match.Groups["times"] is { Success: true } said ? int.Parse(said.ValueSpan, CultureInfo.InvariantCulture) : 1;
            var pause = match.Groups["pause"] is { Success: true } length ? TimeSpan.Parse(length.ValueSpan, CultureInfo.InvariantCulture) : TimeSpan.Zero;
            armed[match.Groups["place"].Value] = new Fault(Enum.Parse<Action>(match.Groups["action"].Value.Split(' ')[0], ignoreCase: true), pause, times);
        }

        return new FaultPoints(armed, Path.Combine(dataDirectory, "faults"));
    }

    /// <summary>How often a fault has happened at a place, in any process.</summary>
    public static int Count(string dataDirectory, string place) =>
        Directory.Exists(Path.Combine(dataDirectory, "faults")) ? Directory.GetFiles(Path.Combine(dataDirectory, "faults"), $"{place}.*").Length : 0;

    /// <summary>A place is reached: what is armed for it happens.</summary>
    /// <exception cref="FaultException">It was told to fail.</exception>
    public ValueTask ReachAsync(string place, CancellationToken cancellationToken) =>
        _armed.TryGetValue(place, out var fault) && TryTake(place, fault) ? new ValueTask(HappenAsync(place, fault, cancellationToken)) : ValueTask.CompletedTask;

    /// <summary>A moment of a database operation is reached; its name is put together only when anything is armed.</summary>
    /// <exception cref="FaultException">It was told to fail.</exception>
    internal ValueTask ReachAsync(string operation, string moment, CancellationToken cancellationToken) =>
        _armed.Count == 0 ? ValueTask.CompletedTask : ReachAsync($"{operation}.{moment}", cancellationToken);

    // Creating a file is the one thing that only one process can do first, and that outlives it.
    private bool TryTake(string place, Fault fault)
    {
        Directory.CreateDirectory(_folder);
        // What this process has seen taken stays taken, so nobody begins at the first file again.
        for (var number = _seen.GetValueOrDefault(place) + 1; number <= fault.Times; number++)
        {
            try
            {
                _seen[place] = number;
                using var taken = new FileStream(Path.Combine(_folder, $"{place}.{number}"), FileMode.CreateNew);
                return true;
            }
            catch (IOException) when (File.Exists(Path.Combine(_folder, $"{place}.{number}")))
            {
                // It happened before.
            }
        }

        return false;
    }

    private static async Task HappenAsync(string place, Fault fault, CancellationToken cancellationToken)
    {
        await Console.Error.WriteLineAsync($"fault {place}: {fault.Action}");
        switch (fault.Action)
        {
            case Action.Kill:
                using (var self = Process.GetCurrentProcess())
                    self.Kill();
                // Until the signal has come nothing else may happen here.
                await Task.Delay(Timeout.InfiniteTimeSpan, CancellationToken.None);
                break;
            case Action.Pause:
                await Task.Delay(fault.Pause, cancellationToken);
                break;
            default:
                throw new FaultException(place);
        }
    }

    [GeneratedRegex(@"^(?<place>[a-z_]+\.[a-z_]+)\s*=\s*(?<action>kill|throw|pause (?<pause>\d\d:\d\d:\d\d(\.\d{1,7})?))( x(?<times>\d{1,4}))?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Entry();

    private sealed record Fault(Action Action, TimeSpan Pause, int Times);
}

/// <summary>A place in the engine was told to fail.</summary>
public sealed class FaultException(string place) : Exception($"The fault at {place} was armed.");

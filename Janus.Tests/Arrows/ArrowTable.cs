namespace Janus.Tests.Arrows;

/// <summary>
/// What every command comes to in every state. A line is a command, a column a state: <c>.</c> is refused and nothing is written,
/// <c>=</c> is carried out and leaves the state as it is, a word is the state that follows.
/// </summary>
internal sealed class ArrowTable
{
    /// <summary>Refused, and nothing is written.</summary>
    public const string Refused = ".";

    /// <summary>Carried out, in the same state.</summary>
    public const string Same = "=";

    private readonly Dictionary<(string State, string Command), string> _results = [];

    private ArrowTable(IReadOnlyList<string> states, IReadOnlyList<string> commands) => (States, Commands) = (states, commands);

    public IReadOnlyList<string> States { get; }

    public IReadOnlyList<string> Commands { get; }

    public string this[string state, string command] => _results[(state, command)];

    /// <summary>Reads a table: the first line names the states, each other one begins with its command.</summary>
    public static ArrowTable Parse(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var table = new ArrowTable(lines[0], [.. lines.Skip(1).Select(line => line[0])]);
        foreach (var line in lines.Skip(1))
        {
            line.Length.ShouldBe(table.States.Count + 1, $"the line of {line[0]} has another number of columns");
            foreach (var (state, result) in table.States.Zip(line.Skip(1)))
                table._results[(state, line[0])] = result;
        }

        return table;
    }
}

/// <summary>An arrow, with one of its causes.</summary>
internal sealed record Arrow(string From, string To, string Cause)
{
    /// <summary>Where the first arrow of a state machine comes from.</summary>
    public const string Start = "[*]";

    public override string ToString() => $"{From} --> {To}: {Cause}";
}

using System.Globalization;

namespace Janus.Campaigns.Diagrams;

/// <summary>
/// The phase that a place in the diagram states. A missing one may be filled in by neighbours; a number that is stated
/// and wrong may not, for a guess would overrule what the author wrote.
/// </summary>
/// <param name="Number">The phase, from 1 to 3, when it can be used.</param>
/// <param name="Problem">Why it cannot be used.</param>
/// <param name="IsWrong">Whether a number is stated that is no phase.</param>
internal readonly record struct PhaseName(int? Number, string? Problem, bool IsWrong)
{
    private const string Word = "Phase";

    /// <summary>Outside every subgraph.</summary>
    public static readonly PhaseName None = Missing("It stands in no phase");

    /// <summary>Reads "Phase 2: Launch" as 2: the number that directly follows the word, whatever follows the number.</summary>
    public static PhaseName Read(string name)
    {
        var at = 0;
        while (at < name.Length && !char.IsLetterOrDigit(name[at]))
            at++;
        if (!name.AsSpan(at).StartsWith(Word, StringComparison.OrdinalIgnoreCase))
            return Missing("Its name does not begin with \"Phase 1\", \"Phase 2\" or \"Phase 3\"");

        var rest = name.AsSpan(at + Word.Length);
        // "phase-1" and "phase_1" are ids; "Phase -1" is a negative number and has none to offer.
        rest = rest is ['-' or '_', ..] ? rest[1..] : rest.TrimStart();
        var digits = 0;
        while (digits < rest.Length && char.IsAsciiDigit(rest[digits]))
            digits++;
        if (digits == 0)
            return Missing("Its name has no number after \"Phase\"");
        if (rest[digits..] is ['.' or ',', >= '0' and <= '9', ..])
            return Wrong("A phase is a whole number");
        return int.TryParse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 3
            ? new PhaseName(number, Problem: null, IsWrong: false)
            : Wrong("There are phases 1 to 3 only");
    }

    private static PhaseName Missing(string problem) => new(Number: null, problem, IsWrong: false);

    private static PhaseName Wrong(string problem) => new(Number: null, problem, IsWrong: true);
}

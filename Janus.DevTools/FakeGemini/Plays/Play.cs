using System.Globalization;

namespace Janus.DevTools.FakeGemini.Plays;

/// <summary>One way to answer, well or badly.</summary>
/// <param name="Name">What scripts call it.</param>
/// <param name="RunAsync">Answers.</param>
/// <param name="Parameters">What a script can set.</param>
internal sealed record Play(string Name, Func<Exchange, Task> RunAsync, params IReadOnlyList<PlayParameter> Parameters)
{
    /// <summary>Whether it happens when only the headers of a request have come.</summary>
    public bool BreaksBeforeBody { get; init; }

    /// <summary>Whether it waits for a request that asks for a stream.</summary>
    public bool NeedsStream { get; init; }
}

/// <summary>A setting of a play.</summary>
/// <param name="Name">What scripts call it.</param>
/// <param name="Default">Its value when a script says nothing; null when the script must.</param>
/// <param name="Form">What it must look like, in words.</param>
/// <param name="Accepts">Whether a value is one.</param>
internal sealed record PlayParameter(string Name, string? Default, string Form, Func<string, bool> Accepts)
{
    private const int MostPieces = 10_000;

    /// <summary>A length of time.</summary>
    public static PlayParameter Wait(string name, string? otherwise) => new(name, otherwise, Duration.Form, value => Duration.TryParse(value, out _));

    /// <summary>A number from 1.</summary>
    public static PlayParameter Count(string name, string otherwise) => new(
        name, otherwise, $"a number from 1 to {MostPieces}",
        value => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MostPieces);

    /// <summary>A name in capitals.</summary>
    public static PlayParameter Reason(string name, string otherwise) => new(
        name, otherwise, "a name in capitals", value => value.Length > 0 && value.All(letter => letter == '_' || char.IsAsciiLetterUpper(letter)));
}

/// <summary>The settings of one entry of a script.</summary>
internal sealed class PlayParameters(Play play, IReadOnlyDictionary<string, string> values)
{
    /// <summary>A length of time.</summary>
    public TimeSpan Wait(string name) => Duration.TryParse(Text(name), out var wait) ? wait : throw new InvalidOperationException($"{name} was not checked.");

    /// <summary>A number.</summary>
    public int Count(string name) => int.Parse(Text(name), CultureInfo.InvariantCulture);

    /// <summary>A text.</summary>
    public string Text(string name) => values.GetValueOrDefault(name) ?? play.Parameters.First(parameter => parameter.Name == name).Default!;
}

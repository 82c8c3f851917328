using System.Globalization;
using System.Text;
using Janus.DevTools.FakeGemini.Plays;

namespace Janus.DevTools.FakeGemini.Script;

/// <summary>
/// Reads scripts such as <c>503 x3; 429 retry=2s x2; latency=1500ms; text: max-tokens; image: image-safety when="red bicycle"; 503 rate=0.2</c>:
/// entries between semicolons or line breaks, each a scope (or none), a play, and parameters in any order.
/// </summary>
internal static class ScriptParser
{
    private const string TextScope = "text:";
    private const string ImageScope = "image:";
    private const int MostEntries = 1_000;
    private const int MostTimes = 1_000_000;

    /// <summary>Reads a script; nothing in it is no entry.</summary>
    /// <exception cref="ScriptException">It makes no sense.</exception>
    public static IReadOnlyList<ScriptEntry> Parse(string script)
    {
        List<ScriptEntry> entries = [];
        foreach (var text in Split(script, character => character is ';' or '\n' or '\r'))
        {
            var entry = Entry(text.Trim());
            if (entries.Find(earlier => Covers(earlier, entry)) is { } endless)
                throw new ScriptException($"'{entry.Text}' is never reached: '{endless.Text}' goes on for ever.");
            entries.Add(entry);
        }

        return entries.Count <= MostEntries ? entries : throw new ScriptException($"A script has at most {MostEntries} entries.");
    }

    private static ScriptEntry Entry(string text)
    {
        var (scope, rest) = Scope(text);
        var words = Split(rest, char.IsWhiteSpace);
        if (words.Count == 0)
            throw new ScriptException($"'{text}' names no play.");

        var name = words[0].Split('=', 2)[0];
        if (!PlayCatalogue.ByName.TryGetValue(name, out var play))
            throw new ScriptException($"'{text}': there is no play '{name}'. Plays: {string.Join(' ', PlayCatalogue.ByName.Keys)}");

        var draft = new Draft(text, play);
        if (words[0].Contains('=', StringComparison.Ordinal))
            draft.Read(words[0]);
        foreach (var word in words.Skip(1))
            draft.Read(word);
        return draft.Finish(scope);
    }

    private static (RequestKind? Scope, string Entry) Scope(string text) =>
        text.StartsWith(TextScope, StringComparison.Ordinal) ? (RequestKind.Text, text[TextScope.Length..])
        : text.StartsWith(ImageScope, StringComparison.Ordinal) ? (RequestKind.Image, text[ImageScope.Length..])
        : (null, text);

    private static bool Covers(ScriptEntry earlier, ScriptEntry later) =>
        !earlier.IsStanding && !later.IsStanding && earlier.Times is null
        && (earlier.Scope is null || earlier.Scope == later.Scope)
        && (!earlier.Play.NeedsStream || later.Play.NeedsStream);

    /// <summary>The pieces between separators, quotation marks holding theirs together; none is empty.</summary>
    private static List<string> Split(string text, Func<char, bool> separates)
    {
        List<string> pieces = [];
        var piece = new StringBuilder();
        var isQuoted = false;
        foreach (var character in text)
        {
            isQuoted ^= character == '"';
            if (isQuoted || !separates(character))
                piece.Append(character);
            else
                End();
        }

        End();
        return !isQuoted ? pieces : throw new ScriptException($"'{text.Trim()}': a quotation mark is missing.");

        void End()
        {
            if (!string.IsNullOrWhiteSpace(piece.ToString()))
                pieces.Add(piece.ToString());
            piece.Clear();
        }
    }

    /// <summary>An entry whose words are being read.</summary>
    private sealed class Draft(string text, Play play)
    {
        private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
        private double? _rate;
        private string? _when;
        private int? _times;
        private bool _isEndless;

        public void Read(string word)
        {
            if (word == "forever")
                _isEndless = true;
            else if (word is ['x', .. var count] && count.All(char.IsAsciiDigit))
                _times = Times(count);
            else if (word.Split('=', 2) is [var name, var value])
                Set(name, value.Trim('"'));
            else
                throw Wrong($"'{word}' is neither xN nor forever nor name=value");
        }

        public ScriptEntry Finish(RequestKind? scope)
        {
            if (_isEndless && _times is not null)
                throw Wrong("it cannot go on for ever and be counted");
            if (_when is not null && play.BreaksBeforeBody)
                throw Wrong($"{play.Name} breaks the connection before the prompt is read, so it cannot have when");
            foreach (var parameter in play.Parameters.Where(parameter => parameter.Default is null && !_values.ContainsKey(parameter.Name)))
                throw Wrong($"{parameter.Name} is missing, {parameter.Form}");

            var isStanding = _rate is not null || _when is not null;
            var times = _isEndless ? null : _times ?? (isStanding ? null : 1);
            return new ScriptEntry(play, new PlayParameters(play, _values), scope, times, _rate, _when, text);
        }

        private int Times(string count) =>
            int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var times) && times is >= 1 and <= MostTimes
                ? times
                : throw Wrong($"x{count} is not from x1 to x{MostTimes}");

        private void Set(string name, string value)
        {
            switch (name)
            {
                case "rate":
                    _rate = double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) && rate is >= 0 and <= 1
                        ? rate
                        : throw Wrong("rate is a number from 0 to 1");
                    break;
                case "when":
                    _when = value.Length > 0 ? value : throw Wrong("when needs words");
                    break;
                default:
                    var parameter = play.Parameters.FirstOrDefault(parameter => parameter.Name == name)
                        ?? throw Wrong($"{play.Name} has no '{name}'");
                    if (!parameter.Accepts(value))
                        throw Wrong($"{name} is {parameter.Form}, not '{value}'");
                    if (!_values.TryAdd(name, value))
                        throw Wrong($"{name} comes twice");
                    break;
            }
        }

        private ScriptException Wrong(string what) => new($"'{text}': {what}.");
    }
}

using System.Collections.Frozen;
using System.Text.Json;

namespace Janus.Campaigns;

/// <summary>Enums as the database, the event log and HTTP spell them: in snake case, by one rule.</summary>
public static class Words
{
    /// <summary>The snake-case word of a value: <c>Phase.ContentCreation</c> gives <c>content_creation</c>.</summary>
    public static string ToWord<T>(this T value)
        where T : struct, Enum =>
        Spelling<T>.Words.TryGetValue(value, out var word) ? word : throw new ArgumentOutOfRangeException(nameof(value), value, "No such value.");

    /// <summary>The value of a snake-case word.</summary>
    /// <exception cref="FormatException">No value has that word.</exception>
    public static T FromWord<T>(string word)
        where T : struct, Enum =>
        Spelling<T>.Values.TryGetValue(word, out var value) ? value : throw new FormatException($"'{word}' is not a {typeof(T).Name}.");

    // Asked for every column of every row, so each enum is spelled once.
    private static class Spelling<T>
        where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> Words =
            Enum.GetValues<T>().ToFrozenDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

        public static readonly FrozenDictionary<string, T> Values = Words.ToFrozenDictionary(word => word.Value, word => word.Key, StringComparer.Ordinal);
    }
}

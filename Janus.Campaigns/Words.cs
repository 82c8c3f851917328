using System.Collections.Concurrent;
using System.Text.Json;

namespace Janus.Campaigns;

/// <summary>Enums as the database, the event log and HTTP spell them: in snake case, by one rule.</summary>
public static class Words
{
    private static readonly ConcurrentDictionary<Enum, string> Spelled = new();

    /// <summary>The snake-case word of a value: <c>Phase.ContentCreation</c> gives <c>content_creation</c>.</summary>
    public static string ToWord<T>(this T value)
        where T : struct, Enum =>
        Spelled.GetOrAdd(value, static key => JsonNamingPolicy.SnakeCaseLower.ConvertName(key.ToString()));

    /// <summary>The value of a snake-case word.</summary>
    /// <exception cref="FormatException">No value has that word.</exception>
    public static T FromWord<T>(string word)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (string.Equals(value.ToWord(), word, StringComparison.Ordinal))
                return value;
        }

        throw new FormatException($"'{word}' is not a {typeof(T).Name}.");
    }
}

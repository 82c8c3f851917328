using System.Text.Json;

namespace Janus.Web.Components.Audit;

/// <summary>Entries of the audit log in words for people.</summary>
internal static class AuditWords
{
    private const int MostFacts = 6;
    private const int LongestFact = 120;

    /// <summary>"post approved": actions are named by words already.</summary>
    public static string Of(string action) => action.Replace('_', ' ');

    /// <summary>What belongs to the action, as far as it is short.</summary>
    public static IEnumerable<string> Facts(JsonElement? data)
    {
        if (data is not { ValueKind: JsonValueKind.Object } facts)
            return [];
        return facts.EnumerateObject().Where(fact => fact.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Object or JsonValueKind.Array)).Take(MostFacts)
            .Select(fact => $"{Of(fact.Name)}: {Shortened(fact.Value.ToString())}");
    }

    private static string Shortened(string text) => text.Length <= LongestFact ? text : $"{text[..LongestFact]}…";
}

namespace Janus.Generation.Sample.Writing;

/// <summary>The one wish that the sample studio understands: a shorter text.</summary>
internal static class Brevity
{
    private static readonly string[] Words =
        ["short", "shorter", "brief", "concise", "kurz", "kürzer", "knapp", "knapper", "court", "courte", "bref", "corto", "corta", "breve"];

    /// <summary>Whether a wish asks for a shorter text.</summary>
    public static bool IsAskedFor(string? hint) => hint is not null && Wording.Words(hint).Any(word => Words.Contains(word, StringComparer.Ordinal));

    /// <summary>A shape with nothing in it but what it says and what it asks for.</summary>
    public static TextShape Of(TextShape shape) => shape with { Hook = false, More = false };
}

namespace Janus.Generation.Sample.Phrasebooks;

/// <summary>
/// For the languages that the studio does not speak: it quotes the brief's own phrases and adds no word of its own. A sign of
/// its own for every text keeps the sentences of a campaign apart.
/// </summary>
internal static class Quoting
{
    private static readonly string[] SignsA = ["✨", "👋", "💡", "🔎", "🧭", "⚖️", "💬", "🌞", "🚪", "⏳", "⭐", "🤝"];
    private static readonly string[] SignsB = ["🌱", "🎁", "🧩", "👀", "🔧", "🔄", "🤔", "🌙", "👣", "📅", "🎯", "🎈"];

    public static Phrasebook Book { get; } = new()
    {
        NoName = "",
        InShort = "{words}",
        Thin = ["{name}"],
        KeyPoint = "",
        ForAudience = "{audience}",
        AngleNames = ("A · {theme}", "B · {theme}"),
        Captions = ("{scene}", "{scene}"),
        Openings = new Dictionary<Tone, string[]>(),
        Calls = new Dictionary<Goal, string> { [Goal.Look] = "" },
        Free = Quote("{title}", "◆ {title}", "◇ {title}"),
        Angles = [.. SignsA.Select((sign, index) => Quote($"{index + 1} · {{fact}}", sign, SignsB[index]))],
    };

    private static Angle Quote(string title, string signA, string signB) => new(
        [title], "{fact}", "{fact}", "{fact}",
        new([""], signA + " {fact}", signA + signA + " {fact}", ""),
        new([""], signB + " {fact} …", signB + signB + " {fact} …", ""));
}

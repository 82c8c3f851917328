namespace Janus.DevTools.FakeGemini.Plays;

/// <summary>All plays, by name.</summary>
internal static class PlayCatalogue
{
    /// <summary>In the order in which they are listed for people.</summary>
    public static IReadOnlyDictionary<string, Play> ByName { get; } = ((IReadOnlyList<Play>)
    [
        .. AnswerPlays.All, .. RefusalPlays.All, .. PicturePlays.All, .. ConnectionPlays.All, .. BodyPlays.All, .. StreamPlays.All,
    ]).ToDictionary(play => play.Name, StringComparer.Ordinal);

    /// <summary>The normal answer.</summary>
    public static Play Normal => ByName["ok"];
}

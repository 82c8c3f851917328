using Janus.Generation.Prompts;
using Janus.Generation.Sample.Phrasebooks;

namespace Janus.Generation.Sample.Briefs;

/// <summary>What the sample studio understands of a brief. Nothing in it holds a word that the brief asks to avoid.</summary>
internal sealed record SampleBrief
{
    public required Language Language { get; init; }

    public required Phrasebook Book { get; init; }

    /// <summary>The product as it can stand inside a sentence; empty where no sentence asks for it.</summary>
    public required string Name { get; init; }

    /// <summary>Phrases of the product's description that can stand after a colon; at least one.</summary>
    public required IReadOnlyList<string> Facts { get; init; }

    /// <summary>Phrases with a dot inside (“2.5 seconds”, “Node.js”). Each may stand in one text only, because a dot ends a sentence for a reader who counts them.</summary>
    public required IReadOnlyList<string> DottedFacts { get; init; }

    /// <summary>The words of the description that say something, in its order.</summary>
    public required IReadOnlyList<string> Keywords { get; init; }

    public required string Audience { get; init; }

    public required Tone Tone { get; init; }

    public required string Call { get; init; }

    public required IReadOnlyList<string> UseWords { get; init; }

    public required IReadOnlyList<string> AvoidWords { get; init; }

    public required string Platform { get; init; }

    public int? PostsPerPhase { get; init; }

    /// <summary>Tells briefs apart.</summary>
    public required string Key { get; init; }

    /// <summary>Whether a text holds none of the words to avoid.</summary>
    public bool Allows(string text) => !AvoidWords.Any(word => Wording.Holds(text, word));

    /// <summary>Reads the data blocks of a prompt.</summary>
    public static SampleBrief Read(IReadOnlyDictionary<string, string> blocks)
    {
        var raw = blocks[BriefBlocks.ProductDescription];
        var avoid = Lines(blocks[BriefBlocks.AvoidWords]);
        bool Allowed(string text) => !avoid.Any(word => Wording.Holds(text, word));

        var text = CleanText.Of(raw);
        var goals = CleanText.Line(blocks[BriefBlocks.Goals]);
        var language = LanguageGuess.Of(text);
        var book = Speaks(language);
        var name = ProductName.Of(text, language) is { } found && Allowed(found) ? found : book.NoName;
        if (!Allowed(name))
            name = "";
        var keywords = Wording.Words(text).Where(word => StopWords.IsContent(word) && word.Length <= 30 && Allowed(word))
            .Distinct(StringComparer.Ordinal).Take(60).ToList();
        return new SampleBrief
        {
            Language = language,
            Book = book,
            Name = name,
            Facts = Sayable(text, name, keywords, book, language, Allowed),
            DottedFacts = [.. Phrases.Dotted(text).Where(Allowed)],
            Keywords = keywords,
            Audience = Only(Phrases.Of(CleanText.Of(blocks[BriefBlocks.Audience]), language) is [var first, ..]
                ? first
                : CleanText.Line(blocks[BriefBlocks.Audience]), language, Allowed),
            Tone = ToneAndGoal.ToneOf(blocks[BriefBlocks.Tone]),
            Call = book.Calls.GetValueOrDefault(ToneAndGoal.GoalOf(goals)) ?? book.Calls[Goal.Look],
            UseWords = [.. Lines(blocks[BriefBlocks.UseWords]).Select(CleanText.Line).Where(word => word.Length is > 0 and <= 40 && Allowed(word))],
            AvoidWords = avoid,
            Platform = PlatformLimits.Canonical(blocks[BriefBlocks.Platform]) ?? PlatformLimits.Known[0],
            PostsPerPhase = int.TryParse(blocks.GetValueOrDefault(BriefBlocks.PostsPerPhase), out var posts) ? posts : null,
            Key = $"{blocks[BriefBlocks.CampaignName]}\n{raw}\n{blocks[BriefBlocks.Goals]}",
        };
    }

    private static List<string> Sayable(
        string text, string name, List<string> keywords, Phrasebook book, Language language, Func<string, bool> allowed)
    {
        var facts = Phrases.Of(text, language).Where(allowed).ToList();
        var named = Wording.Words(name).ToHashSet(StringComparer.Ordinal);
        var nothingButTheName = facts.Count > 0 && facts.All(fact => Wording.Words(fact).All(named.Contains));
        if (facts.Count > 0 && !nothingButTheName)
            return facts;
        var subject = nothingButTheName ? name : keywords.Count > 0 ? string.Join(", ", keywords.Take(3)) : name;
        subject = subject.Replace('.', ' ').Replace('!', ' ').Replace('?', ' ');
        facts = [.. book.Thin.Select(thin => thin.Replace("{name}", subject, StringComparison.Ordinal)).Where(allowed)];
        return facts.Count > 0 ? facts : [subject];
    }

    private static string Only(string text, Language language, Func<string, bool> allowed)
    {
        var phrase = Phrases.Cut(text.Replace('.', ' ').Replace('!', ' ').Replace('?', ' ').Trim(), 60, language).TrimEnd('…');
        return allowed(phrase) ? Phrases.Lower(phrase, language) : "";
    }

    private static List<string> Lines(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private static Phrasebook Speaks(Language language) => language switch
    {
        Language.English => English.Book,
        Language.German => German.Book,
        Language.French => French.Book,
        Language.Spanish => Spanish.Book,
        _ => Quoting.Book,
    };
}

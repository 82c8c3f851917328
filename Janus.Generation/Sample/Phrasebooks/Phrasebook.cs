namespace Janus.Generation.Sample.Phrasebooks;

/// <summary>
/// What the sample studio can say in one language. Placeholders: <c>{name}</c> the product, <c>{fact}</c> a phrase of the brief,
/// <c>{cta}</c> what the reader is asked to do, <c>{title}</c> the post's title, <c>{audience}</c> who is spoken to.
/// <para>
/// No two posts of a campaign share a sentence because every sentence stands in exactly one angle, and a campaign uses an angle
/// once. <c>{name}</c> stands inside a sentence, never at its edge, so that this holds for a name like “Node.js” too; and it
/// is never the subject of a verb or follows a word that would bend it, so that it reads well for “candles” and for “a candle”.
/// No sentence claims a number, a price or a customer that the brief does not name.
/// </para>
/// </summary>
internal sealed record Phrasebook
{
    /// <summary>Four angles for phase 1, then four for phase 2, then four for phase 3.</summary>
    public required IReadOnlyList<Angle> Angles { get; init; }

    /// <summary>For a post that the studio did not plan itself: its title stands in every sentence.</summary>
    public required Angle Free { get; init; }

    /// <summary>What is said of a product for which the brief gives no name.</summary>
    public required string NoName { get; init; }

    /// <summary>What can be said with <c>{name}</c> when the brief says nothing but the name.</summary>
    public required IReadOnlyList<string> Thin { get; init; }

    /// <summary>Adds the words to use that a sentence lacks, with <c>{words}</c>.</summary>
    public required string InShort { get; init; }

    /// <summary>A colon with the spaces that the language puts around it.</summary>
    public string Colon { get; init; } = ": ";

    /// <summary>Ends a post's description in the plan, with <c>{fact}</c>.</summary>
    public required string KeyPoint { get; init; }

    /// <summary>Names the audience after a sentence, with <c>{audience}</c>.</summary>
    public required string ForAudience { get; init; }

    /// <summary>What the angle of a text is called, with <c>{theme}</c>: benefit-led, then curiosity-led.</summary>
    public required (string A, string B) AngleNames { get; init; }

    /// <summary>What a picture shows, with <c>{scene}</c> and <c>{name}</c>: for A, then for B.</summary>
    public required (string A, string B) Captions { get; init; }

    /// <summary>Openings before a colon, by tone.</summary>
    public required IReadOnlyDictionary<Tone, string[]> Openings { get; init; }

    /// <summary>What readers are asked to do, by the goal; each can stand inside a sentence.</summary>
    public required IReadOnlyDictionary<Goal, string> Calls { get; init; }
}

/// <summary>One idea for a post.</summary>
/// <param name="Titles">Titles, of which a campaign uses one.</param>
/// <param name="Purpose">What the post is for, for the plan.</param>
/// <param name="Theme">The idea in a few words.</param>
/// <param name="Scene">What its pictures show.</param>
/// <param name="A">The benefit-led text.</param>
/// <param name="B">The curiosity-led text.</param>
internal sealed record Angle(string[] Titles, string Purpose, string Theme, string Scene, Copy A, Copy B);

/// <summary>The sentences of a text.</summary>
/// <param name="Hooks">First sentences, of which a text uses one.</param>
/// <param name="Body">Says what the brief says, with <c>{fact}</c>.</param>
/// <param name="More">Says a second thing from the brief, where the platform has room.</param>
/// <param name="Close">Says what to do or to think about next.</param>
internal sealed record Copy(string[] Hooks, string Body, string More, string Close);

/// <summary>How a brief wants to sound, as far as the sample studio can tell.</summary>
internal enum Tone
{
    Plain,
    Playful,
    Warm,
    Bold,
    Formal,
}

/// <summary>What a brief wants its readers to do.</summary>
internal enum Goal
{
    Look,
    SignUp,
    Buy,
    Download,
    Book,
    Waitlist,
    Attend,
    Demo,
    Subscribe,
    Donate,
}

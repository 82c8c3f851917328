using Janus.Generation.Sample.Briefs;
using Janus.Generation.Sample.Phrasebooks;

namespace Janus.Generation.Sample.Writing;

/// <summary>
/// Writes the two texts of a post. Every call stands alone, so a post finds its own angle again by its title, and with it
/// sentences that no other post of the campaign has. A post that the studio did not plan carries its title in every sentence.
/// </summary>
internal sealed class PostWriter
{
    private const int FirstTurn = 2;
    private const int MostTries = 8;
    private const int MostRemembered = 24;

    private static readonly string[] Sparks = ["✨", "🎉", "😄", "🙌", "💫"];

    private readonly SampleBrief _brief;
    private readonly Angle _angle;
    private readonly string _title;
    private readonly int _place;
    private readonly int _phase;
    private readonly ulong _luck;
    private readonly IReadOnlyList<string> _facts;
    private readonly string? _dotted;

    public PostWriter(SampleBrief brief, PostBrief post, int seed)
    {
        _brief = brief;
        _phase = post.Phase;
        _luck = StableHash.Of(seed, "post", brief.Key, post.Title);
        var planned = PlanWriter.AngleOf(brief, post.Title);
        _angle = planned is { } known ? brief.Book.Angles[known] : brief.Book.Free;
        _place = planned ?? (int)(StableHash.Of(0, post.Title) % 12);
        _title = Phrases.Cut(CleanText.Line(post.Title).Replace('.', ' ').Replace('!', ' ').Replace('?', ' ').Trim(), 70, brief.Language);
        _dotted = planned is { } own ? brief.DottedFacts.ElementAtOrDefault((own / 4) + (3 * (own % 4))) : null;
        _facts = planned is null
            ? Unplanned(brief, Phrases.Of(CleanText.Of(post.Description), brief.Language).Where(brief.Allows).Take(2))
            : Turned(brief.Facts, (_place * (brief.Facts.Count > 3 ? 2 : 1)) + (int)(StableHash.Of(seed, brief.Key) % 97));
    }

    /// <summary>Both texts.</summary>
    public PostContent Write()
    {
        var a = Write('A');
        var b = Write('B');
        return new PostContent(a, Wording.Similarity(a.Text, b.Text) < TextRules.TooAlike ? b : b with { Text = Apart(a.Text, b.Text) });
    }

    /// <summary>
    /// One text anew. Each turn has sentences and a phrase of the brief of its own. What an earlier turn said, or what is too like the texts in
    /// use, is passed over.
    /// </summary>
    public NewText Rewrite(RewriteWish wish)
    {
        var letter = wish.Letter == "B" ? 'B' : 'A';
        var isShort = Brevity.IsAskedFor(wish.Hint);
        var first = Write();
        var (own, other) = letter == 'A' ? (first.A.Text, first.B.Text) : (first.B.Text, first.A.Text);
        var said = new HashSet<string>(StringComparer.Ordinal) { own };
        // No turn knows what the others made of it, but each can tell: a turn depends on nothing but the brief and the texts in use.
        for (var turn = Math.Max(FirstTurn, wish.Turn - MostRemembered); turn < wish.Turn; turn++)
        {
            own = Rewrite(letter, turn, own, other, said, isShort: false).Text;
            said.Add(own);
        }

        return Rewrite(letter, wish.Turn, wish.CurrentText, wish.OtherText, said, isShort);
    }

    private NewText Rewrite(char letter, int turn, string current, string other, HashSet<string> said, bool isShort)
    {
        var names = letter == 'A' ? _brief.Book.AngleNames.A : _brief.Book.AngleNames.B;
        foreach (var (text, fact) in Remade(letter, turn, isShort).Concat(Quoted(letter, turn)))
        {
            if (!said.Contains(text) && !TextRules.AreAlike(text, current) && !TextRules.AreAlike(text, other))
                return new NewText(text, Fill(names.Replace("{theme}", _angle.Theme, StringComparison.Ordinal), fact));
        }

        return new NewText($"№ {turn}", Fill(_angle.Theme, ""));
    }

    private IEnumerable<(string Text, string Fact)> Remade(char letter, int turn, bool isShort)
    {
        var remixes = new Remixes(_brief, _angle, _place);
        for (var tried = 0; tried < MostTries; tried++)
        {
            // A whole round further on, so that two turns never take the same sentences about the same phrase.
            var position = Math.Max(0, turn - FirstTurn) + (tried * Remixes.Round);
            var fact = _facts[(1 + position + (position / Remixes.Round)) % _facts.Count];
            var more = _facts.FirstOrDefault(next => Differs(next, fact)) ?? "";
            var copy = remixes.Of(letter, position, HookOf(letter, (letter == 'A' ? _angle.A : _angle.B).Hooks.Length));
            // Where it has no sentences of its own, only the number keeps two turns about one phrase apart.
            var mark = _brief.Language == Language.Other ? $" № {turn}" : "";
            yield return (new TextFit(_brief, _phase).Fit(shape => Compose(copy, letter, fact, more, isShort ? Brevity.Of(shape) : shape) + mark), fact);
        }
    }

    // A brief with next to nothing to say: its phrases piece by piece, under the sign of the text and with the number of the turn.
    private IEnumerable<(string Text, string Fact)> Quoted(char letter, int turn)
    {
        var quoting = ReferenceEquals(_angle, _brief.Book.Free) ? Quoting.Book.Free : Quoting.Book.Angles[_place];
        var body = letter == 'A' ? quoting.A.Body : quoting.B.Body;
        var limit = PlatformLimits.Limit(_brief.Platform);
        foreach (var fact in _facts.Skip(turn % _facts.Count).Concat(_facts))
        {
            foreach (var piece in Pieces(fact, letter == 'A' ? turn : turn + 1))
            {
                var text = $"{Fill(body, piece)} № {turn}";
                if (_brief.Allows(text) && PlatformLimits.Count(_brief.Platform, text) <= limit)
                    yield return (text, piece);
            }
        }
    }

    private IEnumerable<string> Pieces(string fact, int turn)
    {
        var half = Half(fact);
        var rest = half.Length < fact.Length ? fact[half.Length..].Trim() : fact;
        string[] pieces = turn % 2 == 0 ? [half, rest] : [rest, half];
        return pieces.Concat(_brief.Keywords.Chunk(2).Select(words => string.Join(", ", words))).Append(fact);
    }

    private VariantContent Write(char letter)
    {
        var isA = letter == 'A';
        var copy = isA ? _angle.A : _angle.B;
        var inB = Unlike(_facts[0]) ?? _facts[^1];
        var fact = isA ? _dotted ?? _facts[0] : inB;
        var more = (isA ? Unlike(_facts[0], inB) : _facts.LastOrDefault(other => Differs(other, _facts[0], inB))) ?? "";
        if (!isA && _brief.Language == Language.Other && string.Equals(fact, _facts[0], StringComparison.Ordinal))
            fact = Half(fact) + $" № {_place + 1}";
        var text = new TextFit(_brief, _phase).Fit(shape => Compose(copy, letter, fact, more, shape));
        var names = isA ? _brief.Book.AngleNames.A : _brief.Book.AngleNames.B;
        return new VariantContent(text, Fill(names.Replace("{theme}", _angle.Theme, StringComparison.Ordinal), fact), Caption(isA, fact));
    }

    private string Compose(Copy copy, char letter, string fact, string more, TextShape shape)
    {
        var hooks = copy.Hooks.Select(hook => Fill(hook, fact)).ToArray();
        var choice = HookOf(letter, hooks.Length);
        var hook = shape.Hook ? hooks.Skip(choice).Concat(hooks).FirstOrDefault(_brief.Allows) ?? "" : "";
        var opens = letter == 'A' && _brief.Book.Openings.ContainsKey(_brief.Tone);
        var audienceInHook = hook.Length > 0 && !opens && (_place + letter) % 2 == 0;
        var quoted = Quote(fact, shape);
        var body = Bodies(copy, letter).Select(template => Fill(template, quoted)).FirstOrDefault(_brief.Allows) ?? "";
        var joint = " – ";
        if (!audienceInHook && !Wording.Holds(body, _brief.Audience) && Audience() is { Length: > 0 } audience)
        {
            body = Sentence.Extend(body, $" – {audience}");
            joint = ", ";
        }

        var close = shape.Close && Fill(copy.Close, quoted) is { } ending && _brief.Allows(ending) ? ending : "";
        var second = shape.More && more.Length > 0
            ? Fill(copy.More, Quote(more, shape))
            : "";
        if (!_brief.Allows(second))
            second = "";

        hook = Open(hook, letter, audienceInHook ? Audience() : "");
        body = Sentence.Extend(body, Missing($"{hook} {body} {second} {close}", joint));
        if (_brief.Tone == Tone.Playful && close.EndsWith('.'))
            close = close[..^1] + "!";
        return string.Join(shape.Break, new[] { hook, Join(body, second), close }.Where(part => part.Length > 0));
    }

    private int HookOf(char letter, int hooks) => (int)((_luck >> (letter - 'A')) % (ulong)hooks);

    // Where words to avoid rule out what the studio would say, it quotes the brief, under a sign that only this text has.
    private IEnumerable<string> Bodies(Copy copy, char letter)
    {
        var quoting = Quoting.Book.Angles[_place];
        yield return copy.Body;
        if (ReferenceEquals(_angle, _brief.Book.Free))
            yield return letter == 'A' ? "◆ {title} · {fact}" : "◇ {title} · {fact}";
        yield return (letter == 'A' ? quoting.A : quoting.B).Body;
    }

    // A brief with next to nothing to say, or with nearly all of it to avoid, gives two texts of the same words.
    private string Apart(string a, string b)
    {
        var others = _brief.Keywords.Except(Wording.Words(a), StringComparer.Ordinal).Take(4).ToList();
        return others.Count >= 2 ? Fill(Quoting.Book.Angles[_place].B.Body, string.Join(", ", others)) : $"{b} № {_place + 1}";
    }

    private string Open(string hook, char letter, string audience)
    {
        if (hook.Length == 0)
            return "";
        var opening = letter == 'A' && _brief.Book.Openings.TryGetValue(_brief.Tone, out var openings) ? openings[_place % openings.Length] : "";
        var lead = opening.Length > 0 ? opening : audience;
        if (lead.Length > 0 && _brief.Allows(lead))
            hook = Sentence.Capital(lead) + Lead(hook);
        return _brief.Tone == Tone.Playful ? $"{Sparks[(_place + letter) % Sparks.Length]} {hook}" : hook;
    }

    // A second colon in one sentence reads badly, so a dash takes its place. German keeps the capital after a colon.
    private string Lead(string hook)
    {
        if (hook.Contains(": ", StringComparison.Ordinal))
            return $" – {Phrases.Lower(hook, _brief.Language)}";
        return _brief.Book.Colon + (_brief.Language == Language.German ? hook : Sentence.Small(hook));
    }

    private string Quote(string fact, TextShape shape) =>
        Phrases.Lower(Phrases.Cut(fact, shape.Fact, _brief.Language), _brief.Language)
            .Replace(" : ", " – ", StringComparison.Ordinal).Replace(": ", " – ", StringComparison.Ordinal);

    // The words to use that the text lacks, and, where it says too little of the brief, two of the brief's own words.
    private string Missing(string text, string joint)
    {
        var missing = _brief.UseWords.Where(word => !Wording.Holds(text, word)).ToList();
        var said = Wording.Words(text).ToHashSet(StringComparer.Ordinal);
        if (_brief.Keywords.Count(said.Contains) < Math.Min(2, _brief.Keywords.Count))
            missing.AddRange(_brief.Keywords.Where(word => !said.Contains(word)).Take(2));
        if (missing.Count == 0)
            return "";
        var words = string.Join(", ", missing);
        var phrase = _brief.Book.InShort.Replace("{words}", words, StringComparison.Ordinal);
        return joint + (_brief.Allows(phrase) ? phrase : words);
    }

    private string Caption(bool isA, string fact)
    {
        var frame = (isA ? _brief.Book.Captions.A : _brief.Book.Captions.B).Replace("{scene}", _angle.Scene, StringComparison.Ordinal);
        return new[] { frame, _angle.Scene, "{fact}" }.Select(template => Sentence.Capital(Fill(template, fact))).FirstOrDefault(_brief.Allows) ?? "📷";
    }

    private string Audience() => _brief.Audience.Length == 0 ? "" : _brief.Book.ForAudience.Replace("{audience}", _brief.Audience, StringComparison.Ordinal)
        is { } phrase && _brief.Allows(phrase) ? phrase : "";

    private string Fill(string template, string fact) => template
        .Replace("{name}", _brief.Name, StringComparison.Ordinal)
        .Replace("{cta}", _brief.Call, StringComparison.Ordinal)
        .Replace("{title}", _title, StringComparison.Ordinal)
        .Replace("{fact}", fact, StringComparison.Ordinal);

    private static string Join(string first, string second) => second.Length == 0 ? first : $"{first} {second}";

    private string? Unlike(params string[] facts) => _facts.FirstOrDefault(other => Differs(other, facts));

    private static bool Differs(string other, params string[] facts) => facts.All(fact =>
        Wording.Similarity(other, fact) < 0.4 && !fact.Contains(other, StringComparison.OrdinalIgnoreCase) && !other.Contains(fact, StringComparison.OrdinalIgnoreCase));

    private static string Half(string phrase)
    {
        var words = phrase.Split(' ');
        if (words.Length > 3)
            return string.Join(' ', words.Take((words.Length + 1) / 2));
        return words.Length == 1 && phrase.Length >= 8 && Wording.IsUnspaced(phrase[0]) ? phrase[..(phrase.Length / 2)] : phrase;
    }

    // In a language that the studio does not speak, only the brief's own phrases are sure to be about the product.
    private static IReadOnlyList<string> Unplanned(SampleBrief brief, IEnumerable<string> described) =>
        brief.Language == Language.Other ? brief.Facts : [.. described, .. brief.Facts];

    private static IReadOnlyList<string> Turned(IReadOnlyList<string> facts, int by) =>
        [.. facts.Skip(by % facts.Count).Concat(facts.Take(by % facts.Count))];
}

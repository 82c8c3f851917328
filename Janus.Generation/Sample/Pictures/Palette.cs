namespace Janus.Generation.Sample.Pictures;

/// <summary>Five colours that belong together.</summary>
/// <param name="Name">What they remind of.</param>
/// <param name="Paper">The light ground.</param>
/// <param name="Soft">A tint of the main colour.</param>
/// <param name="Main">The colour that is remembered.</param>
/// <param name="Accent">The colour that surprises.</param>
/// <param name="Deep">The dark ground, and ink on light ones.</param>
internal sealed record Palette(string Name, Tone Paper, Tone Soft, Tone Main, Tone Accent, Tone Deep);

/// <summary>Which colour of a palette does what in one picture.</summary>
internal sealed record Scheme
{
    /// <summary>The least contrast between text and what lies under it (WCAG 2.2, level AA for text of any size).</summary>
    public const double LeastContrast = 4.5;

    private Scheme(Palette palette, Tone ground, Tone first, Tone second, Tone third)
    {
        Palette = palette;
        Ground = Readable(ground, palette);
        First = first;
        Second = second;
        Third = third;
        Ink = InkOn([Ground], palette.Deep, palette.Paper);
    }

    /// <summary>Where the colours come from.</summary>
    public Palette Palette { get; }

    /// <summary>The colour of the paper that is drawn on.</summary>
    public Tone Ground { get; }

    /// <summary>The largest shapes.</summary>
    public Tone First { get; }

    /// <summary>The shapes that catch the eye.</summary>
    public Tone Second { get; }

    /// <summary>The shapes that hold the rest together.</summary>
    public Tone Third { get; }

    /// <summary>Text on the ground.</summary>
    public Tone Ink { get; }

    /// <summary>The calm reading: dark ink on light paper.</summary>
    public static Scheme Calm(Palette palette, Dice dice) => dice.Below(3) == 0
        ? new(palette, palette.Soft.Mix(palette.Paper, 0.45), palette.Main, palette.Accent, palette.Deep)
        : new(palette, palette.Paper, palette.Main, palette.Accent, palette.Deep);

    /// <summary>The bold reading: a ground that is itself a colour.</summary>
    public static Scheme Bold(Palette palette, Dice dice) => dice.Below(5) switch
    {
        0 or 1 => new(palette, palette.Deep, palette.Main, palette.Accent, palette.Soft),
        2 or 3 => new(palette, palette.Main, palette.Deep, palette.Accent, palette.Paper),
        _ => new(palette, palette.Accent, palette.Deep, palette.Paper, palette.Main),
    };

    /// <summary>The first of the colours that can be read on all the grounds; black or white when none of them can.</summary>
    public static Tone InkOn(IReadOnlyList<Tone> grounds, params IReadOnlyList<Tone> wanted)
    {
        IEnumerable<Tone> candidates = [.. wanted.OrderByDescending(Least), Tone.Of("000000"), Tone.Of("ffffff")];
        return candidates.Where(ink => Least(ink) >= LeastContrast).DefaultIfEmpty(candidates.MaxBy(Least)).First();

        double Least(Tone ink) => grounds.Min(ground => ground.ContrastWith(ink));
    }

    // A colour of middle lightness takes neither ink well: it is moved, as little as will do, towards one of them so that the other can be read.
    private static Tone Readable(Tone ground, Palette palette)
    {
        const double enough = LeastContrast + 0.2;
        for (var share = 0.0; share < 1; share += 0.03)
        {
            var (lighter, deeper) = (ground.Mix(palette.Paper, share), ground.Mix(palette.Deep, share));
            if (lighter.ContrastWith(palette.Deep) >= enough)
                return lighter;
            if (deeper.ContrastWith(palette.Paper) >= enough)
                return deeper;
        }

        return palette.Paper;
    }

    /// <summary>The colours of an icon that stands on <paramref name="ground"/>: the most colourful body that is told apart from it.</summary>
    public IconInk IconOn(Tone ground)
    {
        Tone[] bodies = [Palette.Main, Palette.Accent, Palette.Deep, Palette.Paper];
        var body = bodies.Where(tone => tone.ContrastWith(ground) >= 2.6).DefaultIfEmpty(bodies.MaxBy(tone => tone.ContrastWith(ground))).First();
        var detail = new[] { Palette.Accent, Palette.Paper, Palette.Deep, Palette.Soft }
            .Where(tone => tone.ContrastWith(body) >= 1.7 && tone.ContrastWith(ground) >= 1.4)
            .DefaultIfEmpty(body.Mix(ground, 0.5)).First();
        var light = new[] { Palette.Paper, Palette.Soft, Palette.Deep }.MaxBy(tone => tone.ContrastWith(body));
        return new(body, detail, light);
    }
}

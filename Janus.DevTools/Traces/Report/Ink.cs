namespace Janus.DevTools.Traces.Report;

/// <summary>How a piece of a line stands out.</summary>
internal enum Ink
{
    /// <summary>As the terminal writes.</summary>
    Plain,

    /// <summary>Less than the rest.</summary>
    Dim,

    /// <summary>More than the rest.</summary>
    Bold,

    /// <summary>A failure.</summary>
    Red,

    /// <summary>A retry or a warning.</summary>
    Yellow,

    /// <summary>A link to another span.</summary>
    Cyan,
}

/// <summary>A line made of pieces, cut or continued at a width, with colour or without.</summary>
internal sealed class InkedLine
{
    private readonly List<(string Text, Ink Ink)> _pieces = [];

    /// <summary>Characters so far.</summary>
    public int Length => _pieces.Sum(piece => piece.Text.Length);

    /// <summary>Adds a piece; control characters, which a span may hold as well as any text, become spaces.</summary>
    public InkedLine Add(string text, Ink ink = Ink.Plain)
    {
        _pieces.Add((string.Create(text.Length, text, static (span, from) =>
        {
            for (var index = 0; index < span.Length; index++)
                span[index] = char.IsControl(from[index]) ? ' ' : from[index];
        }), ink));
        return this;
    }

    /// <summary>Adds the pieces of another line.</summary>
    public InkedLine Add(InkedLine other)
    {
        _pieces.AddRange(other._pieces);
        return this;
    }

    /// <summary>The line, cut with an ellipsis when it is longer than <paramref name="width"/>.</summary>
    public string Cut(int width, bool isColoured)
    {
        var left = Length > width ? width - 1 : width;
        var written = new System.Text.StringBuilder();
        foreach (var (text, ink) in _pieces)
        {
            var shown = text.Length <= left ? text : text[..left];
            left -= shown.Length;
            written.Append(Inked(shown, ink, isColoured));
        }

        if (Length > width)
            written.Append('…');
        return isColoured ? written.ToString() : written.ToString().TrimEnd();
    }

    private static string Inked(string text, Ink ink, bool isColoured) =>
        !isColoured || ink == Ink.Plain || text.Length == 0 ? text : $"\e[{Code(ink)}m{text}\e[0m";

    private static string Code(Ink ink) => ink switch
    {
        Ink.Dim => "2",
        Ink.Bold => "1",
        Ink.Red => "31",
        Ink.Yellow => "33",
        _ => "36",
    };
}

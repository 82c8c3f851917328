namespace Janus.Campaigns.Diagrams;

/// <summary>What an arrow says.</summary>
internal enum EdgeKind
{
    /// <summary>From left to right.</summary>
    Directed,

    /// <summary>Both ways, as in <c>A &lt;--> B</c>.</summary>
    BothWays,

    /// <summary>A line without a head, as in <c>A --- B</c>.</summary>
    Undirected,

    /// <summary>The beginning of an arrow whose end is not on the line.</summary>
    Unfinished,
}

/// <summary>Reads an arrow with its label, which is ignored.</summary>
internal static class EdgeReader
{
    /// <summary>Whether an arrow starts here.</summary>
    public static bool IsHere(DiagramScanner scanner) => (scanner.Current, scanner.Peek(1)) switch
    {
        ('-', '-' or '.' or '>') => true,
        ('=', '=' or '>') => true,
        ('<', '-' or '=') => true,
        ('~', '~') => true,
        _ => false,
    };

    /// <summary>Reads the arrow that starts here, and stops before the node that it points to.</summary>
    public static EdgeKind Read(DiagramScanner scanner)
    {
        var pointsBack = scanner.SkipRun('<') > 0;
        var kind = ReadLine(scanner, scanner.Current);
        scanner.SkipSpaces();
        if (scanner.Current == '|' && kind != EdgeKind.Unfinished && !SkipPipedLabel(scanner))
            return EdgeKind.Unfinished;
        return pointsBack && kind == EdgeKind.Directed ? EdgeKind.BothWays : kind;
    }

    private static EdgeKind ReadLine(DiagramScanner scanner, char stroke)
    {
        var length = scanner.SkipRun(stroke);
        if (scanner.Current == '>')
        {
            scanner.Advance();
            return EdgeKind.Directed;
        }

        return (stroke, length) switch
        {
            ('-', 1) when scanner.Current == '.' => ReadDotted(scanner),
            ('-' or '=', 2) when !IsRoundOrCrossEnd(scanner) => ReadLabelled(scanner, stroke, minimumRun: 2),
            _ => SkipHeadlessEnd(scanner),
        };
    }

    /// <summary>Reads <c>-.-></c> or <c>-. label .-></c> from its first dot.</summary>
    private static EdgeKind ReadDotted(DiagramScanner scanner)
    {
        scanner.SkipRun('.');
        if (scanner.Current != '-')
            return ReadLabelled(scanner, '.', minimumRun: 1);
        scanner.SkipRun('-');
        return ReadEnd(scanner);
    }

    /// <summary>Skips a label up to the arrow's second half, which begins with at least so many of one character.</summary>
    private static EdgeKind ReadLabelled(DiagramScanner scanner, char stroke, int minimumRun)
    {
        scanner.SkipSpaces();
        if (scanner.Current == '"')
        {
            scanner.Advance();
            scanner.TrySkipPast('"');
        }

        scanner.SkipStatement(s => IsSecondHalf(s, stroke, minimumRun));
        if (scanner.AtLineEnd || scanner.Current == ';')
            return EdgeKind.Unfinished;
        scanner.SkipRun(stroke);
        scanner.SkipRun('-');
        return ReadEnd(scanner);
    }

    private static bool IsSecondHalf(DiagramScanner scanner, char stroke, int minimumRun) =>
        scanner.Current == stroke && scanner.Peek(1) == (minimumRun == 1 ? '-' : stroke);

    private static EdgeKind ReadEnd(DiagramScanner scanner)
    {
        if (scanner.Current != '>')
            return SkipHeadlessEnd(scanner);
        scanner.Advance();
        return EdgeKind.Directed;
    }

    private static EdgeKind SkipHeadlessEnd(DiagramScanner scanner)
    {
        if (IsRoundOrCrossEnd(scanner))
            scanner.Advance();
        return EdgeKind.Undirected;
    }

    // "A --o B" ends in a circle and "A --x B" in a cross; "A --ok--> B" has a label.
    private static bool IsRoundOrCrossEnd(DiagramScanner scanner) =>
        scanner.Current is 'o' or 'x' && char.IsWhiteSpace(scanner.Peek(1));

    private static bool SkipPipedLabel(DiagramScanner scanner)
    {
        scanner.Advance();
        scanner.SkipSpaces();
        if (scanner.Current == '"')
        {
            scanner.Advance();
            scanner.TrySkipPast('"');
        }

        return scanner.TrySkipPast('|');
    }
}

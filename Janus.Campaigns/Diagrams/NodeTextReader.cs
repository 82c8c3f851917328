namespace Janus.Campaigns.Diagrams;

/// <summary>The two texts of a node as they stand in the diagram, or what is wrong with them.</summary>
internal readonly record struct NodeText(string? Title, string? Description)
{
    public bool IsComplete => Title is not null && Description is not null;

    public string Problem => (Title, Description) switch
    {
        (null, null) => "It has neither a complete title nor a complete description.",
        (null, _) => "It has no complete title.",
        _ => "It has no complete description.",
    };
}

/// <summary>
/// Reads the tagged texts of a node. Only the closing tag ends a text, so brackets, arrows and less-than signs may stand in it;
/// another of the four tags means that the closing one was forgotten, so a broken node cannot swallow the next.
/// </summary>
internal static class NodeTextReader
{
    private enum Tag { None, Title, TitleEnd, Description, DescriptionEnd }

    /// <summary>Reads the title and the description in either order and stops behind the last complete one.</summary>
    public static NodeText Read(DiagramScanner scanner)
    {
        string? title = null, description = null;
        while (title is null || description is null)
        {
            var before = scanner.Mark;
            scanner.SkipBlank();
            var (tag, length) = TagAt(scanner);
            var content = tag switch
            {
                Tag.Title when title is null => title = ReadContent(scanner, length, Tag.TitleEnd),
                Tag.Description when description is null => description = ReadContent(scanner, length, Tag.DescriptionEnd),
                _ => null,
            };
            if (content is null)
            {
                scanner.Return(before);
                break;
            }
        }

        return new NodeText(title, description);
    }

    private static string? ReadContent(DiagramScanner scanner, int openingLength, Tag closing)
    {
        scanner.Advance(openingLength);
        var start = scanner.Mark;
        for (; !scanner.AtEnd; scanner.Advance())
        {
            var (tag, length) = TagAt(scanner);
            if (tag == closing)
            {
                var content = scanner.Since(start);
                scanner.Advance(length);
                return content;
            }

            if (tag != Tag.None)
                return null;
        }

        return null;
    }

    private static (Tag Tag, int Length) TagAt(DiagramScanner scanner)
    {
        if (scanner.Current != '<')
            return default;

        var at = SkipSpaces(scanner, 1);
        var closes = scanner.Peek(at) == '/';
        if (closes)
            at = SkipSpaces(scanner, at + 1);
        var name = Matches(scanner, at, "title") ? "title" : Matches(scanner, at, "description") ? "description" : null;
        if (name is null)
            return default;
        at = SkipSpaces(scanner, at + name.Length);
        if (scanner.Peek(at) != '>')
            return default;

        var tag = (name, closes) switch
        {
            ("title", false) => Tag.Title,
            ("title", true) => Tag.TitleEnd,
            (_, false) => Tag.Description,
            _ => Tag.DescriptionEnd,
        };
        return (tag, at + 1);
    }

    private static int SkipSpaces(DiagramScanner scanner, int at)
    {
        while (char.IsWhiteSpace(scanner.Peek(at)))
            at++;
        return at;
    }

    private static bool Matches(DiagramScanner scanner, int at, string name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (char.ToLowerInvariant(scanner.Peek(at + i)) != name[i])
                return false;
        }

        return true;
    }
}

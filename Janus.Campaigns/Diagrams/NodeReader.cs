namespace Janus.Campaigns.Diagrams;

/// <summary>A node as a statement names it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="IsBare">Whether only the id stands there, without a shape.</param>
internal readonly record struct NodeReference(string Id, bool IsBare);

/// <summary>Reads a node: an id, and perhaps a shape with its texts, and perhaps <c>:::class</c>.</summary>
internal sealed class NodeReader(DiagramScanner scanner, PlanDraft draft)
{
    private const int MaximumIdLength = 100;
    private const int LongestBracket = 3;

    /// <summary>Reads the node here, or <see langword="null"/> where no id starts.</summary>
    public NodeReference? Read(PhaseName phase)
    {
        var line = scanner.Line;
        var id = scanner.ReadId();
        if (id.Length == 0)
            return null;
        if (id.Length > MaximumIdLength)
            draft.RefuseNode(line, id, $"An id has at most {MaximumIdLength} characters.");

        var afterId = scanner.Mark;
        // Only the flag shape, A>text], must touch its id: "A > B" is no node.
        var hasShape = scanner.Current == '>';
        if (!hasShape)
        {
            scanner.SkipSpaces();
            hasShape = scanner.Current is '[' or '(' or '{';
        }

        if (hasShape)
            ReadShape(line, id, phase);
        else
            scanner.Return(afterId);
        SkipClass();
        return new NodeReference(id, IsBare: !hasShape);
    }

    private void ReadShape(int line, string id, PhaseName phase)
    {
        var closer = scanner.Current switch { '(' => ')', '{' => '}', _ => ']' };
        scanner.Advance();
        for (var i = 1; i < LongestBracket && scanner.Current is '[' or '(' or '{' or '/' or '\\'; i++)
            scanner.Advance();

        var inside = scanner.Mark;
        scanner.SkipBlank();
        SkipQuotes();
        var text = NodeTextReader.Read(scanner);
        if (text is { Title: { } title, Description: { } description })
        {
            SkipClosing();
            if (id.Length <= MaximumIdLength)
                draft.Define(line, id, PlanText.Decode(title), PlanText.Decode(description), phase);
            return;
        }

        draft.RefuseNode(line, id, text.Problem);
        if (text is { Title: null, Description: null })
            scanner.Return(inside);
        SkipPlainText(closer);
    }

    private void SkipPlainText(char closer)
    {
        scanner.SkipSpaces();
        if (scanner.Current == '"')
        {
            scanner.Advance();
            scanner.TrySkipPast('"');
        }

        if (!scanner.TrySkipPast(closer))
            scanner.SkipLine();
        SkipBrackets();
    }

    /// <summary>Skips what closes a shape. Where it was forgotten nothing is lost: both texts are complete.</summary>
    private void SkipClosing()
    {
        var afterText = scanner.Mark;
        scanner.SkipBlank();
        SkipQuotes();
        scanner.SkipBlank();
        if (!SkipBrackets())
            scanner.Return(afterText);
    }

    private bool SkipBrackets()
    {
        var count = 0;
        while (count < LongestBracket && scanner.Current is ']' or ')' or '}' or '/' or '\\')
        {
            scanner.Advance();
            count++;
        }

        return count > 0;
    }

    // Mermaid quotes a text as "text" or, with markdown in it, as "`text`".
    private void SkipQuotes()
    {
        for (var i = 0; i < 2 && scanner.Current is '"' or '\'' or '`'; i++)
            scanner.Advance();
    }

    private void SkipClass()
    {
        if (!scanner.StartsWith(":::"))
            return;
        scanner.Advance(3);
        scanner.ReadId();
    }
}

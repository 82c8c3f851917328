namespace Janus.Campaigns.Diagrams;

/// <summary>Reads what follows the word <c>subgraph</c>: <c>Phase 1</c>, <c>"Phase 1"</c> or <c>p1["Phase 1"]</c>.</summary>
internal static class SubgraphReader
{
    /// <summary>
    /// Reads the name. A title in brackets speaks before the id; an id such as <c>Phase1</c> speaks where the title is silent.
    /// A subgraph without a number of its own inside another one belongs to that one's phase.
    /// </summary>
    public static PhaseName Read(DiagramScanner scanner, PlanDraft draft, PhaseName enclosing)
    {
        var line = scanner.Line;
        scanner.SkipSpaces();
        var (id, title) = scanner.Current == '"' ? ("", ReadQuoted(scanner)) : ReadIdAndTitle(scanner);

        var phase = PhaseName.Read(title);
        if (phase is { Number: null, IsWrong: false } && PhaseName.Read(id) is { Number: not null } named)
            phase = named;
        if (phase is { Number: null, IsWrong: false } && enclosing != PhaseName.None)
            return enclosing;
        if (phase.Problem is { } problem)
            draft.Refuse(line, PlanText.Excerpt($"subgraph {(title.Length > 0 ? title : id)}"), problem + ".");
        return phase;
    }

    private static (string Id, string Title) ReadIdAndTitle(DiagramScanner scanner)
    {
        var start = scanner.Mark;
        scanner.SkipStatement(s => s.Current == '[' || (s.Current == '%' && s.Peek(1) == '%'));
        var name = PlanText.Decode(scanner.Since(start));
        // "subgraph Phase 1 A[<title>": nothing tells where the name ends and the node begins, so the node is left to be refused.
        if (scanner.Current != '[' || scanner.Peek(1) == '<')
            return ("", name);

        scanner.Advance();
        scanner.SkipSpaces();
        var title = scanner.Current == '"' ? ReadQuoted(scanner) : ReadUpTo(scanner, ']');
        scanner.SkipSpaces();
        scanner.SkipRun(']');
        return (name, title);
    }

    private static string ReadQuoted(DiagramScanner scanner)
    {
        scanner.Advance();
        var title = ReadUpTo(scanner, '"');
        if (scanner.Current == '"')
            scanner.Advance();
        return title;
    }

    private static string ReadUpTo(DiagramScanner scanner, char end)
    {
        var start = scanner.Mark;
        while (!scanner.AtLineEnd && scanner.Current != end)
            scanner.Advance();
        return PlanText.Decode(scanner.Since(start));
    }
}

namespace Janus.Campaigns.Diagrams;

/// <summary>
/// Reads a diagram statement by statement into a draft. What an id means is settled later, in <see cref="PlanAssembly"/>,
/// because an edge may stand before its nodes.
/// </summary>
internal sealed class DiagramReader(DiagramScanner scanner, PlanDraft draft)
{
    private readonly FenceReader _fences = new(scanner);
    private readonly NodeReader _nodes = new(scanner, draft);
    private readonly Stack<PhaseName> _subgraphs = new();

    private PhaseName Phase => _subgraphs.TryPeek(out var phase) ? phase : PhaseName.None;

    public void Read()
    {
        _fences.FindDiagram();
        while (!scanner.AtEnd && draft.TooLarge is null)
            ReadStatement();
    }

    private void ReadStatement()
    {
        scanner.SkipSpaces();
        if (scanner.AtLineEnd || scanner.Current == ';')
            scanner.Advance();
        else if (_fences.TryReadFence())
            return;
        else if (_fences.IsProse || IsComment())
            scanner.SkipLine();
        else if (!TryReadKeyword())
            ReadChain();
    }

    private bool TryReadKeyword()
    {
        var start = scanner.Mark;
        var word = scanner.ReadId();
        if (IsKeywordPosition())
        {
            switch (word.ToLowerInvariant())
            {
                case "graph" or "flowchart" or "flowchart-elk":
                    SkipDirection();
                    return true;
                case "subgraph":
                    _subgraphs.Push(SubgraphReader.Read(scanner, draft, Phase));
                    return true;
                case "end":
                    _subgraphs.TryPop(out _);
                    return true;
                case "style" or "classdef" or "class" or "linkstyle" or "click" or "direction":
                    scanner.SkipStatement();
                    return true;
                default:
                    break;
            }
        }

        scanner.Return(start);
        return false;
    }

    // A node may be called "end" or "style": what follows tells. "end --> B" is an edge, "end[..]" a node.
    private bool IsKeywordPosition()
    {
        if (!scanner.AtLineEnd && !char.IsWhiteSpace(scanner.Current) && scanner.Current is not (';' or '"'))
            return false;
        scanner.SkipSpaces();
        return !EdgeReader.IsHere(scanner) && scanner.Current != '&';
    }

    private void SkipDirection()
    {
        var start = scanner.Mark;
        if (scanner.ReadId().ToUpperInvariant() is not ("TB" or "TD" or "BT" or "LR" or "RL"))
            scanner.Return(start);
    }

    /// <summary>Reads <c>A</c>, <c>A --> B --> C</c> or <c>A &amp; B --> C</c>, where each may bring its shape along.</summary>
    private void ReadChain()
    {
        var start = scanner.Mark;
        var group = ReadGroup();
        scanner.SkipSpaces();
        if (group.Count == 0 || (!EdgeReader.IsHere(scanner) && group[^1].IsBare && !AtStatementEnd()))
        {
            RefuseLine(start);
            return;
        }

        if (!EdgeReader.IsHere(scanner))
        {
            foreach (var node in group.Where(node => node.IsBare))
                draft.Mention(start.Line, node.Id, Phase);
        }

        while (group.Count > 0 && EdgeReader.IsHere(scanner))
        {
            group = ReadEdge(group);
            scanner.SkipSpaces();
        }
    }

    /// <summary>Reads an arrow and what it points to.</summary>
    /// <returns>The nodes from which a chain goes on; none when the statement ends here.</returns>
    private List<NodeReference> ReadEdge(List<NodeReference> from)
    {
        var arrow = scanner.Mark;
        var kind = EdgeReader.Read(scanner);
        if (kind == EdgeKind.Unfinished)
        {
            scanner.SkipStatement();
            draft.Refuse(arrow.Line, $"{from[0].Id} {PlanText.Excerpt(scanner.Since(arrow))}", "The arrow is not finished.");
            return [];
        }

        scanner.SkipSpaces();
        var to = ReadGroup();
        if (to.Count == 0)
            draft.Refuse(arrow.Line, $"{from[0].Id} {PlanText.Excerpt(scanner.Since(arrow))}", "The arrow points to no node.");
        else
            draft.Connect(arrow.Line, Ids(from), Ids(to), kind);
        return to;
    }

    private List<NodeReference> ReadGroup()
    {
        List<NodeReference> group = [];
        while (_nodes.Read(Phase) is { } node)
        {
            group.Add(node);
            var afterNode = scanner.Mark;
            scanner.SkipSpaces();
            if (scanner.Current != '&')
            {
                scanner.Return(afterNode);
                break;
            }

            scanner.Advance();
            scanner.SkipSpaces();
        }

        return group;
    }

    private void RefuseLine(ScannerMark start)
    {
        scanner.SkipLine();
        draft.Refuse(start.Line, PlanText.Excerpt(scanner.Since(start)), "This is no part of a plan diagram.");
    }

    private bool AtStatementEnd() => scanner.AtLineEnd || scanner.Current == ';' || IsComment();

    private bool IsComment() => scanner.StartsWith("%%");

    private static List<string> Ids(List<NodeReference> nodes) => [.. nodes.Select(node => node.Id).Distinct()];
}

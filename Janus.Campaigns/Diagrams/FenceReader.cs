namespace Janus.Campaigns.Diagrams;

/// <summary>
/// Knows the code fences of the text. Models like to say something before and after a fenced diagram: when a fence opens on a
/// diagram's header, only what stands within fences is read. Otherwise the fences are skipped and everything is read.
/// </summary>
internal sealed class FenceReader(DiagramScanner scanner)
{
    private bool _diagramIsFenced;
    private bool _isOpen;

    /// <summary>Whether this place is outside the fences of a fenced diagram.</summary>
    public bool IsProse => _diagramIsFenced && !_isOpen;

    /// <summary>Looks once through the lines for a fence with a header behind it, and goes back to the beginning.</summary>
    public void FindDiagram()
    {
        var start = scanner.Mark;
        var afterFence = false;
        while (!scanner.AtEnd && !_diagramIsFenced)
        {
            scanner.SkipBlank();
            if (IsFence())
                afterFence = true;
            else if (!scanner.StartsWith("%%"))
            {
                _diagramIsFenced = afterFence && (scanner.StartsWith("graph") || scanner.StartsWith("flowchart"));
                afterFence = false;
            }

            scanner.SkipLine();
        }

        scanner.Return(start);
    }

    /// <summary>Skips a fence, if one is here, with its language. A fence with a language opens; one without opens or closes.</summary>
    public bool TryReadFence()
    {
        if (!IsFence())
            return false;
        scanner.SkipRun(scanner.Current);
        var language = scanner.ReadId();
        _isOpen = language.Length > 0 || !_isOpen;
        return true;
    }

    private bool IsFence() => scanner.StartsWith("```") || scanner.StartsWith("~~~");
}

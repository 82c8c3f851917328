namespace Janus.Web.Canvas.Layout;

/// <summary>Which column each post is in, and how many columns each phase has.</summary>
/// <param name="Of">Columns counted from 0 over all phases, by the post's place in the plan.</param>
/// <param name="PerPhase">Columns of each phase in turn, at least 1.</param>
internal sealed record SubColumns(int[] Of, int[] PerPhase)
{
    private const int FewestRows = 3;

    /// <summary>How many columns there are.</summary>
    public int Count => PerPhase.Sum();

    /// <summary>Tries every height that a column may have and keeps the one whose whole comes nearest to the wished shape.</summary>
    public static SubColumns Choose(PostGraph graph, CanvasMeasures measures)
    {
        var phases = Enumerable.Range(1, CanvasPost.Phases).Select(phase => new PhaseOrder(graph, phase)).ToList();
        var most = Math.Max(FewestRows, phases.Max(phase => phase.Count));
        return Enumerable.Range(FewestRows, most - FewestRows + 1)
            .Select(rows => phases.Select(phase => ColumnsFor(phase.Count, rows, measures)).ToArray())
            .DistinctBy(counts => string.Join(' ', counts), StringComparer.Ordinal)
            .Select(counts => Deal(graph, phases, counts))
            .MinBy(columns => Math.Abs(Math.Log(columns.Shape(graph, measures) / measures.AspectRatio)))!;
    }

    private static int ColumnsFor(int posts, int rows, CanvasMeasures measures) =>
        posts <= measures.MostInOneColumn ? 1 : Math.Max(2, (posts + rows - 1) / rows);

    private static SubColumns Deal(PostGraph graph, List<PhaseOrder> phases, int[] counts)
    {
        var columns = new int[graph.Posts.Count];
        var first = 0;
        foreach (var (phase, count) in phases.Zip(counts))
        {
            foreach (var (post, column) in phase.Fill(count))
                columns[post] = first + column;
            first += count;
        }

        return new SubColumns(columns, counts);
    }

    // Edges that pass through a column make it higher, so they count: with many of them a wider whole is the better one.
    private double Shape(PostGraph graph, CanvasMeasures measures)
    {
        var heights = new int[Count];
        for (var post = 0; post < Of.Length; post++)
            heights[Of[post]] += graph.Posts[post].Height + measures.RowGap;
        foreach (var (from, to) in graph.Links)
        {
            foreach (var column in Passed(Of[from], Of[to]))
                heights[column] += measures.LaneGap;
        }

        return (Count * (double)measures.ColumnPitch) / Math.Max(1, heights.Max());
    }

    /// <summary>
    /// The columns that an edge passes through, in the order it does. One that leads back passes through the column it leaves too: it sets
    /// out to the right like every edge, and turns.
    /// </summary>
    public static IEnumerable<int> Passed(int from, int to)
    {
        for (var column = from + 1; column < to; column++)
            yield return column;
        for (var column = from; column > to; column--)
            yield return column;
    }
}

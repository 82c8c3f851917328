namespace Janus.Web.Canvas.Layout;

/// <summary>
/// Lays out a campaign: phases from left to right, posts in columns, edges that seldom cross and never pass through a card. The same posts
/// always give the same plan.
/// </summary>
internal static class CanvasLayout
{
    /// <summary>Places posts and draws the edges among them.</summary>
    /// <param name="posts">In plan order.</param>
    /// <param name="measures">The sizes to keep to; those of the page if none are given.</param>
    /// <exception cref="ArgumentException">Two posts have the same key.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A phase is not 1 to 3, or a height is negative.</exception>
    public static CanvasPlan Arrange(IReadOnlyList<CanvasPost> posts, CanvasMeasures? measures = null)
    {
        measures ??= CanvasMeasures.Default;
        var plan = PostGraph.Of(posts);
        var columns = SubColumns.Choose(plan, measures);
        var graph = new LayeredGraph(plan, columns);
        var order = ColumnOrder.WithFewCrossings(graph);
        var (tops, height) = RowPlacement.Place(graph, order, measures);
        var rows = Rows(graph, order);

        return new CanvasPlan(
            [.. posts.Select((post, at) => new PlacedPost(post.Key, post.Phase, columns.Of[at], rows[at], new Rect(
                measures.ColumnX(columns.Of[at]), measures.Top + tops[at], measures.CardWidth, post.Height)))],
            Draw(plan, graph, tops, measures),
            Phases(columns, measures),
            measures.ColumnX(columns.Count) - measures.ColumnGap + RoomForLoops(graph, columns, measures),
            measures.Top + height);
    }

    private static Dictionary<int, int> Rows(LayeredGraph graph, int[][] order) => order
        .SelectMany(column => column.Where(node => !graph.Nodes[node].IsLane).Index())
        .ToDictionary(card => card.Item, card => card.Index);

    private static List<PhaseColumn> Phases(SubColumns columns, CanvasMeasures measures)
    {
        var phases = new List<PhaseColumn>();
        var first = 0;
        foreach (var count in columns.PerPhase)
        {
            phases.Add(new PhaseColumn(phases.Count + 1, measures.ColumnX(first), (count * measures.ColumnPitch) - measures.ColumnGap));
            first += count;
        }

        return phases;
    }

    // Loops stand in the gap to the right of their column, and the last column has none.
    private static int RoomForLoops(LayeredGraph graph, SubColumns columns, CanvasMeasures measures) =>
        graph.Routes.Any(route => graph.Nodes[route[0]].Column == columns.Count - 1) ? EdgePath.LoopReach(measures.ColumnGap) : 0;

    private static List<DrawnEdge> Draw(PostGraph plan, LayeredGraph graph, int[] tops, CanvasMeasures measures)
    {
        double[] middles = [.. tops.Select((top, node) => measures.Top + top + (graph.Nodes[node].Height / 2.0))];
        var ports = new Ports(graph, middles, measures);
        return [.. graph.Routes.Select((route, edge) => new DrawnEdge(
            plan.Posts[route[0]].Key, plan.Posts[route[^1]].Key, Path(edge, route)))];

        string Path(int edge, int[] route)
        {
            var enteredLeft = Ports.EntersLeft(graph, route);
            var path = new EdgePath(Right(route[0]), middles[route[0]] + ports.Offset(edge, isEnd: false));
            for (var at = 1; at < route.Length; at++)
            {
                var node = route[at];
                var isEnd = at == route.Length - 1;
                var (near, far) = enteredLeft ? (Left(node), Right(node)) : (Right(node), Left(node));
                var y = middles[node] + (isEnd ? ports.Offset(edge, isEnd: true) : 0);
                if (at == 1 && !enteredLeft)
                    path.Loop(near, y, measures.ColumnGap);
                else
                    path.Curve(near, y);
                if (!isEnd)
                    path.Line(far, y);
            }

            return path.ToString();
        }

        double Left(int node) => measures.ColumnX(graph.Nodes[node].Column);
        double Right(int node) => Left(node) + measures.CardWidth;
    }
}

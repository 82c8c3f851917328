namespace Janus.Web.Canvas.Layout;

/// <summary>A card, or a lane: the room that an edge needs where it passes through a column.</summary>
/// <param name="Column">Its column.</param>
/// <param name="Height">Its height in px; a lane has none.</param>
/// <param name="Post">The post's place in the plan, or null for a lane.</param>
internal sealed record LayerNode(int Column, int Height, int? Post)
{
    /// <summary>Whether an edge passes here.</summary>
    public bool IsLane => Post is null;
}

/// <summary>
/// Posts and lanes in their columns, so that every edge is a row of steps from a column to the next: what the method of Sugiyama works on.
/// The nodes of the posts come first and have their places in the plan as numbers.
/// </summary>
internal sealed class LayeredGraph
{
    private readonly List<LayerNode> _nodes = [];
    private readonly List<List<int>> _left = [];
    private readonly List<List<int>> _right = [];

    public LayeredGraph(PostGraph graph, SubColumns columns)
    {
        for (var post = 0; post < graph.Posts.Count; post++)
            Add(new LayerNode(columns.Of[post], graph.Posts[post].Height, post));
        Routes = [.. graph.Links.Select(link => Route(link.From, link.To))];
        Left = [.. _left.Select(joined => joined.ToArray())];
        Right = [.. _right.Select(joined => joined.ToArray())];

        // In plan order a lane stands level with the card that its edge comes from.
        var levels = new Dictionary<int, int>();
        foreach (var column in Cards().GroupBy(post => _nodes[post].Column))
        {
            foreach (var (level, post) in column.Index())
                levels[post] = level;
        }

        foreach (var route in Routes)
        {
            foreach (var lane in route[1..^1])
                levels[lane] = levels[route[0]];
        }

        PlanOrder = [.. Enumerable.Range(0, columns.Count).Select(column => Enumerable.Range(0, _nodes.Count)
            .Where(node => _nodes[node].Column == column)
            .OrderBy(node => levels[node]).ThenBy(node => node)
            .ToArray())];

        IEnumerable<int> Cards() => Enumerable.Range(0, graph.Posts.Count);
    }

    /// <summary>All nodes.</summary>
    public IReadOnlyList<LayerNode> Nodes => _nodes;

    /// <summary>The nodes that each edge visits, from the card it leaves to the card it leads to, in the order of the links.</summary>
    public IReadOnlyList<int[]> Routes { get; }

    /// <summary>The nodes of each column from top to bottom as nobody has ordered them: as planned.</summary>
    public int[][] PlanOrder { get; }

    /// <summary>For each node the nodes in the column to the left that it is joined to.</summary>
    public int[][] Left { get; }

    /// <summary>For each node the nodes in the column to the right that it is joined to.</summary>
    public int[][] Right { get; }

    private int[] Route(int from, int to)
    {
        int[] route = [from, .. SubColumns.Passed(_nodes[from].Column, _nodes[to].Column).Select(column => Add(new LayerNode(column, 0, null))), to];
        foreach (var (one, other) in route.Zip(route.Skip(1)))
        {
            // Steps inside a column are drawn beside it and cross nothing between columns.
            if (_nodes[one].Column == _nodes[other].Column)
                continue;
            var (west, east) = _nodes[one].Column < _nodes[other].Column ? (one, other) : (other, one);
            _right[west].Add(east);
            _left[east].Add(west);
        }

        return route;
    }

    private int Add(LayerNode node)
    {
        _nodes.Add(node);
        _left.Add([]);
        _right.Add([]);
        return _nodes.Count - 1;
    }
}

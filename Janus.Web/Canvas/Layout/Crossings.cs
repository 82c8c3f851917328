namespace Janus.Web.Canvas.Layout;

/// <summary>Counts the edges that cross.</summary>
internal static class Crossings
{
    /// <summary>
    /// The number of pairs of steps between the same two neighbouring columns that cross. Steps that share an end do not, nor do edges
    /// inside a column.
    /// </summary>
    /// <param name="graph">The graph.</param>
    /// <param name="order">The nodes of each column from top to bottom.</param>
    public static int Count(LayeredGraph graph, int[][] order)
    {
        var positions = Positions(graph, order);
        var crossings = 0;
        for (var column = 0; column + 1 < order.Length; column++)
        {
            var ends = new EndsSeen(order[column + 1].Length);
            foreach (var node in order[column])
            {
                // All steps of a node are counted before any is added: they share an end.
                foreach (var next in graph.Right[node])
                    crossings += ends.Below(positions[next]);
                foreach (var next in graph.Right[node])
                    ends.Add(positions[next]);
            }
        }

        return crossings;
    }

    /// <summary>Each node's place in its column.</summary>
    public static int[] Positions(LayeredGraph graph, int[][] order)
    {
        var positions = new int[graph.Nodes.Count];
        foreach (var column in order)
        {
            foreach (var (position, node) in column.Index())
                positions[node] = position;
        }

        return positions;
    }

    /// <summary>How many crossings fewer there are when two neighbours of a column change places. No others change then.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="positions">Each node's place in its column.</param>
    /// <param name="upper">The node above.</param>
    /// <param name="lower">The node below.</param>
    public static int Saved(LayeredGraph graph, int[] positions, int upper, int lower) =>
        Saved(graph.Left[upper], graph.Left[lower], positions) + Saved(graph.Right[upper], graph.Right[lower], positions);

    private static int Saved(int[] ofUpper, int[] ofLower, int[] positions)
    {
        var saved = 0;
        foreach (var one in ofUpper)
        {
            foreach (var other in ofLower)
                saved += Math.Sign(positions[one] - positions[other]);
        }

        return saved;
    }

    /// <summary>A Fenwick tree: adding and counting take steps by the logarithm of the column's length.</summary>
    private sealed class EndsSeen(int length)
    {
        private readonly int[] _tree = new int[length + 1];
        private int _all;

        public void Add(int position)
        {
            _all++;
            for (var at = position + 1; at < _tree.Length; at += at & -at)
                _tree[at]++;
        }

        public int Below(int position)
        {
            var upTo = 0;
            for (var at = position + 1; at > 0; at -= at & -at)
                upTo += _tree[at];
            return _all - upTo;
        }
    }
}

namespace Janus.Web.Canvas.Layout;

/// <summary>
/// Orders the nodes of each column so that few edges cross: the method of Sugiyama, Tagawa and Toda (1981) with the weighted sweeps and the
/// exchanges of Gansner, Koutsofios, North and Vo (1993). Finding the fewest is NP-hard, so this finds few. It uses no chance, and starts
/// from plan order and keeps the best seen, so that it is never worse than that.
/// </summary>
internal sealed class ColumnOrder
{
    private const int LeastSweeps = 8;
    private const int Patience = 4; // Each kind of sweep once more.
    private const int MostSweeps = 48;

    private readonly LayeredGraph _graph;
    private readonly int[][] _order;
    private readonly int[] _positions;
    private readonly int[] _planned;

    private ColumnOrder(LayeredGraph graph)
    {
        _graph = graph;
        _order = Copy(graph.PlanOrder);
        _positions = Crossings.Positions(graph, _order);
        _planned = [.. _positions];
    }

    /// <summary>The nodes of each column from top to bottom.</summary>
    public static int[][] WithFewCrossings(LayeredGraph graph)
    {
        var work = new ColumnOrder(graph);
        var best = Copy(work._order);
        var fewest = Crossings.Count(graph, best);
        var sinceBetter = 0;
        for (var sweep = 0; sweep < MostSweeps && fewest > 0 && (sweep < LeastSweeps || sinceBetter < Patience); sweep++)
        {
            work.Sweep(sweep);
            work.Exchange(keepPlan: false);
            sinceBetter++;
            var count = Crossings.Count(graph, work._order);
            if (count >= fewest)
                continue;
            (best, fewest, sinceBetter) = (Copy(work._order), count, 0);
        }

        work.Take(best);
        work.Exchange(keepPlan: true);
        return work._order;
    }

    private static int[][] Copy(int[][] order) => [.. order.Select(column => column.ToArray())];

    private void Take(int[][] order)
    {
        for (var column = 0; column < order.Length; column++)
            Put(column, order[column]);
    }

    private void Put(int column, int[] nodes)
    {
        _order[column] = nodes;
        for (var row = 0; row < nodes.Length; row++)
            _positions[nodes[row]] = row;
    }

    // To the right and back by barycentre, then to the right and back by median: each gets out of places where the other is stuck.
    private void Sweep(int sweep)
    {
        var byMedian = sweep % 4 >= 2;
        if (sweep % 2 == 0)
        {
            for (var column = 1; column < _order.Length; column++)
                Sort(column, _graph.Left, byMedian);
        }
        else
        {
            for (var column = _order.Length - 2; column >= 0; column--)
                Sort(column, _graph.Right, byMedian);
        }
    }

    // A node without neighbours on that side says nothing about where it should be, so it stays where it is.
    private void Sort(int column, int[][] neighbours, bool byMedian)
    {
        var nodes = _order[column];
        var joined = nodes.Where(node => neighbours[node].Length > 0);
        var sorted = new Queue<int>(joined.OrderBy(node => Middle(neighbours[node], byMedian))); // A stable sort: ties stay in order.
        Put(column, [.. nodes.Select(node => neighbours[node].Length > 0 ? sorted.Dequeue() : node)]);
    }

    private double Middle(int[] neighbours, bool byMedian)
    {
        if (neighbours.Length == 1)
            return _positions[neighbours[0]]; // As nearly all are: the two neighbours of a lane are on different sides.
        double[] places = [.. neighbours.Select(node => _positions[node])];
        return byMedian ? Median.Of(places) : places.Average();
    }

    // Neighbours change places where that saves crossings and, to keep the plan, where it costs none and they are out of plan order. Each
    // exchange lowers the crossings, or keeps them and lowers the pairs out of order, so this ends. A column is looked at again only
    // after it or one beside it changed. From the right, so that the first phase is the last to leave plan order.
    private void Exchange(bool keepPlan)
    {
        var stale = new SortedSet<int>(Enumerable.Range(0, _order.Length));
        while (stale.Count > 0)
        {
            var column = stale.Max;
            stale.Remove(column);
            if (!ExchangeIn(column, keepPlan))
                continue;
            stale.Add(column);
            if (column > 0)
                stale.Add(column - 1);
            if (column + 1 < _order.Length)
                stale.Add(column + 1);
        }
    }

    private bool ExchangeIn(int column, bool keepPlan)
    {
        var nodes = _order[column];
        var changed = false;
        for (var row = 0; row + 1 < nodes.Length; row++)
        {
            var (upper, lower) = (nodes[row], nodes[row + 1]);
            var saved = Crossings.Saved(_graph, _positions, upper, lower);
            if (saved < 0 || (saved == 0 && !(keepPlan && _planned[upper] > _planned[lower])))
                continue;
            (nodes[row], nodes[row + 1]) = (lower, upper);
            (_positions[upper], _positions[lower]) = (row + 1, row);
            changed = true;
        }

        return changed;
    }
}

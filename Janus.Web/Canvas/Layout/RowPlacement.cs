using System.Runtime.InteropServices;

namespace Janus.Web.Canvas.Layout;

/// <summary>
/// Gives every node its height on the canvas: near the median of its neighbours, in the order found and with the gaps kept. No column
/// reaches beyond the highest one, so the whole is as high as it must be and no higher.
/// </summary>
internal sealed class RowPlacement
{
    private const int Rounds = 6;

    // A bend in an edge that passes through is seen sooner than one at a card, and a card without neighbours gives way to all others.
    private const double LaneWeight = 8;
    private const double FreeWeight = 0.05;

    private readonly LayeredGraph _graph;
    private readonly CanvasMeasures _measures;
    private readonly int[][] _order;
    private readonly int[][] _packed;
    private readonly int[] _lengths;
    private readonly double[] _tops;

    private RowPlacement(LayeredGraph graph, int[][] order, CanvasMeasures measures)
    {
        (_graph, _order, _measures) = (graph, order, measures);
        _packed = [.. order.Select(Packed)];
        _lengths = [.. order.Select((column, at) => column.Length == 0 ? 0 : _packed[at][^1] + graph.Nodes[column[^1]].Height)];
        _tops = new double[graph.Nodes.Count];
    }

    /// <summary>The height of the whole, in px.</summary>
    private int Height => _lengths.Max();

    /// <summary>Places the nodes.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="order">The nodes of each column from top to bottom.</param>
    /// <param name="measures">The gaps to keep.</param>
    /// <returns>The top of each node in whole px, from 0, and the height of the whole.</returns>
    public static (int[] Tops, int Height) Place(LayeredGraph graph, int[][] order, CanvasMeasures measures)
    {
        var work = new RowPlacement(graph, order, measures);
        work.Centre();
        for (var round = 0; round < Rounds; round++)
        {
            for (var column = 1; column < order.Length; column++)
                work.Settle(column, graph.Left);
            for (var column = order.Length - 2; column >= 0; column--)
                work.Settle(column, graph.Right);
        }

        for (var column = 0; column < order.Length; column++)
            work.Settle(column, graph.Left, graph.Right);
        return ([.. work._tops.Select(top => (int)top)], work.Height);
    }

    // The tops of a column's nodes when it is pushed together as far as the gaps allow, the first at 0.
    private int[] Packed(int[] column)
    {
        var packedTops = new int[column.Length];
        for (var row = 1; row < column.Length; row++)
        {
            var (above, below) = (_graph.Nodes[column[row - 1]], _graph.Nodes[column[row]]);
            packedTops[row] = packedTops[row - 1] + above.Height + (above.IsLane || below.IsLane ? _measures.LaneGap : _measures.RowGap);
        }

        return packedTops;
    }

    private void Centre()
    {
        for (var column = 0; column < _order.Length; column++)
        {
            for (var row = 0; row < _order[column].Length; row++)
                _tops[_order[column][row]] = _packed[column][row] + ((Height - _lengths[column]) / 2);
        }
    }

    // How far each node stands below its packed place must never fall from one node to the next: then all gaps are kept. The
    // slack is rounded and not the top, since rounding keeps that order, and the packed places are whole.
    private void Settle(int column, params ReadOnlySpan<int[][]> sides)
    {
        var nodes = _order[column];
        var wishes = new double[nodes.Length];
        var weights = new double[nodes.Length];
        var pulls = new List<double>();
        for (var row = 0; row < nodes.Length; row++)
        {
            var node = nodes[row];
            pulls.Clear();
            foreach (var side in sides)
                Pull(node, side[node], pulls);
            var top = pulls.Count == 0 ? _tops[node] : Median.Of(CollectionsMarshal.AsSpan(pulls)) - (_graph.Nodes[node].Height / 2.0);
            wishes[row] = top - _packed[column][row];
            weights[row] = pulls.Count == 0 ? FreeWeight : _graph.Nodes[node].IsLane ? LaneWeight : pulls.Count;
        }

        var slack = Isotonic.Fit(wishes, weights);
        for (var row = 0; row < nodes.Length; row++)
            _tops[nodes[row]] = _packed[column][row] + Math.Floor(Math.Clamp(slack[row], 0, Height - _lengths[column]) + 0.5);
    }

    // Like pulls like twice: a card is drawn level with a card rather than with an edge that passes, and such an edge goes on level.
    private void Pull(int node, int[] neighbours, List<double> pulls)
    {
        foreach (var neighbour in neighbours)
        {
            pulls.Add(Middle(neighbour));
            if (_graph.Nodes[neighbour].IsLane == _graph.Nodes[node].IsLane)
                pulls.Add(Middle(neighbour));
        }
    }

    private double Middle(int node) => _tops[node] + (_graph.Nodes[node].Height / 2.0);
}

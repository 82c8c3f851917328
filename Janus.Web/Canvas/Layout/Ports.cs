namespace Janus.Web.Canvas.Layout;

/// <summary>
/// Where edges touch the cards. Those at one side of a card are spread about its middle in the order of where they come from or go to, so
/// that they can be told apart and do not cross on the last bit of their way.
/// </summary>
internal sealed class Ports
{
    private const double WidestStep = 9;

    private readonly Dictionary<(int Edge, bool IsEnd), double> _offsets = [];

    /// <summary>Spreads all edges.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="middles">Half way down each node, in px.</param>
    /// <param name="measures">How far to spread.</param>
    public Ports(LayeredGraph graph, double[] middles, CanvasMeasures measures)
    {
        var touches = graph.Routes.Index().SelectMany(route => new[]
        {
            (Edge: route.Index, IsEnd: false, Card: route.Item[0], IsLeft: false, Towards: middles[route.Item[1]]),
            (Edge: route.Index, IsEnd: true, Card: route.Item[^1], IsLeft: EntersLeft(graph, route.Item), Towards: middles[route.Item[^2]]),
        });
        foreach (var side in touches.GroupBy(touch => (touch.Card, touch.IsLeft)))
        {
            var reach = Math.Min(measures.PortReach, graph.Nodes[side.Key.Card].Height / 2.0);
            var spread = side.OrderBy(touch => touch.Towards).ToList();
            var step = Math.Min(WidestStep, 2 * reach / Math.Max(1, spread.Count - 1));
            foreach (var (at, touch) in spread.Index())
                _offsets[(touch.Edge, touch.IsEnd)] = (at - ((spread.Count - 1) / 2.0)) * step;
        }
    }

    /// <summary>
    /// Whether an edge reaches its last card from the left. Those inside a column and those that lead back come from the right, where
    /// they turn.
    /// </summary>
    public static bool EntersLeft(LayeredGraph graph, int[] route) => graph.Nodes[route[0]].Column < graph.Nodes[route[^1]].Column;

    /// <summary>How far below the middle of its card an edge begins or ends, in px.</summary>
    /// <param name="edge">The edge's place among the routes.</param>
    /// <param name="isEnd">Whether its end is asked for and not its beginning.</param>
    public double Offset(int edge, bool isEnd) => _offsets[(edge, isEnd)];
}

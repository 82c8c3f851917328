using FsCheck;
using FsCheck.Fluent;
using Janus.Web.Canvas.Layout;

namespace Janus.Tests.Canvas;

/// <summary>How many edges cross, against leaving the posts as they were planned.</summary>
public sealed class CrossingsTests(ITestOutputHelper output)
{
    [Fact]
    public void No_plan_has_more_crossings_than_its_posts_in_plan_order() =>
        Prop.ForAll(CanvasPlans.Any.ToArbitrary(), posts =>
        {
            var (planned, ordered) = Count(posts);
            ordered.ShouldBeLessThanOrEqualTo(planned);
        }).Check(CanvasPlans.Fixed(300));

    [Fact]
    public void Over_many_plans_far_fewer_edges_cross_than_in_plan_order()
    {
        var counts = CanvasPlans.Sample(300).Select(Count).ToList();
        var (planned, ordered) = (counts.Sum(count => count.Planned), counts.Sum(count => count.Ordered));
        output.WriteLine($"{planned} crossings in plan order, {ordered} as laid out: {100.0 * ordered / planned:0.0} %");
        ((double)ordered / planned).ShouldBeLessThan(0.25); // 0.18 when this was written.
    }

    [Fact]
    public void They_are_counted_as_pairs_looked_at_one_by_one_would_be() =>
        Prop.ForAll(CanvasPlans.Any.ToArbitrary(), posts =>
        {
            var graph = Graph(posts);
            var at = Crossings.Positions(graph, graph.PlanOrder);
            var steps = Enumerable.Range(0, graph.Nodes.Count).SelectMany(node => graph.Right[node].Select(next => (From: node, To: next)))
                .GroupBy(step => graph.Nodes[step.From].Column);
            var pairs = steps.Sum(gap => gap.Sum(one => gap.Count(other => at[one.From] < at[other.From] && at[one.To] > at[other.To])));
            Crossings.Count(graph, graph.PlanOrder).ShouldBe(pairs);
        }).Check(CanvasPlans.Fixed(30));

    private static (int Planned, int Ordered) Count(CanvasPost[] posts)
    {
        var graph = Graph(posts);
        return (Crossings.Count(graph, graph.PlanOrder), Crossings.Count(graph, ColumnOrder.WithFewCrossings(graph)));
    }

    private static LayeredGraph Graph(CanvasPost[] posts)
    {
        var graph = PostGraph.Of(posts);
        return new LayeredGraph(graph, SubColumns.Choose(graph, CanvasMeasures.Default));
    }
}

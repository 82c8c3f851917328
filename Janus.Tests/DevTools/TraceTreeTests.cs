using Janus.DevTools.Traces.Trees;

namespace Janus.Tests.DevTools;

/// <summary>Spans come in any order and with gaps, and are put where they belong.</summary>
public sealed class TraceTreeTests
{
    private const string Step = TraceAttributes.Step;
    private const string Attempt = TraceAttributes.Attempt;
    private const string Campaign = TraceAttributes.Campaign;

    [Fact]
    public void Children_stand_below_their_parents_in_the_order_in_which_they_began()
    {
        var trace = new MadeUpTrace().Add("c", "a", "late", "s", 5, 1).Add("d", "b", "deep", "s", 2, 1).Add("b", "a", "early", "s", 1, 3).Add("a", null, "root", "s", 0, 9);

        Outline(TraceTree.Of(trace.Spans)).ShouldBe(["root", " early", "  deep", " late"]);
    }

    [Fact]
    public void A_span_whose_parent_never_came_stands_below_the_claim_of_its_attempt_or_else_below_the_first()
    {
        var trace = new MadeUpTrace()
            .Add("a", null, "root", "s", 0, 1)
            .Add("b", "a", "claim generation_step", "s", 1, 1, (Step, 7L), (Attempt, 1L))
            .Add("c", "a", "claim generation_step", "s", 9, 1, (Step, 7L), (Attempt, 2L))
            .Add("d", "gone", "generate_content", "s", 2, 1, (Step, 7L), (Attempt, 1L))
            .Add("e", "gone", "db renew", "s", 3, 1);

        var tree = TraceTree.Of(trace.Spans);

        Outline(tree).ShouldBe(["root", " claim generation_step", "  generate_content ?", " db renew ?", " claim generation_step"]);
    }

    [Fact]
    public void Without_a_first_span_those_whose_parent_never_came_are_the_roots()
    {
        var trace = new MadeUpTrace().Add("b", "gone", "second", "s", 1, 1).Add("a", "gone", "first", "s", 0, 1).Add("c", "a", "child", "s", 0, 1);

        Outline(TraceTree.Of(trace.Spans)).ShouldBe(["first ?", " child", "second ?"]);
    }

    [Fact]
    public void Spans_that_name_each_other_as_parents_are_still_shown_once()
    {
        var trace = new MadeUpTrace().Add("a", "b", "one", "s", 0, 1).Add("b", "a", "two", "s", 1, 1).Add("c", "c", "own", "s", 2, 1)
            .Add("d", "gone", "lost", "s", 3, 1, (Step, 1L), (Attempt, 1L)).Add("e", "d", "claim generation_step", "s", 4, 1, (Step, 1L), (Attempt, 1L));

        TraceTree.Of(trace.Spans).Nodes.Select(node => node.Span.Name).ShouldBe(["one", "two", "own", "lost", "claim generation_step"], ignoreOrder: true);
    }

    [Fact]
    public void A_trace_belongs_to_the_campaign_that_it_names_or_links_to()
    {
        var plan = new MadeUpTrace("1").Add("a", null, "POST plan", "s", 0, 1).Add("b", "a", "send", "s", 0, 1, (Campaign, "c_1"));
        var retry = new MadeUpTrace("2", plan.Spans[0].StartNanoseconds / 1_000_000 + 10).Add("c", null, "POST retry", "s", 0, 1).Linking("b", "1");
        var approve = new MadeUpTrace("3", plan.Spans[0].StartNanoseconds / 1_000_000 + 20).Add("d", null, "POST approve", "s", 0, 1, (Campaign, "c_1"));
        var get = new MadeUpTrace("4", plan.Spans[0].StartNanoseconds / 1_000_000 + 5).Add("e", null, "GET nodes", "s", 0, 1);

        var campaigns = CampaignTraces.Of([.. approve.Spans, .. get.Spans, .. retry.Spans, .. plan.Spans]);

        campaigns.Select(campaign => (campaign.CampaignId, string.Join(' ', campaign.TraceIds))).ShouldBe([("c_1", "1 2 3"), (null, "4")]);
    }

    private static IEnumerable<string> Outline(TraceTree tree) =>
        tree.Nodes.Select(node => $"{new string(' ', node.Depth)}{node.Span.Name}{(node.IsParentMissing ? " ?" : "")}");
}

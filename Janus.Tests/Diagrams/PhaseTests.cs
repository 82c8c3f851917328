using Janus.Campaigns.Diagrams;

namespace Janus.Tests.Diagrams;

public sealed class PhaseTests
{
    [Theory]
    [InlineData("Phase 1", 1)]
    [InlineData("Phase 2: Launch", 2)]
    [InlineData("Phase 3 (Existing)", 3)]
    [InlineData("Phase 2 (New)", 2)]
    [InlineData("Phase 2 - Launch & Learn", 2)]
    [InlineData("Phase 2: R&amp;D; ", 2)]
    [InlineData("\"Phase 3\"", 3)]
    [InlineData("\"Phase 3: Grow in 12 weeks\"", 3)]
    [InlineData("p1[\"Phase 1\"]", 1)]
    [InlineData("p1[\"Phase 2: Launch; part 4\"]", 2)]
    [InlineData("p3 [Phase 2]", 2)]
    [InlineData("Phase2", 2)]
    [InlineData("phase-3", 3)]
    [InlineData("PHASE 2", 2)]
    [InlineData("🚀 Phase 2", 2)]
    [InlineData("Phase&nbsp;2", 2)]
    [InlineData("Phase2[\"Launch\"]", 2)]
    [InlineData("Phase 1 %% the teaser", 1)]
    public void A_phase_is_read_from_the_number_that_leads_the_name(string header, int phase)
    {
        var diagram = Plans.InSubgraph(header);
        diagram.Nodes.ShouldHaveSingleItem().Phase.ShouldBe(phase);
        diagram.Refusals.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Phase 12", "There are phases 1 to 3 only.")]
    [InlineData("Phase 0", "There are phases 1 to 3 only.")]
    [InlineData("Phase 4", "There are phases 1 to 3 only.")]
    [InlineData("Phase 99999999999999999999", "There are phases 1 to 3 only.")]
    [InlineData("Phase 1.5", "A phase is a whole number.")]
    [InlineData("Phase -1", "Its name has no number after \"Phase\".")]
    [InlineData("Phase Two", "Its name has no number after \"Phase\".")]
    [InlineData("Phase", "Its name has no number after \"Phase\".")]
    [InlineData("Launch", "Its name does not begin with \"Phase 1\", \"Phase 2\" or \"Phase 3\".")]
    [InlineData("3 weeks before", "Its name does not begin with \"Phase 1\", \"Phase 2\" or \"Phase 3\".")]
    [InlineData("", "Its name does not begin with \"Phase 1\", \"Phase 2\" or \"Phase 3\".")]
    public void A_phase_that_cannot_be_read_is_refused_with_its_reason_and_is_never_Phase_1(string header, string reason)
    {
        var diagram = Plans.InSubgraph(header);
        diagram.Nodes.ShouldBeEmpty();
        diagram.Refusals.Count.ShouldBe(2);
        diagram.Refusals[0].ShouldBe(new PlanRefusal(2, $"subgraph {header}".Trim(), reason));
        diagram.Refusals[1].What.ShouldBe("A");
    }

    [Fact]
    public void A_node_outside_every_phase_takes_the_one_phase_of_its_neighbours()
    {
        var diagram = PlanDiagram.Parse(Plans.Abc($"{Plans.Node("X")}\nB --> X"));
        diagram.Nodes.Single(node => node.Id == "X").Phase.ShouldBe(2);
        diagram.Edges().ShouldBe(["B>X"]);
        diagram.Refusals.ShouldBeEmpty();
    }

    [Fact]
    public void A_node_between_two_phases_is_refused_with_its_edges()
    {
        var diagram = PlanDiagram.Parse(Plans.Abc($"{Plans.Node("X")}\nB --> X --> C"));
        diagram.Ids().ShouldBe(["A", "B", "C"]);
        diagram.Edges().ShouldBeEmpty();
        diagram.Refusals.Select(refusal => refusal.What).ShouldBe(["X", "B --> X", "X --> C"]);
        diagram.Refusals[0].Reason.ShouldBe("It stands in no phase, and the nodes that it is connected with stand in several.");
        diagram.Refusals[1].Reason.ShouldBe("The node X was refused.");
    }

    [Fact]
    public void A_node_without_phase_and_neighbours_is_refused() =>
        Plans.RefusalOf(Plans.Node("X")).Reason.ShouldBe("It stands in no phase, and no node that it is connected with stands in one.");

    [Fact]
    public void A_guessed_phase_says_nothing_about_the_next_node()
    {
        var diagram = PlanDiagram.Parse(Plans.Abc($"{Plans.Node("X")} --> {Plans.Node("Y")}\nB --> X"));
        diagram.Ids().ShouldBe(["A", "B", "X", "C"]);
        diagram.Refusals.Select(refusal => refusal.What).ShouldBe(["Y", "X --> Y"]);
    }

    [Fact]
    public void A_subgraph_without_number_leaves_its_nodes_to_their_neighbours()
    {
        var diagram = PlanDiagram.Parse(Plans.Abc($"subgraph Launch\n{Plans.Node("X")}\nend\nB --> X"));
        diagram.Nodes.Single(node => node.Id == "X").Phase.ShouldBe(2);
        diagram.Refusals.ShouldHaveSingleItem().What.ShouldBe("subgraph Launch");
    }

    [Fact]
    public void A_stated_number_that_is_no_phase_is_not_overruled_by_neighbours()
    {
        var diagram = PlanDiagram.Parse(Plans.Abc($"subgraph Phase 4\n{Plans.Node("X")}\nend\nC --> X"));
        diagram.Ids().ShouldBe(["A", "B", "C"]);
        diagram.Refusals.Select(refusal => refusal.What).ShouldBe(["subgraph Phase 4", "X", "C --> X"]);
    }

    [Fact]
    public void A_subgraph_within_a_phase_belongs_to_it()
    {
        var diagram = PlanDiagram.Parse($"graph TB\nsubgraph Phase 2\nsubgraph Teasers\n{Plans.Node("A")}\nend\n{Plans.Node("B")}\nend");
        diagram.Nodes.ShouldAllBe(node => node.Phase == 2);
        diagram.Refusals.ShouldBeEmpty();
    }

    [Fact]
    public void An_id_alone_in_a_subgraph_puts_its_node_there()
    {
        var diagram = PlanDiagram.Parse($"graph TB\n{Plans.Node("A")}\nsubgraph Phase 3\nA\nend");
        diagram.Nodes.ShouldHaveSingleItem().Phase.ShouldBe(3);
        diagram.Refusals.ShouldBeEmpty();
    }

    [Fact]
    public void Nodes_come_in_the_order_of_phases_and_then_of_appearance()
    {
        var diagram = PlanDiagram.Parse($"""
            graph TB
            subgraph Phase 2
            {Plans.Node("C")}
            {Plans.Node("B")}
            end
            subgraph Phase 1
            {Plans.Node("A")}
            end
            """);
        diagram.Ids().ShouldBe(["A", "C", "B"]);
    }
}

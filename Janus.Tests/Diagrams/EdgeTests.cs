using Janus.Campaigns.Diagrams;

namespace Janus.Tests.Diagrams;

public sealed class EdgeTests
{
    [Theory]
    [InlineData("A --> B")]
    [InlineData("A-->B")]
    [InlineData("A ---> B")]
    [InlineData("A ------> B")]
    [InlineData("A ==> B")]
    [InlineData("A ====> B")]
    [InlineData("A -.-> B")]
    [InlineData("A-.->B")]
    [InlineData("A -..-> B")]
    [InlineData("A -> B")]
    [InlineData("A -->|then| B")]
    [InlineData("A -->|\"a | b; c\"| B")]
    [InlineData("A --> |then| B")]
    [InlineData("A ==>|then| B")]
    [InlineData("A -.->|then| B")]
    [InlineData("A -- then --> B")]
    [InlineData("A --then--> B")]
    [InlineData("A -- opt-in, R&amp;D --> B")]
    [InlineData("A -- \"x; y\" --> B")]
    [InlineData("A --ok--> B")]
    [InlineData("A == then ==> B")]
    [InlineData("A -. then .-> B")]
    [InlineData("A -. v1.0 .-> B")]
    [InlineData("A --> B;")]
    [InlineData("A --> B %% why")]
    [InlineData("A:::new --> B:::new")]
    public void Every_directed_arrow_is_an_edge_and_its_label_is_ignored(string statement) =>
        Plans.EdgesOf(statement).ShouldBe(["A>B"]);

    [Fact]
    public void A_chain_is_an_edge_per_arrow() => Plans.EdgesOf("A --> B -- then --> C").ShouldBe(["A>B", "B>C"]);

    [Fact]
    public void Chains_need_no_spaces_even_between_ids_with_hyphens() =>
        Plans.InPhase1($"{Plans.Node("post-1")}{Plans.Node("post-2")}\npost-1-->post-2--then-->post-1").Edges()
            .ShouldBe(["post-1>post-2", "post-2>post-1"]);

    [Fact]
    public void An_ampersand_draws_an_edge_for_each_pair()
    {
        Plans.EdgesOf("A & B --> C").ShouldBe(["A>C", "B>C"]);
        Plans.EdgesOf("A --> B & C").ShouldBe(["A>B", "A>C"]);
    }

    [Fact]
    public void Several_edges_on_a_line_are_split_by_semicolons() => Plans.EdgesOf("A --> B; B --> C;A-->C").ShouldBe(["A>B", "B>C", "A>C"]);

    [Fact]
    public void A_node_may_be_followed_by_an_edge()
    {
        Plans.EdgesOf($"subgraph Phase 1\n{Plans.Node("D")} --> A\nend").ShouldBe(["D>A"]);
        Plans.EdgesOf($"subgraph Phase 1\n{Plans.Node("D")} D --> A\nend").ShouldBe(["D>A"]);
        Plans.EdgesOf($"subgraph Phase 1\nA --> {Plans.Node("D")} & {Plans.Node("E")}\nend").ShouldBe(["A>D", "A>E"]);
    }

    [Fact]
    public void An_edge_may_stand_before_its_nodes() =>
        PlanDiagram.Parse($"graph TB\nA --> B\nsubgraph Phase 1\n{Plans.Node("A")}\n{Plans.Node("B")}\nend").Edges().ShouldBe(["A>B"]);

    [Fact]
    public void An_arrow_with_two_heads_goes_both_ways() => Plans.EdgesOf("A <--> B").ShouldBe(["A>B", "B>A"]);

    [Fact]
    public void Cycles_are_kept() => Plans.EdgesOf("A --> B --> C --> A").ShouldBe(["A>B", "B>C", "C>A"]);

    [Fact]
    public void A_duplicate_edge_counts_once() => Plans.EdgesOf("A --> B\nA ==> B\nA & A --> B").ShouldBe(["A>B"]);

    [Fact]
    public void A_self_edge_is_refused() =>
        Plans.RefusalOf("A --> A").ShouldBe(new PlanRefusal(11, "A --> A", "A post cannot follow itself."));

    [Fact]
    public void An_edge_to_an_unknown_node_is_refused_in_either_direction()
    {
        Plans.RefusalOf("A --> X").ShouldBe(new PlanRefusal(11, "A --> X", "There is no node X."));
        Plans.RefusalOf("X --> A").ShouldBe(new PlanRefusal(11, "X --> A", "There is no node X."));
    }

    [Theory]
    [InlineData("A --- B")]
    [InlineData("A === B")]
    [InlineData("A -.- B")]
    [InlineData("A ~~~ B")]
    [InlineData("A ---|then| B")]
    [InlineData("A -- then --- B")]
    [InlineData("A --o B")]
    [InlineData("A --x B")]
    public void A_line_without_head_is_refused_and_the_chain_goes_on(string statement)
    {
        var diagram = PlanDiagram.Parse(Plans.Abc($"{statement} --> C"));
        diagram.Edges().ShouldBe(["B>C"]);
        diagram.Refusals.ShouldHaveSingleItem().What.ShouldBe("A --- B");
    }

    [Theory]
    [InlineData("A -- B; B --> C", "The arrow is not finished.")]
    [InlineData("A -->|x B; B --> C", "The arrow is not finished.")]
    [InlineData("A -->; B --> C", "The arrow points to no node.")]
    [InlineData("A -->\nB --> C", "The arrow points to no node.")]
    public void A_broken_edge_is_refused_and_the_next_statement_is_read(string statements, string reason)
    {
        var diagram = PlanDiagram.Parse(Plans.Abc(statements));
        diagram.Edges().ShouldBe(["B>C"]);
        diagram.Refusals.ShouldHaveSingleItem().Reason.ShouldBe(reason);
    }
}

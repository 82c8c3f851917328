using Janus.Campaigns.Diagrams;

namespace Janus.Tests.Diagrams;

public sealed class DocumentTests
{
    private static readonly PlanDiagram Expected = PlanDiagram.Parse(Plans.Abc("A --> B --> C"));

    [Fact]
    public void A_plain_diagram_is_read_whole()
    {
        Expected.Nodes.ShouldBe([new("A", "Title A", "About A", 1), new("B", "Title B", "About B", 2), new("C", "Title C", "About C", 3)]);
        Expected.Connections.ShouldBe([new("A", "B"), new("B", "C")]);
        Expected.Refusals.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("graph TD")]
    [InlineData("graph LR;")]
    [InlineData("flowchart TB")]
    [InlineData("Graph tb")]
    [InlineData("graph")]
    [InlineData("%%{init: {'theme': 'dark'}}%%\ngraph TB")]
    [InlineData("\uFEFFgraph TB")]
    [InlineData("")]
    public void The_header_may_vary_or_be_missing(string header) =>
        PlanDiagram.Parse(Plans.Abc("A --> B --> C").Replace("graph TB", header, StringComparison.Ordinal)).ShouldBe(Expected);

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Line_ends_may_be_of_any_kind(string lineEnd)
    {
        PlanDiagram.Parse(Plans.Abc("A --> B --> C").Replace("\n", lineEnd, StringComparison.Ordinal)).ShouldBe(Expected);
        PlanDiagram.Parse(Plans.Abc("A --> X").Replace("\n", lineEnd, StringComparison.Ordinal)).Refusals.ShouldHaveSingleItem().Line.ShouldBe(11);
    }

    [Theory]
    [InlineData("```mermaid\n{0}\n```")]
    [InlineData("```\n{0}\n```")]
    [InlineData("~~~mermaid\n{0}\n~~~")]
    [InlineData("```mermaid\n{0}")]
    [InlineData("{0}\n```")]
    [InlineData("Here is it; enjoy: A --> C\n\n```mermaid\n{0}\n```\nC --> A means [what it says].")]
    public void Code_fences_and_prose_around_them_are_ignored(string frame) =>
        PlanDiagram.Parse(frame.Replace("{0}", Plans.Abc("A --> B --> C"), StringComparison.Ordinal)).ShouldBe(Expected);

    [Fact]
    public void A_diagram_in_several_fences_is_one_plan()
    {
        var text = $"```mermaid\n{Plans.Abc("A --> B")}```\nand then\n```mermaid\ngraph TB\nB --> C\n```";
        PlanDiagram.Parse(text).ShouldBe(Expected);
    }

    [Fact]
    public void Comments_are_ignored() =>
        PlanDiagram.Parse(Plans.Abc("%% A --> C\n  %%\nA --> B --> C %% and no more --> A")).ShouldBe(Expected);

    [Theory]
    [InlineData("style A fill:#f9f,stroke:#333")]
    [InlineData("classDef new fill:#f9f;")]
    [InlineData("class A,B new")]
    [InlineData("linkStyle 0 stroke:#ff3")]
    [InlineData("click A \"https://example.com\" _blank")]
    [InlineData("direction LR")]
    public void What_concerns_looks_only_is_ignored(string line) =>
        PlanDiagram.Parse(Plans.Abc($"A --> B --> C\n{line}")).ShouldBe(Expected);

    [Fact]
    public void A_line_that_is_no_statement_is_refused_and_the_rest_is_read()
    {
        var diagram = PlanDiagram.Parse(Plans.Abc("This is the plan; it is good.\nA --> B --> C"));
        diagram.Connections.ShouldBe(Expected.Connections);
        diagram.Refusals.ShouldBe([new PlanRefusal(11, "This is the plan; it is good.", "This is no part of a plan diagram.")]);
    }

    [Fact]
    public void A_line_of_control_characters_is_refused_by_a_name_that_can_be_read() =>
        PlanDiagram.Parse("\u0012").Refusals.ShouldHaveSingleItem().What.ShouldBe("(nothing readable)");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \r\n\t")]
    public void An_empty_text_is_refused(string? text) =>
        PlanDiagram.Parse(text).ShouldBe(new PlanDiagram([], [], [new PlanRefusal(1, "(empty)", "The text is empty.")]));

    [Fact]
    public void A_text_at_the_limit_is_read_and_one_beyond_it_is_refused()
    {
        var text = Plans.Abc("A --> B --> C").PadRight(PlanDiagram.MaximumCharacters);
        PlanDiagram.Parse(text).ShouldBe(Expected);
        PlanDiagram.Parse(text + " ").Refusals.ShouldHaveSingleItem().Reason.ShouldContain("200000");
    }

    [Fact]
    public void More_nodes_than_a_plan_may_have_are_refused_together()
    {
        string Diagram(int count) => "graph TB\nsubgraph Phase 1\n" + string.Join('\n', Enumerable.Range(1, count).Select(i => Plans.Node($"N{i}")));
        PlanDiagram.Parse(Diagram(500)).Nodes.Count.ShouldBe(500);
        var refused = PlanDiagram.Parse(Diagram(501));
        refused.Nodes.ShouldBeEmpty();
        refused.Refusals.ShouldHaveSingleItem().Reason.ShouldBe("A plan has at most 500 nodes.");
    }

    [Fact]
    public void More_edges_than_a_plan_may_have_are_refused_together()
    {
        string Group(char name, int count) => string.Join(" & ", Enumerable.Range(1, count).Select(i => $"{name}{i}"));
        PlanDiagram.Parse($"graph TB\n{Group('A', 50)} --> {Group('B', 100)}").Refusals.Count.ShouldBe(PlanDiagram.MaximumRefusals);
        var refused = PlanDiagram.Parse($"graph TB\n{Group('A', 50)} --> {Group('B', 101)}");
        refused.Refusals.ShouldHaveSingleItem().Reason.ShouldBe("A plan has at most 5000 edges.");
    }

    [Fact]
    public void The_list_of_refusals_ends_with_how_many_are_missing_in_it()
    {
        var refusals = PlanDiagram.Parse(string.Join('\n', Enumerable.Repeat("?", 1000))).Refusals;
        refusals.Count.ShouldBe(PlanDiagram.MaximumRefusals);
        refusals[^1].Reason.ShouldBe("801 or more other things were refused.");
    }
}

using Janus.Campaigns.Diagrams;

namespace Janus.Tests.Diagrams;

public sealed class WriterTests
{
    [Fact]
    public void The_canonical_form_is_plain_Mermaid()
    {
        var diagram = PlanDiagram.Parse(Plans.Abc("A --> B"));
        PlanDiagramWriter.Write(diagram).ShouldBe("""
            graph TB
                subgraph "Phase 1"
                    A[<title>Title A</title><description>About A</description>]
                end
                subgraph "Phase 2"
                    B[<title>Title B</title><description>About B</description>]
                end
                subgraph "Phase 3"
                    C[<title>Title C</title><description>About C</description>]
                end
                A --> B

            """.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("a ] b --> c < d > e & f \"g\" | h `i` (j) {k}")]
    [InlineData("</title><title>")]
    [InlineData("&amp; &#93; <br/>")]
    [InlineData("%% ``` end; subgraph Phase 2")]
    public void What_is_written_is_read_back_unchanged(string text)
    {
        PlanNode[] nodes = [new("end", text, text, 2), new("a-b", text, "", 3)];
        PlanConnection[] connections = [new("a-b", "end"), new("end", "a-b")];
        PlanDiagram.Parse(PlanDiagramWriter.Write(nodes, connections)).ShouldBe(new PlanDiagram(nodes, connections, []));
    }

    [Fact]
    public void A_plan_without_nodes_is_a_header() => PlanDiagramWriter.Write([], []).ShouldBe("graph TB\n");

    [Fact]
    public void What_could_not_be_read_back_is_not_written()
    {
        PlanNode node = new("A", "T", "D", 1);
        Should.Throw<ArgumentException>(() => PlanDiagramWriter.Write([node with { Id = "A B" }], []));
        Should.Throw<ArgumentException>(() => PlanDiagramWriter.Write([node with { Id = "" }], []));
        Should.Throw<ArgumentException>(() => PlanDiagramWriter.Write([node with { Id = "%%" }], []));
        Should.Throw<ArgumentException>(() => PlanDiagramWriter.Write([node with { Title = " " }], []));
        Should.Throw<ArgumentException>(() => PlanDiagramWriter.Write([node with { Phase = 4 }], []));
        Should.Throw<ArgumentException>(() => PlanDiagramWriter.Write([node, node], []));
        Should.Throw<ArgumentException>(() => PlanDiagramWriter.Write([node], [new("A", "A")]));
        Should.Throw<ArgumentException>(() => PlanDiagramWriter.Write([node], [new("A", "B")]));
    }
}

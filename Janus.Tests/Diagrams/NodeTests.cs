using Janus.Campaigns.Diagrams;

namespace Janus.Tests.Diagrams;

public sealed class NodeTests
{
    [Fact]
    public void A_node_has_its_id_title_description_and_phase() =>
        Plans.InPhase1("A[<title>Hello</title><description>World</description>]").Nodes
            .ShouldBe([new PlanNode("A", "Hello", "World", 1)]);

    [Theory]
    [InlineData("A[\"<title>T</title><description>D</description>\"]")]
    [InlineData("A(<title>T</title><description>D</description>)")]
    [InlineData("A([<title>T</title><description>D</description>])")]
    [InlineData("A((<title>T</title><description>D</description>))")]
    [InlineData("A{<title>T</title><description>D</description>}")]
    [InlineData("A{{\"<title>T</title><description>D</description>\"}}")]
    [InlineData("A[[<title>T</title><description>D</description>]]")]
    [InlineData("A[/<title>T</title><description>D</description>/]")]
    [InlineData("A><title>T</title><description>D</description>]")]
    [InlineData("A [ <title>T</title> <description>D</description> ]")]
    [InlineData("A[\n  <title>T</title>\n  <description>D</description>\n]")]
    [InlineData("A[<TITLE>T</Title><Description>D</DESCRIPTION>]")]
    [InlineData("A[<description>D</description><title>T</title>]")]
    [InlineData("A[<title>T</title><description>D</description>]:::existing")]
    [InlineData("A[<title>T</title><description>D</description>")]
    [InlineData("A[<title> T </title><description>\tD\r\n</description>]")]
    [InlineData("A[<title>T<br/></title><description><br>D</description>]")]
    public void A_node_may_be_written_in_any_shape(string node)
    {
        var diagram = Plans.InPhase1(node);
        diagram.Refusals.ShouldBeEmpty();
        diagram.Nodes.ShouldBe([new PlanNode("A", "T", "D", 1)]);
    }

    [Theory]
    [InlineData("Prices [2026] rise")]
    [InlineData("A --> B")]
    [InlineData("a < b")]
    [InlineData("I <3 <b>bold</b> moves")]
    [InlineData("say \"hi\"; then go")]
    [InlineData("100 %% real")]
    [InlineData("end")]
    [InlineData("x)] } | y")]
    [InlineData("Grüße 👩‍🚀 世界")]
    public void Signs_of_the_notation_may_stand_in_the_text(string text)
    {
        var diagram = Plans.InPhase1($"A[<title>{text}</title><description>{text}</description>] --> {Plans.Node("B")}");
        diagram.Refusals.ShouldBeEmpty();
        diagram.Nodes[0].ShouldBe(new PlanNode("A", text, text, 1));
        diagram.Edges().ShouldBe(["A>B"]);
    }

    [Theory]
    [InlineData("R&amp;D", "R&D")]
    [InlineData("&lt;b&gt;", "<b>")]
    [InlineData("&quot;hi&quot; &#39;ho&#x27;", "\"hi\" 'ho'")]
    [InlineData("&amp;lt;", "&lt;")]
    [InlineData("a&nbsp;b", "a b")]
    [InlineData("&unknown; & co", "&unknown; & co")]
    [InlineData("a&#0;b", "a b")]
    [InlineData("&lt;title&gt;", "<title>")]
    public void Entities_are_decoded_once(string written, string read) =>
        Plans.InPhase1(Plans.Node("A", written)).Nodes.ShouldHaveSingleItem().Title.ShouldBe(read);

    [Fact]
    public void Whitespace_is_trimmed_and_collapsed() =>
        Plans.InPhase1(Plans.Node("A", "  two \t\r\n  words ")).Nodes.ShouldHaveSingleItem().Title.ShouldBe("two words");

    [Theory]
    [InlineData("A")]
    [InlineData("post-1")]
    [InlineData("launch-day-2b")]
    [InlineData("P_1.2")]
    [InlineData("end")]
    [InlineData("graph")]
    [InlineData("ärger")]
    [InlineData("7")]
    public void Ids_may_hold_hyphens_and_even_be_keywords(string id)
    {
        var diagram = Plans.InPhase1($"{Plans.Node(id)}\n{Plans.Node("Z")}\n{id} --> Z\nZ-->{id}\n{id}-->Z");
        diagram.Refusals.ShouldBeEmpty();
        diagram.Ids().ShouldBe([id, "Z"]);
        diagram.Edges().ShouldBe([$"{id}>Z", $"Z>{id}"]);
    }

    [Fact]
    public void Several_nodes_may_stand_on_a_line()
    {
        Plans.InPhase1($"{Plans.Node("A")} {Plans.Node("B")}; {Plans.Node("C")}{Plans.Node("D")}").Ids().ShouldBe(["A", "B", "C", "D"]);
        PlanDiagram.Parse($"graph TB; subgraph \"Phase 1\"; {Plans.Node("A")} {Plans.Node("B")}; end; A --> B").Edges().ShouldBe(["A>B"]);
    }

    [Theory]
    [InlineData("X[plain]", "It has neither a complete title nor a complete description.")]
    [InlineData("X[\"plain ] text\"]", "It has neither a complete title nor a complete description.")]
    [InlineData("X[<title>T</title>]", "It has no complete description.")]
    [InlineData("X[<description>D</description>]", "It has no complete title.")]
    [InlineData("X[<title>T]", "It has neither a complete title nor a complete description.")]
    [InlineData("X[<title>T</title><description>D]", "It has no complete description.")]
    [InlineData("X[<title>T<description>D</description>]", "It has neither a complete title nor a complete description.")]
    [InlineData("X[<title> &nbsp; </title><description>D</description>]", "Its title is blank.")]
    [InlineData("X[<title></title><description>D</description>]", "Its title is blank.")]
    [InlineData("X[<title>\u200B</title><description>D</description>]", "Its title is blank.")]
    [InlineData("X", "It has no title and no description.")]
    public void A_node_without_both_texts_is_refused_and_its_neighbours_are_not(string node, string reason)
    {
        var diagram = Plans.InPhase1($"{Plans.Node("A")}\n{node}\n{Plans.Node("B")}\nA --> X\nA --> B");
        diagram.Ids().ShouldBe(["A", "B"]);
        diagram.Edges().ShouldBe(["A>B"]);
        diagram.Refusals.ShouldBe([new(4, "X", reason), new(6, "A --> X", "The node X was refused.")]);
    }

    [Fact]
    public void An_edge_behind_a_refused_node_is_still_read() =>
        Plans.InPhase1($"X[plain] --> {Plans.Node("A")} --> {Plans.Node("B")}").Edges().ShouldBe(["A>B"]);

    [Fact]
    public void A_blank_description_is_no_reason_to_drop_a_post() =>
        Plans.InPhase1("A[<title>T</title><description> </description>]").Nodes.ShouldBe([new PlanNode("A", "T", "", 1)]);

    [Fact]
    public void An_id_that_is_too_long_is_refused()
    {
        var diagram = Plans.InPhase1(Plans.Node(new string('a', 101)));
        diagram.Nodes.ShouldBeEmpty();
        diagram.Refusals.ShouldHaveSingleItem().Reason.ShouldBe("An id has at most 100 characters.");
    }

    [Fact]
    public void Duplicate_ids_are_merged_and_the_first_text_stays()
    {
        var diagram = PlanDiagram.Parse(Plans.Abc(Plans.Node("A")));
        diagram.Ids().ShouldBe(["A", "B", "C"]);
        diagram.Refusals.ShouldBeEmpty();

        diagram = PlanDiagram.Parse(Plans.Abc(Plans.Node("A", "Another")));
        diagram.Nodes[0].Title.ShouldBe("Title A");
        diagram.Refusals.ShouldBe([new PlanRefusal(11, "A", "It was described on line 3 already; that text is kept.")]);
    }

    [Fact]
    public void A_duplicate_in_another_phase_does_not_move_the_node()
    {
        var diagram = PlanDiagram.Parse(Plans.Abc($"subgraph Phase 3\n{Plans.Node("A")}\nend"));
        diagram.Nodes[0].Phase.ShouldBe(1);
        diagram.Refusals.ShouldHaveSingleItem().Reason.ShouldBe("It stands in Phase 1 already; it stays there.");
    }

    [Fact]
    public void A_duplicate_in_a_phase_places_a_node_that_had_none()
    {
        var diagram = PlanDiagram.Parse($"graph TB\n{Plans.Node("A")}\nsubgraph Phase 3\n{Plans.Node("A")}\nend");
        diagram.Nodes.ShouldHaveSingleItem().Phase.ShouldBe(3);
        diagram.Refusals.ShouldBeEmpty();
    }
}

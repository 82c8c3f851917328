using FsCheck;
using FsCheck.Fluent;
using Janus.Campaigns.Diagrams;

namespace Janus.Tests.Diagrams;

/// <summary>What holds for every text, whoever wrote it.</summary>
public sealed class AnyTextTests
{
    private static readonly string[] Pieces =
    [
        "graph TB\n", "subgraph Phase 1\n", "subgraph p2[\"Phase 2\"]\n", "subgraph Phase 9\n", "subgraph ", "end\n", "A", "B", "post-1", "X",
        "[", "]", "\"", "(", "}", "<title>", "</title>", "<description>", "</description>", "<title>T</title><description>D</description>]",
        " --> ", "--", "==>", "-.->", " -. ", "|", "&", "&amp;", ";", "\n", "\r\n", " ", "%%", "```", "```mermaid\n", ":::", "<", "~~~", "\0", "\uD83D", "é",
    ];

    private static Gen<string> PieceText => Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces));

    [Fact]
    public void Nothing_makes_the_parser_throw_or_break_its_promises()
    {
        Prop.ForAll<string>(text => Keep(PlanDiagram.Parse(text))).QuickCheckThrowOnFailure();
        Prop.ForAll(PieceText.ToArbitrary(), text => Keep(PlanDiagram.Parse(text)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithEndSize(60));
    }

    [Fact]
    public void Nor_does_any_change_to_a_good_diagram()
    {
        var good = Plans.Abc($"A --> B & C -- then --> A; B ==> C\n{Plans.Node("X", "a ] --> b")} -.-> C");
        var changes =
            from at in Gen.Choose(0, good.Length)
            from length in Gen.Choose(0, Math.Min(12, good.Length - at))
            from piece in Gen.Elements(Pieces)
            select good.Remove(at, length).Insert(at, piece);
        Prop.ForAll(changes.ToArbitrary(), text => Keep(PlanDiagram.Parse(text))).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Fact]
    public void A_beginning_of_a_good_diagram_is_read_as_far_as_it_goes()
    {
        var good = Plans.Abc("A --> B --> C");
        for (var length = 0; length <= good.Length; length++)
            Keep(PlanDiagram.Parse(good[..length]));
    }

    [Fact]
    public void Whatever_is_read_can_be_written_and_read_again() =>
        Prop.ForAll(PieceText.ToArbitrary(), text =>
        {
            var read = PlanDiagram.Parse(text) with { Refusals = [] };
            PlanDiagram.Parse(PlanDiagramWriter.Write(read)).ShouldBe(read);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000).WithEndSize(60));

    [Fact]
    public void Any_title_survives_writing_and_reading()
    {
        var signs = Gen.Elements("]", "-->", "<", "&", "\"", "'", "\n", "\r\n", "👩‍🚀", "</title>", "&lt;", "&#93;", ";", "x", " ", "\u00A0", "|", "`", "#quot;");
        var titles = Gen.OneOf(signs.ListOf().Select(parts => string.Concat(parts)), ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""));
        Prop.ForAll(titles.ToArbitrary(), title =>
        {
            var node = new PlanNode("A", $"t{title}", title, 1);
            var read = PlanDiagram.Parse(PlanDiagramWriter.Write([node], [])).Nodes.ShouldHaveSingleItem();
            read.ShouldBe(node with { Title = PlanText.Normalise(node.Title), Description = PlanText.Normalise(node.Description) });
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    public static TheoryData<string> Repeated =>
    [
        "A[", "A[\"", "A[<title>", "A[<title>x\n", "A[<title>x</title>", "A[<title>x</title><description>", "<", "< ", "</", "<title", "<title ",
        "A -- ", "A -- \"", "A -- x; ", "A -- \"x; ", "A -->|", "A -->|\"x; ", "A -. ", "A == x = y; ", "A & ", "A --> ", "A --> A; ", "-", "A-", "A.", "=", "&", "&amp;",
        ";", "\n", "\r", " ", "\n A[ ", "subgraph ", "subgraph [\"", "subgraph Phase 1\n", "end\n", "```", "```x\n", "%%", "A(((", "A{\n", "A\n", "a", "ab ", "\"", "(", "|",
        "A & B & C & D & E --> F & G & H & I\n", "A ---|", "A --- B; ", "A[<title>x</title><description>y</description>] ",
    ];

    [Theory]
    [MemberData(nameof(Repeated))]
    public void The_work_grows_with_the_length_of_the_text_and_no_faster(string piece)
    {
        foreach (var prefix in new[] { "", "A[<title>", "A -- ", "A[" })
            StaysLinear(prefix, piece, length: 10_000);
    }

    [Fact]
    public void The_longest_text_is_no_exception()
    {
        StaysLinear("", "A[<title>x\n", PlanDiagram.MaximumCharacters);
        StaysLinear("A[<title>", "A -- x; ", PlanDiagram.MaximumCharacters);
        StaysLinear("", "A & B & C --> D & E -- <title> \"", PlanDiagram.MaximumCharacters);
    }

    // Work that grew with the square of the length would take thousands of steps for each character even of the shorter texts.
    private static void StaysLinear(string prefix, string piece, int length)
    {
        const int StepsPerCharacter = 60;
        var text = prefix + string.Concat(Enumerable.Repeat(piece, (length - prefix.Length) / piece.Length));
        Keep(PlanDiagram.Parse(text, out var steps));
        steps.ShouldBeLessThan(StepsPerCharacter * (long)text.Length);
    }

    // Plain predicates: ShouldAllBe compiles an expression each time, which thousands of cases would wait for.
    private static void Keep(PlanDiagram diagram)
    {
        var ids = diagram.Ids();
        ids.ShouldBeUnique();
        diagram.Nodes.Where(node => node.Phase is < 1 or > 3 || string.IsNullOrWhiteSpace(node.Title)).ShouldBeEmpty();
        diagram.Connections.ShouldBeUnique();
        diagram.Connections.Where(edge => edge.From == edge.To || !ids.Contains(edge.From) || !ids.Contains(edge.To)).ShouldBeEmpty();
        diagram.Refusals.Where(refusal => refusal.Line < 1 || refusal.What.Length == 0 || refusal.Reason.Length == 0).ShouldBeEmpty();
        diagram.Refusals.Count.ShouldBeLessThanOrEqualTo(PlanDiagram.MaximumRefusals);
    }
}

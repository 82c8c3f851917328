using FsCheck;
using FsCheck.Fluent;
using Janus.Web.Canvas.Layout;

namespace Janus.Tests.Canvas;

/// <summary>Plans of which everybody can say how they should look.</summary>
public sealed class KnownPlanTests
{
    [Fact]
    public void A_chain_is_straight()
    {
        var plan = CanvasLayout.Arrange([new(1, 1, [2]), new(2, 2, [3]), new(3, 3, [])]);

        plan.Posts.Select(post => (post.X, post.Y)).ShouldBe([(0, 0), (348, 0), (696, 0)]);
        plan.Edges.Select(edge => edge.Path).ShouldBe(["M264 107 C306 107 306 107 348 107", "M612 107 C654 107 654 107 696 107"]);
        (plan.Width, plan.Height).ShouldBe((960, 214));
    }

    [Fact]
    public void A_chain_stays_straight_beside_an_edge_that_skips_a_phase()
    {
        var plan = CanvasLayout.Arrange([new(1, 1, [2, 3]), new(2, 2, [3]), new(3, 3, [])]);

        plan.Posts.Select(post => post.Y).Distinct().ShouldHaveSingleItem();
        plan.Edges.Single(edge => edge is { From: 1, To: 3 }).Path.ShouldContain(" L612 ", Case.Sensitive, "it passes beside the card between");
    }

    [Fact]
    public void Two_that_cross_change_places()
    {
        var plan = CanvasLayout.Arrange([new(1, 1, [4]), new(2, 1, [3]), new(3, 2, []), new(4, 2, [])]);

        plan.Keys().ShouldBe([[1, 2], [4, 3]]);
        plan.Posts.Select(post => post.Y).ShouldBe([0, 238, 238, 0]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_plans_of_the_studio_keep_their_order_in_level_rows(int perPhase)
    {
        var plan = CanvasLayout.Arrange(CanvasPlans.OfTheStudio(perPhase));

        plan.Keys().SelectMany(column => column).ShouldBe(Enumerable.Range(0, 3 * perPhase));
        plan.Posts.ShouldAllBe(post => post.Y == post.Row * 238);
        plan.Edges.Count.ShouldBe(2 * (perPhase + 1));
    }

    [Fact]
    public void Fewer_posts_than_in_the_phase_before_stand_centred_and_near_what_leads_to_them()
    {
        var plan = CanvasLayout.Arrange([
            new(1, 1, [4]), new(2, 1, [4, 5]), new(3, 1, [5]), new(4, 2, [6]), new(5, 2, [7]), new(6, 3, []), new(7, 3, []),
        ]);

        plan.Posts.Select(post => post.Y).ShouldBe([0, 238, 476, 119, 357, 119, 357]);
    }

    [Fact]
    public void A_phase_without_posts_keeps_its_column()
    {
        var plan = CanvasLayout.Arrange([new(1, 1, [2]), new(2, 3, [])]);

        plan.Columns.ShouldBe([new(1, 0, 264), new(2, 348, 264), new(3, 696, 264)]);
        plan.Posts.Select(post => post.X).ShouldBe([0, 696]);
        CanvasLayout.Arrange([]).Columns.ShouldBe(plan.Columns);
    }

    [Fact]
    public void A_long_phase_goes_on_in_columns_side_by_side_and_its_links_go_to_the_right()
    {
        var plan = CanvasLayout.Arrange([.. Enumerable.Range(0, 8).Select(key => new CanvasPost(key, 1, key % 2 == 0 ? [key + 1] : []))]);

        plan.Keys().ShouldBe([[0, 2, 4, 6], [1, 3, 5, 7]]);
        plan.Columns[0].Width.ShouldBe(612);
    }

    [Fact]
    public void Posts_that_follow_each_other_in_one_phase_read_downwards()
    {
        var plan = CanvasLayout.Arrange([new(1, 1, [2]), new(2, 1, [3]), new(3, 1, [])]);

        plan.Keys().ShouldBe([[1, 2, 3]]);
        plan.Edges.Select(edge => SvgPath.Points(edge.Path))
            .Where(points => points.Max(point => point.X) <= 264 || points[^1].X > 264).ShouldBeEmpty();
    }

    [Fact]
    public void Edges_at_one_side_of_a_card_are_spread_in_the_order_of_their_other_ends()
    {
        var plan = CanvasLayout.Arrange([new(0, 1, [5, 1, 2, 3, 4]), .. Enumerable.Range(1, 5).Select(key => new CanvasPost(key, 2, []))]);

        plan.Edges.OrderBy(edge => edge.To).Select(edge => SvgPath.Points(edge.Path)[0].Y - plan.Posts[0].Card.Middle).ShouldBe([-18, -9, 0, 9, 18]);
    }

    [Fact]
    public void Two_hundred_posts_are_a_picture_and_not_a_ribbon()
    {
        foreach (var links in new[] { 0.0, 1, 2 })
        {
            var plan = CanvasLayout.Arrange(CanvasPlans.OfPhases(seed: 5, links, strays: false, 60, 80, 60));

            ((double)plan.Width / plan.Height).ShouldBeInRange(0.8, 3.5);
            plan.Posts.Where(post => post.Card.Right > plan.Width || post.Card.Bottom > plan.Height).ShouldBeEmpty();
        }
    }

    [Fact]
    public void A_new_post_without_links_at_the_end_of_the_last_phase_moves_no_other_out_of_its_place_in_its_column() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var posts = CanvasPlans.OfPhases(seed, linksPerPost: 1.5, strays: true, 6, 4, 5);
            var before = CanvasLayout.Arrange(posts);
            var after = CanvasLayout.Arrange([.. posts, new(1, 3, [])]);
            after.Keys().SelectMany(column => column).ShouldBe([.. before.Keys().SelectMany(column => column), 1]);
        }).Check(CanvasPlans.Fixed(100));

    [Fact]
    public void Two_posts_of_one_key_and_a_fourth_phase_are_refused()
    {
        Should.Throw<ArgumentException>(() => CanvasLayout.Arrange([new(1, 1, []), new(1, 2, [])]));
        Should.Throw<ArgumentOutOfRangeException>(() => CanvasLayout.Arrange([new(1, 4, [])]));
    }
}

using FsCheck;
using FsCheck.Fluent;
using Janus.Web.Canvas.Layout;

namespace Janus.Tests.Canvas;

/// <summary>What holds for every plan, however its posts are linked.</summary>
public sealed class AnyPlanTests
{
    private const int Plans = 300;

    [Fact]
    public void Every_post_has_one_place_and_no_card_touches_another_or_leaves_the_canvas() => ForAny((posts, plan) =>
    {
        plan.Posts.Select(post => post.Key).ShouldBe(posts.Select(post => post.Key));
        foreach (var post in plan.Posts)
        {
            new[] { post.Card.X, post.Card.Y }.ShouldBe([post.X, post.Y], "whole px");
            (post.X >= 0 && post.Y >= 0 && post.Card.Right <= plan.Width && post.Card.Bottom <= plan.Height).ShouldBeTrue();
        }

        foreach (var column in plan.Posts.GroupBy(post => post.Column))
        {
            column.Select(post => post.X).Distinct().ShouldHaveSingleItem();
            var cards = column.OrderBy(post => post.Row).ToList();
            cards.Zip(cards.Skip(1)).Where(pair => pair.Second.Y - pair.First.Card.Bottom < CanvasMeasures.Default.RowGap).ShouldBeEmpty();
        }
    });

    [Fact]
    public void Phases_stand_from_left_to_right_with_their_posts_in_them() => ForAny((_, plan) =>
    {
        var gap = CanvasMeasures.Default.ColumnGap;
        plan.Columns.Select(column => column.Phase).ShouldBe([1, 2, 3]);
        plan.Columns.Zip(plan.Columns.Skip(1)).Where(pair => pair.First.X + pair.First.Width + gap != pair.Second.X).ShouldBeEmpty();
        foreach (var post in plan.Posts)
        {
            var column = plan.Columns[post.Phase - 1];
            (post.X >= column.X && post.Card.Right <= column.X + column.Width).ShouldBeTrue();
        }
    });

    [Fact]
    public void Every_link_between_posts_that_are_there_is_drawn_once_from_card_to_card_and_through_none() => ForAny((posts, plan) =>
    {
        var cards = plan.Posts.ToDictionary(post => post.Key, post => post.Card);
        plan.Edges.Select(edge => (edge.From, edge.To)).ShouldBe(
            from post in posts
            from next in post.Next.Distinct()
            where cards.ContainsKey(next)
            select (post.Key, next));

        foreach (var edge in plan.Edges)
        {
            var points = SvgPath.Points(edge.Path);
            var (from, to) = (cards[edge.From], cards[edge.To]);
            points[0].X.ShouldBe(from.Right);
            points[^1].X.ShouldBe(from.X < to.X ? to.X : to.Right);
            Math.Abs(points[0].Y - from.Middle).ShouldBeLessThanOrEqualTo(18);
            Math.Abs(points[^1].Y - to.Middle).ShouldBeLessThanOrEqualTo(18);
            points.Where(point => point.X < 0 || point.X > plan.Width + 0.1 || point.Y < 0 || point.Y > plan.Height + 0.1).ShouldBeEmpty();
            cards.Values.Where(card => points.Any(point => point.IsInside(card))).ShouldBeEmpty(edge.Path);
        }
    });

    [Fact]
    public void The_same_posts_give_the_same_plan() => ForAny((posts, plan) =>
    {
        var again = CanvasLayout.Arrange([.. posts.Select(post => post with { Next = [.. post.Next] })]);
        again.Posts.ShouldBe(plan.Posts);
        again.Edges.ShouldBe(plan.Edges);
        again.Columns.ShouldBe(plan.Columns);
        (again.Width, again.Height).ShouldBe((plan.Width, plan.Height));
    });

    [Fact]
    public void Other_keys_and_links_to_unknown_ones_change_nothing() => ForAny((posts, plan) =>
    {
        var again = CanvasLayout.Arrange([.. posts.Select(post =>
            post with { Key = post.Key + 7000, Next = [9, .. post.Next.Select(next => next + 7000), 9] })]);
        again.Posts.Select(post => post.Card).ShouldBe(plan.Posts.Select(post => post.Card));
        again.Edges.Select(edge => edge.Path).ShouldBe(plan.Edges.Select(edge => edge.Path));
    });

    private static void ForAny(Action<CanvasPost[], CanvasPlan> keep) =>
        Prop.ForAll(CanvasPlans.Any.ToArbitrary(), posts => keep(posts, CanvasLayout.Arrange(posts))).Check(CanvasPlans.Fixed(Plans));
}

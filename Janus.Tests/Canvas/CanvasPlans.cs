using FsCheck;
using FsCheck.Fluent;
using Janus.Web.Canvas.Layout;

namespace Janus.Tests.Canvas;

/// <summary>Posts to lay out: drawn by chance from fixed seeds, and known ones.</summary>
internal static class CanvasPlans
{
    /// <summary>6 to 60 posts. Links lead on or stay in a phase; in half of the plans some lead back, close cycles or lead nowhere.</summary>
    public static Gen<CanvasPost[]> Any =>
        from counts in Gen.Elements(2, 3, 4, 6, 7, 9, 14, 20).ArrayOf(CanvasPost.Phases)
        from luck in Gen.Choose(0, int.MaxValue)
        select OfPhases(luck, linksPerPost: 1 + (luck % 3 * 0.5), strays: luck % 2 == 0, counts);

    /// <summary>The same draws in every run.</summary>
    public static Config Fixed(int tests) =>
        Config.QuickThrowOnFailure.WithMaxTest(tests).WithReplay(new Replay(new Rnd(20260302, 17), null));

    /// <summary>Some of <see cref="Any"/>, the same in every run.</summary>
    public static IReadOnlyList<CanvasPost[]> Sample(int number) => [.. Any.Sample(number, new Rnd(20260302, 17), 0)];

    /// <summary>A plan with so many posts in each phase.</summary>
    /// <param name="seed">Which plan of its kind.</param>
    /// <param name="linksPerPost">The mean number of links that leave a post.</param>
    /// <param name="strays">Whether some links lead back, to themselves or to posts that are not there.</param>
    /// <param name="counts">The number of posts of each phase.</param>
    public static CanvasPost[] OfPhases(int seed, double linksPerPost, bool strays, params int[] counts)
    {
        var luck = new Random(seed);
        int[] phases = [.. counts.SelectMany((count, phase) => Enumerable.Repeat(phase + 1, count))];
        var links = phases.Select(_ => new List<int>()).ToArray();
        for (var link = 0; link < phases.Length * linksPerPost; link++)
        {
            var (one, other) = (luck.Next(phases.Length), luck.Next(phases.Length + (strays ? 1 : 0)));
            if (strays && luck.Next(6) == 0)
                links[one].Add(100 + other);
            else if (one != other && other < phases.Length)
                links[Math.Min(one, other)].Add(100 + Math.Max(one, other));
        }

        return [.. phases.Select((phase, at) => new CanvasPost(
            100 + at, phase, links[at], strays ? 150 + luck.Next(101) : CanvasMeasures.DefaultCardHeight))];
    }

    /// <summary>What the sample studio plans: each post leads to its like in the next phase, and the first to the second as well.</summary>
    public static CanvasPost[] OfTheStudio(int perPhase) => [.. Enumerable.Range(0, perPhase * CanvasPost.Phases).Select(at =>
        new CanvasPost(at, 1 + (at / perPhase), at % perPhase == 0 ? [at + perPhase, at + perPhase + 1] : [at + perPhase]))];

    /// <summary>The columns of a plan, each from top to bottom.</summary>
    public static IEnumerable<IReadOnlyList<int>> Keys(this CanvasPlan plan) =>
        from post in plan.Posts
        group post by post.Column into column
        orderby column.Key
        select (IReadOnlyList<int>)[.. column.OrderBy(post => post.Row).Select(post => post.Key)];
}

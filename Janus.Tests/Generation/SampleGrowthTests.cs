using Janus.Campaigns.Diagrams;
using Janus.Generation;
using Janus.Generation.Sample;

namespace Janus.Tests.Generation;

/// <summary>The provider without a key plans what comes later as well, from every brief, at the first asking.</summary>
public sealed class SampleGrowthTests
{
    public static TheoryData<string> Briefs { get; } = [.. SampleBriefs.All.Keys];

    [Theory]
    [MemberData(nameof(Briefs))]
    public async Task A_new_plan_has_new_posts_in_every_phase_from_the_first_on_that_are_called_like_no_other(string name)
    {
        var brief = SampleBriefs.All[name];
        var planned = SampleStudio.Posts(await SampleStudio.PlanAsync(brief));
        for (var first = 1; first <= 3; first++)
        {
            var kept = planned.Where(post => post.Phase < first).Select((post, index) => new KeptPost($"K{index + 1}", post)).ToList();
            var replaced = planned.Where(post => post.Phase >= first).ToList();
            var answer = await AskAsync(planner => planner.ReplanAsync(
                brief, new ReplanWish(first, "Speak to people who come back", kept, replaced), diagram => Refuse(brief, diagram), default));

            answer.Usage.Calls.ShouldBe(1, name);
            var plan = PlanDiagram.Parse(answer.Value);
            plan.Refusals.ShouldBeEmpty();
            plan.Nodes.Select(node => node.Phase).Distinct().Order().ShouldBe(Enumerable.Range(first, 4 - first));
            plan.Nodes.Select(node => node.Title).Intersect(planned.Select(post => post.Title)).ShouldBeEmpty();
            plan.Nodes.Select(node => node.Title).Distinct().Count().ShouldBe(plan.Nodes.Count);
        }
    }

    [Theory]
    [MemberData(nameof(Briefs))]
    public async Task A_follow_up_keeps_the_contract_and_takes_in_what_was_asked(string name)
    {
        var brief = SampleBriefs.All[name];
        var planned = SampleStudio.Posts(await SampleStudio.PlanAsync(brief));
        var wish = new FollowUpWish([planned[0], planned[^1]], [.. planned.Select(post => post.Title)], "Answer the questions of night nurses", [3]);

        var answer = await AskAsync(planner => planner.FollowUpAsync(brief, wish, default));

        answer.Usage.Calls.ShouldBe(1, name);
        answer.Value.Phase.ShouldBe(3);
        if (brief.AvoidWords.Count == 0)
            answer.Value.Title.ShouldBe("Answer the questions of night nurses");
        var again = await AskAsync(planner => planner.FollowUpAsync(brief, wish with { Titles = [.. wish.Titles, answer.Value.Title] }, default));
        again.Usage.Calls.ShouldBe(1, name);
        again.Value.Title.ShouldNotBe(answer.Value.Title);
    }

    [Fact]
    public async Task Another_direction_gives_another_plan_and_the_same_the_same()
    {
        var brief = SampleBriefs.All["band"] with { PostsPerPhase = 2 };
        var texts = new List<string>();
        foreach (var direction in (string[])["Warmer", "Bolder, and about money", "Warmer"])
            texts.Add((await AskAsync(planner => planner.ReplanAsync(brief, new ReplanWish(1, direction, [], []), _ => null, default))).Value);
        texts[2].ShouldBe(texts[0]);
        texts[1].ShouldNotBe(texts[0]);
        texts[0].ShouldContain("“Warmer”");
    }

    private static async Task<T> AskAsync<T>(Func<StrategyPlanner, Task<T>> ask)
    {
        using var chat = new SampleChatClient(Microsoft.Extensions.Options.Options.Create(SampleStudio.Options()), TimeProvider.System);
        return await ask(new StrategyPlanner(chat, Prices.OfToday));
    }

    private static string? Refuse(CampaignBrief brief, string diagram) =>
        PlanDiagram.Parse(diagram).Nodes.Select(node => BrandWords.Refuse(brief, node.Title, node.Description)).FirstOrDefault(reason => reason is not null);
}

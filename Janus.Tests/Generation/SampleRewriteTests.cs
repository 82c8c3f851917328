using Janus.Generation;
using Janus.Generation.Sample;
using Microsoft.Extensions.Options;

namespace Janus.Tests.Generation;

public sealed class SampleRewriteTests
{
    private const int Turns = 5;

    private static readonly PostBrief[] Unplanned = [new("Launch v2.0 teaser", "A first look", 1), new("Ask us anything", "Questions", 2), new("Post 3", "", 3)];

    public static TheoryData<string> Briefs { get; } = [.. SampleBriefs.All.Keys];

    [Theory]
    [MemberData(nameof(Briefs))]
    public async Task Every_turn_gives_another_text_that_no_other_post_has_and_that_is_within_the_limit(string name)
    {
        foreach (var platform in (string[])["X", "LinkedIn"])
        {
            var brief = SampleBriefs.All[name] with { Platform = platform, PostsPerPhase = 4 };
            await CheckAsync(brief, [.. (await SampleStudio.RunAsync(brief)).Take(10).Select(written => (written.Post, written.Content))]);
        }
    }

    [Theory]
    [MemberData(nameof(Briefs))]
    public async Task So_it_does_for_posts_that_it_did_not_plan(string name)
    {
        var brief = SampleBriefs.All[name];
        using var chat = Studio();
        var written = new List<(PostBrief, PostContent)>();
        foreach (var post in Unplanned)
            written.Add((post, (await Creator(chat).CreateAsync(post, brief, default)).Value));
        await CheckAsync(brief, written);
    }

    [Fact]
    public async Task The_same_turn_gives_the_same_text_and_a_wish_for_a_shorter_one_is_heard()
    {
        var brief = SampleBriefs.All["soap"] with { Platform = "LinkedIn" };
        var (post, content) = (await SampleStudio.RunAsync(brief))[0];
        using var chat = Studio();
        var usual = await RewriteAsync(chat, post, brief, new RewriteWish("A", content.A.Text, content.B.Text, null, 2));

        (await RewriteAsync(chat, post, brief, new RewriteWish("A", content.A.Text, content.B.Text, null, 2))).ShouldBe(usual);
        (await RewriteAsync(chat, post, brief, new RewriteWish("A", content.A.Text, content.B.Text, "Please make it SHORTER!", 2))).Length.ShouldBeLessThan(usual.Length);
    }

    private static async Task CheckAsync(CampaignBrief brief, IReadOnlyList<(PostBrief Post, PostContent Content)> posts)
    {
        using var chat = Studio();
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (post, content) in posts)
        {
            seen.TryAdd(content.A.Text, post.Title).ShouldBeTrue();
            seen.TryAdd(content.B.Text, post.Title).ShouldBeTrue();
        }

        foreach (var (post, content) in posts)
        {
            var (a, b) = (content.A.Text, content.B.Text);
            for (var turn = 2; turn < 2 + Turns; turn++)
            {
                a = await TakeAsync(post, "A", a, b, turn);
                b = await TakeAsync(post, "B", b, a, turn);
                var sentencesOfA = Sentences(a);
                Sentences(b).ShouldAllBe(sentence => !sentencesOfA.Contains(sentence, StringComparer.OrdinalIgnoreCase));
            }
        }

        async Task<string> TakeAsync(PostBrief post, string letter, string current, string other, int turn)
        {
            var text = await RewriteAsync(chat, post, brief, new RewriteWish(letter, current, other, null, turn));
            PlatformLimits.Count(brief.Platform, text).ShouldBeInRange(1, PlatformLimits.Limit(brief.Platform));
            text.ShouldNotMatch(@"\{[a-z]+\}|[<>\[\]]|  ");
            seen.TryAdd(text, $"{post.Title} {letter}{turn}").ShouldBeTrue($"“{text}” is turn {turn} of {post.Title} {letter} and {seen.GetValueOrDefault(text)}");
            return text;
        }
    }

    private static async Task<string> RewriteAsync(SampleChatClient chat, PostBrief post, CampaignBrief brief, RewriteWish wish)
    {
        var answer = await Creator(chat).RewriteAsync(post, brief, wish, default);
        answer.Usage.Calls.ShouldBe(1, post.Title);
        answer.Value.Angle.ShouldNotBeNullOrWhiteSpace();
        return answer.Value.Text;
    }

    private static string[] Sentences(string text) =>
        text.Split(['.', '!', '?', '\n', '。'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static SampleChatClient Studio() => new(Options.Create(SampleStudio.Options()), TimeProvider.System);

    private static ContentCreator Creator(SampleChatClient chat) => new(chat, Prices.OfToday);
}

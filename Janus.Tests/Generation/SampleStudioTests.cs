using System.Text.RegularExpressions;
using Janus.Generation;
using Janus.Generation.Sample.Briefs;

namespace Janus.Tests.Generation;

public sealed partial class SampleStudioTests
{
    public static TheoryData<string> Briefs { get; } = [.. SampleBriefs.All.Keys];

    [Theory]
    [MemberData(nameof(Briefs))]
    public async Task No_two_posts_share_a_sentence_and_every_text_speaks_of_its_brief(string name)
    {
        var brief = SampleBriefs.All[name];
        foreach (var seed in (int[])[0, 1, 2, 3])
            Check(brief, await SampleStudio.RunAsync(brief, seed));
    }

    [Theory]
    [MemberData(nameof(Briefs))]
    public async Task No_text_exceeds_its_platforms_limit(string name)
    {
        foreach (var platform in PlatformLimits.Known)
        {
            foreach (var post in await SampleStudio.RunAsync(SampleBriefs.All[name] with { Platform = platform, PostsPerPhase = 4 }))
            {
                PlatformLimits.Count(platform, post.Content.A.Text).ShouldBeInRange(1, PlatformLimits.Limit(platform));
                PlatformLimits.Count(platform, post.Content.B.Text).ShouldBeInRange(1, PlatformLimits.Limit(platform));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Briefs))]
    public async Task Posts_that_it_did_not_plan_share_no_sentence_either(string name)
    {
        var brief = SampleBriefs.All[name];
        using var chat = new Janus.Generation.Sample.SampleChatClient(Microsoft.Extensions.Options.Options.Create(SampleStudio.Options()), TimeProvider.System);
        var creator = new ContentCreator(chat, Prices.OfToday);
        List<SampleStudio.Written> written = [];
        foreach (var post in (PostBrief[])[new("Launch v2.0 teaser", "A first look", 1), new("Ask us anything", "Questions", 2), new("Post 3", "", 3), new("<b>Sale</b> [now]", "Last call", 3)])
            written.Add(new(post, (await creator.CreateAsync(post, brief, default)).Value));
        Check(brief, written);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task The_number_of_posts_asked_for_is_planned(int count)
    {
        var plan = await SampleStudio.PlanAsync(SampleBriefs.All["mug"] with { PostsPerPhase = count });
        SampleStudio.Posts(plan).CountBy(post => post.Phase).Select(phase => phase.Value).ShouldBe([count, count, count]);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_campaign_and_another_seed_another()
    {
        var brief = SampleBriefs.All["band"];
        (await SampleStudio.RunAsync(brief, 5)).ShouldBe(await SampleStudio.RunAsync(brief, 5));
        var first = (await SampleStudio.RunAsync(brief, 5)).Select(post => post.Content.A.Text).ToHashSet();
        (await SampleStudio.RunAsync(brief, 6)).Count(post => first.Contains(post.Content.A.Text)).ShouldBeLessThan(first.Count / 2);
    }

    [Fact]
    public async Task Audience_tone_and_words_to_use_are_heard()
    {
        foreach (var post in await SampleStudio.RunAsync(SampleBriefs.All["band"]))
        {
            post.Content.A.Text.ShouldContain("night-shift nurses");
            post.Content.B.Text.ShouldContain("night-shift nurses");
            post.Content.A.Text.ShouldContain("rest");
        }

        (await SampleStudio.RunAsync(SampleBriefs.All["three words"])).ShouldAllBe(post => post.Content.A.Text.EndsWith('!') || post.Content.A.Text.EndsWith('?'));
        (await SampleStudio.RunAsync(SampleBriefs.All["band"])).ShouldContain(post => post.Content.A.Text.Contains("sign up", StringComparison.Ordinal));
    }

    private static void Check(CampaignBrief brief, IReadOnlyList<SampleStudio.Written> posts)
    {
        var owner = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (post, content) in posts)
        {
            var sentencesOfA = Sentences(content.A.Text);
            Sentences(content.B.Text).ShouldAllBe(sentence => !sentencesOfA.Contains(sentence, StringComparer.OrdinalIgnoreCase));
            foreach (var variant in (VariantContent[])[content.A, content.B])
            {
                foreach (var sentence in Sentences(variant.Text).Distinct(StringComparer.OrdinalIgnoreCase))
                    owner.TryAdd(sentence, post.Title).ShouldBeTrue($"“{sentence}” is in “{post.Title}” and in “{owner.GetValueOrDefault(sentence)}”");
                SpeaksOf(brief, variant.Text);
                variant.Text.ShouldNotMatch(@"\{[a-z]+\}|[<>\[\]]|  ");
                variant.ImageCaption.ShouldNotMatch(@"\{[a-z]+\}|[<>\[\]]");
            }
        }
    }

    private static void SpeaksOf(CampaignBrief brief, string text)
    {
        var words = ContentWords(brief.ProductDescription).Where(word => !brief.AvoidWords.Contains(word, StringComparer.OrdinalIgnoreCase)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (words.Any(word => Wording.IsUnspaced(word[0])))
        {
            var clean = brief.ProductDescription;
            Enumerable.Range(0, Math.Max(1, text.Length - 4)).Any(at => clean.Contains(text.Substring(at, 4), StringComparison.Ordinal)).ShouldBeTrue(text);
            return;
        }

        // Words longer than a line are no words that a text could use.
        words.RemoveWhere(word => word.Length > 40);
        ContentWords(text).Distinct(StringComparer.OrdinalIgnoreCase).Count(words.Contains).ShouldBeGreaterThanOrEqualTo(Math.Min(2, words.Count), text);
    }

    private static string[] Sentences(string text) =>
        text.Split(['.', '!', '?', '\n', '。'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static IEnumerable<string> ContentWords(string text) =>
        Word().Matches(text.Normalize(System.Text.NormalizationForm.FormKC)).Select(match => match.Value).Where(StopWords.IsContent);

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}]+", RegexOptions.None, 1000)]
    private static partial Regex Word();
}

using Janus.Campaigns.Diagrams;
using Janus.DevTools.FakeGemini;
using Janus.Gemini;
using Janus.Generation;
using Janus.Tests.Generation;

namespace Janus.Tests.DevTools;

/// <summary>The real client and the agents against the fake: what they send keeps the protocol, and its answers keep their contracts at once.</summary>
public sealed class FakeGeminiAgentsTests
{
    private static readonly CampaignBrief Brief = new()
    {
        CampaignName = "Spring",
        ProductDescription = "A quiet espresso machine for small kitchens & offices",
        Goals = "Win 500 preorders before March",
        AvoidWords = ["calm", "bright", "morning"],
    };

    private static readonly PostBrief Post = new("A first look", "What the machine is.", 1);

    [Theory]
    [InlineData(null, 2)]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    [InlineData(4, 4)]
    public async Task A_plan_has_three_phases_and_is_accepted(int? asked, int posts)
    {
        await using var agents = await Agents.StartAsync();

        var answer = await agents.Planner.PlanAsync(Brief with { PostsPerPhase = asked }, _ => null, CancellationToken.None);

        var plan = PlanDiagram.Parse(answer.Value);
        plan.Refusals.ShouldBeEmpty();
        plan.Nodes.CountBy(node => node.Phase).ShouldBe([new(1, posts), new(2, posts), new(3, posts)]);
        plan.Connections.Count.ShouldBe(2 * posts);
        plan.Nodes.Select(node => node.Title).Distinct().Count().ShouldBe(3 * posts);
        agents.Requests.ShouldBe(1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_new_plan_has_the_phases_that_were_asked_for_and_a_follow_up_is_accepted_at_the_first_asking(int first)
    {
        await using var agents = await Agents.StartAsync();

        var anew = await agents.Planner.ReplanAsync(Brief, new ReplanWish(first, "warmer", [new KeptPost("K1", Post)], []), _ => null, CancellationToken.None);
        var follow = await agents.Planner.FollowUpAsync(Brief, new FollowUpWish([Post], [Post.Title], "go on", [1, 2]), CancellationToken.None);

        var plan = PlanDiagram.Parse(anew.Value);
        plan.Refusals.ShouldBeEmpty();
        plan.Nodes.Select(node => node.Phase).Distinct().ShouldBe(Enumerable.Range(first, 4 - first));
        follow.Value.Title.ShouldNotBeEmpty();
        agents.Requests.ShouldBe(2);
    }

    [Theory]
    [InlineData("X")]
    [InlineData("Mastodon")]
    [InlineData("Instagram")]
    public async Task Two_texts_keep_the_contract_at_the_first_asking_whatever_the_post(string platform)
    {
        await using var agents = await Agents.StartAsync();
        for (var number = 0; number < 20; number++)
        {
            var content = (await agents.Writer.CreateAsync(Post with { Title = $"Post {number}" }, Brief with { Platform = platform }, CancellationToken.None)).Value;

            content.A.Text.Length.ShouldBeLessThanOrEqualTo(200);
            content.B.Text.Length.ShouldBeLessThanOrEqualTo(200);
            content.A.ImageCaption.ShouldNotBe(content.B.ImageCaption);
        }

        agents.Requests.ShouldBe(20);
    }

    [Fact]
    public async Task A_text_that_is_written_anew_is_another_one()
    {
        await using var agents = await Agents.StartAsync();
        var first = (await agents.Writer.CreateAsync(Post, Brief, CancellationToken.None)).Value;

        var wish = new RewriteWish("A", first.A.Text, first.B.Text, "shorter", 2);
        (await agents.Writer.RewriteAsync(Post, Brief, wish, CancellationToken.None)).Value.Text.ShouldNotBe(first.A.Text);

        agents.Requests.ShouldBe(2);
    }

    [Fact]
    public async Task A_picture_comes_whole_and_is_counted_as_paid()
    {
        await using var agents = await Agents.StartAsync();

        var first = await agents.Painter.CreateAsync("A red bicycle", Brief, "A", null, CancellationToken.None);
        var second = await agents.Painter.CreateAsync("A red bicycle", Brief, "A", new RedrawWish("darker", 2), CancellationToken.None);

        var picture = DecodedPng.Read(first.Value.Bytes.ToArray());
        (picture.Width * 9).ShouldBe(picture.Height * 16);
        second.Value.Bytes.ToArray().ShouldNotBe(first.Value.Bytes.ToArray());
        first.Usage.OutputTokens.ShouldBeGreaterThan(1120);
        agents.Gemini.Journal.Read().Counts.PicturesPaidFor.ShouldBe(2);
        agents.Requests.ShouldBe(2);
    }

    [Fact]
    public async Task Words_in_a_script_meet_the_picture_that_has_them()
    {
        await using var agents = await Agents.StartAsync();
        agents.Gemini.Play("""image: image-safety when="red bicycle" """);

        await Should.ThrowAsync<GenerationFailedException>(agents.Painter.CreateAsync("A red bicycle", Brief, "A", null, CancellationToken.None));
        await agents.Painter.CreateAsync("A blue bicycle", Brief, "A", null, CancellationToken.None);
    }

    private sealed class Agents : IAsyncDisposable
    {
        private readonly HttpClient _http;

        private Agents(FakeGeminiServer gemini)
        {
            Gemini = gemini;
            _http = GeminiCaller.NewHttp(gemini);
            var options = new GeminiOptions { ApiKey = "any", Endpoint = gemini.Address };
            var prices = Prices.OfToday;
            var chat = new GeminiChatClient(_http, options);
            Planner = new(chat, prices);
            Writer = new(chat, prices);
            Painter = new(new GeminiImageGenerator(_http, options), prices);
        }

        public FakeGeminiServer Gemini { get; }

        public StrategyPlanner Planner { get; }

        public ContentCreator Writer { get; }

        public MediaCreator Painter { get; }

        public long Requests => Gemini.Journal.Read().Counts.Requests;

        public static async Task<Agents> StartAsync() => new(await FakeGeminiServer.StartAsync(new FakeServerOptions(), CancellationToken.None));

        public async ValueTask DisposeAsync()
        {
            _http.Dispose();
            await Gemini.DisposeAsync();
        }
    }
}

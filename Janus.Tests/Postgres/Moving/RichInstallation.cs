using Janus.Campaigns;
using Janus.Campaigns.Accounts;
using Janus.Campaigns.Steps;
using Janus.Tests.Api;
using Janus.Tests.Storage;

namespace Janus.Tests.Postgres.Moving;

/// <summary>An installation on SQLite in which every table has rows, made through the API and the engine, and stopped.</summary>
internal sealed class RichInstallation : IAsyncDisposable
{
    private RichInstallation(TestStore store) => Store = store;

    public TestStore Store { get; }

    public string Folder => Store.Folder;

    public string Media => Path.Combine(Folder, "media");

    /// <summary>A campaign with posts that are out and have numbers, posts that a new plan took the place of, and a plan that waits.</summary>
    public string Finished { get; private set; } = "";

    /// <summary>A campaign one of whose parts is dead.</summary>
    public string Failed { get; private set; } = "";

    /// <summary>A campaign in the middle of its making: some parts are done, some ready, and one is in the hands of a worker that is gone.</summary>
    public string Unfinished { get; private set; } = "";

    /// <summary>What the API says of everything.</summary>
    public SortedDictionary<string, string> Answers { get; private set; } = [];

    public static async Task<RichInstallation> CreateAsync()
    {
        var rich = new RichInstallation(await TestStore.OnSqliteAsync());
        await using (var host = await MovingHost.StartAsync(rich.Store))
        {
            var account = (await host.Get<AccountCommands>().CreateAsync("mira", Role.Editor, "lantern harbour quilt seven", CancellationToken.None)).Value;
            (await host.Get<AccessTokens>().CreateAsync(account.Id, "nightly report", Role.Viewer, TimeSpan.FromDays(30), CancellationToken.None)).IsAccepted.ShouldBeTrue();
            rich.Finished = await FinishAsync(host);
            rich.Failed = await FailAsync(host);
            rich.Unfinished = await BeginAsync(host);
            await File.WriteAllTextAsync(Path.Combine(rich.Media, $"{new string('0', 32)}.svg"), "<svg/>");
            rich.Answers = await EveryAnswer.OfAsync(host);
        }

        rich.Store.ClosePool();
        return rich;
    }

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    private static async Task<string> FinishAsync(MovingHost host)
    {
        host.Planner.Usage = new("planner-1", 100, 200, 3_000, 1);
        var answer = await host.PostAsync("/api/strategy/plan/", Briefs.Named("Fête «Öl» 🥖"), ("Idempotency-Key", "the-first"));
        answer.Status.ShouldBe(201, answer.Text);
        var campaign = answer.Json.GetProperty("campaign_id").GetString()!;
        await host.MakeContentAsync();
        var posts = await host.PostsOfAsync(campaign);
        await ShouldAsync(host.PostAsync($"/api/posts/{posts[0]}/regenerate", new { letter = "B", kind = "picture", hint = "Zwei\nZeilen" }));
        await ShouldAsync(host.PostAsync($"/api/posts/{posts[1]}/regenerate", new { letter = "A", kind = "text" }));
        await host.MakeContentAsync();
        await ShouldAsync(host.PostAsync($"/api/posts/{posts[0]}/variants/A", new { text = "Typed by hand, 日本語 and 🎉", base_generation = 1 }));
        await ShouldAsync(host.PostAsync("/api/graph", new { pk = posts[2], reject_message = "Too loud" }));
        await ShouldAsync(host.PostAsync("/api/approveAll", new { campaign_id = campaign }));
        await ShouldAsync(PutAsync(host, $"/api/campaigns/{campaign}/schedule", new { time_zone = "Asia/Kathmandu", quiet_from = "20:00", quiet_to = "09:15" }));
        await ShouldAsync(host.PostAsync($"/api/campaigns/{campaign}/schedule/apply", ""));
        await ShouldAsync(host.PostAsync($"/api/posts/{posts[0]}/publish", new { url = "https://example.com/p/1" }));
        await ShouldAsync(PutAsync(host, $"/api/posts/{posts[0]}/metrics", new { likes = 5, impressions = 5_000_000_000 }));
        await ShouldAsync(host.PostAsync("/api/agents/regenerate-strategy", new { campaign_id = campaign, phase_num = 3, new_direction = "Speak to night nurses" }));
        await ShouldAsync(host.PostAsync("/api/agents/generate-new-post", new { nodes = new[] { posts[0] }, prompt = "Answer them" }));
        await host.MakeContentAsync();
        await ShouldAsync(host.PostAsync($"/api/campaigns/{campaign}/replan", new { phase_num = 3, new_direction = "Thank louder" }));
        await ShouldAsync(PutAsync(host, $"/api/campaigns/{campaign}/budget", new { cap_usd = 7.5 }));
        await ShouldAsync(PutAsync(host, "/api/budget/day", new { cap_usd = 40 }));
        return campaign;
    }

    private static async Task<string> FailAsync(MovingHost host)
    {
        var campaign = await host.PlanAsync("Fails");
        var queue = host.Get<StepQueue>();
        var steps = await queue.ClaimAsync("tester", 50, 0, CancellationToken.None);
        await ShouldAsync(host.PostAsync($"/api/campaigns/{campaign}/pause", new { reason = "Wait for legal" }));
        foreach (var step in steps)
        {
            (await queue.FailAsync(step.Claim, new("blocked", "The provider refuses it.", false, false, null), new("test-model", 7, 0, 21), CancellationToken.None)).IsAccepted.ShouldBeTrue();
        }

        return campaign;
    }

    private static async Task<string> BeginAsync(MovingHost host)
    {
        var campaign = await host.PlanAsync("In the middle");
        var queue = host.Get<StepQueue>();
        var texts = await queue.ClaimAsync("the-one-that-is-gone", 2, 0, CancellationToken.None);
        (await queue.CompleteTextAsync(
            texts[0].Claim, [new("A", "A first text", "bold", "A red kite"), new("B", "Another one", "calm", "A blue kite")], Author.Ai, new("test-model", 1, 1, 40), CancellationToken.None))
            .IsAccepted.ShouldBeTrue();
        return campaign;
    }

    private static async Task<Answer> PutAsync(ApiHost host, string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = System.Net.Http.Json.JsonContent.Create(body) };
        return await host.SendAsync(request);
    }

    private static async Task ShouldAsync(Task<Answer> asked)
    {
        var answer = await asked;
        answer.Status.ShouldBeInRange(200, 299, answer.Text);
    }
}

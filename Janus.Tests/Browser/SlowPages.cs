using System.Net;
using System.Text.Json;
using Janus.Tests.Systems;

namespace Janus.Tests.Browser;

/// <summary>
/// A Janus that takes its time, so that a test can see it plan and make. Planning takes longest, so the campaigns that the tests need
/// are planned once, all at the same time: two of which one post each fails for good, and some that wait to be made.
/// </summary>
public sealed class SlowPages(ChromiumBrowser browser) : RunningPages(browser)
{
    /// <summary>The title of the post that fails. The sample studio's plan for <see cref="FailingProduct"/> has it.</summary>
    internal const string FailedTitle = "Inside Zephyr";

    /// <summary>How many posts a waiting campaign has. Making them takes three rounds of pictures.</summary>
    internal const int WaitingPosts = 12;

    private const string FailingProduct = "Zephyr, a quiet coffee grinder for small kitchens";
    private const int Waiting = 9;

    private readonly Queue<string> _waiting = [];
    private string? _failedCampaignId;
    private string? _failedCampaignToRescueId;

    /// <summary>A campaign that went back to planning, because one of its posts could not be made.</summary>
    internal string FailedCampaignId => Started(_failedCampaignId);

    /// <summary>Another one, for the test that changes it.</summary>
    internal string FailedCampaignToRescueId => Started(_failedCampaignToRescueId);

    protected override Dictionary<string, string?> Environment => Settings.With(
        ("Sample__PlanLatency", "00:00:10"), ("Sample__PictureLatency", "00:00:02.500"), ("Sample__FailTitle", FailedTitle));

    protected override async Task PrepareAsync()
    {
        var failing = Task.WhenAll(FailAsync(), FailAsync());
        foreach (var campaignId in await Task.WhenAll(Enumerable.Range(1, Waiting).Select(number => PlanToWaitAsync($"Patience {number}"))))
            _waiting.Enqueue(campaignId);
        string[] failed = await failing;
        (_failedCampaignId, _failedCampaignToRescueId) = (failed[0], failed[1]);
    }

    /// <summary>Begins to make a campaign that no other test has seen, and returns its id.</summary>
    internal async Task<string> BeginAsync()
    {
        var campaignId = _waiting.Dequeue();
        (await Marketer.CommandAsync(campaignId, "retry")).ShouldBe(HttpStatusCode.OK);
        return campaignId;
    }

    private async Task<string> PlanToWaitAsync(string name)
    {
        var campaignId = await PlanAsync(name, WaitingPosts / 3);
        (await Marketer.CommandAsync(campaignId, "cancel")).ShouldBe(HttpStatusCode.OK);
        return campaignId;
    }

    private async Task<string> FailAsync()
    {
        var brief = new { product_description = FailingProduct, gtm_goals = "Win 500 preorders", campaign_name = "Zephyr", posts_per_phase = 2 };
        var campaignId = (await SendAsync("/api/strategy/plan/", brief)).GetProperty("campaign_id").GetString()!;
        var settled = await Marketer.UntilAsync([campaignId], campaigns => campaigns[0].GetProperty("phase").GetString() is "planning" or "scheduled");
        settled[0].GetProperty("phase").GetString().ShouldBe("planning", $"nothing failed of: {await TitlesAsync(campaignId)}");
        return campaignId;
    }

    private async Task<string> TitlesAsync(string campaignId) => JsonSerializer.Serialize(
        (await Marketer.GraphAsync(campaignId)).GetProperty("diagram").EnumerateArray().Select(post => post.GetProperty("title").GetString()));
}

using Janus.DevTools.FakeGemini;
using Janus.Tests.Hosting;

namespace Janus.Tests.Systems;

/// <summary>Whole systems that ask Gemini, played by the strict fake, through the real client and real processes.</summary>
[Collection(SystemsCollection.Name)]
public sealed class GeminiCampaignTests
{
    private const string Key = "AIza-campaign-key-that-nobody-may-see";

    [Fact]
    public async Task A_campaign_is_scheduled_through_bursts_of_503_and_429_and_no_picture_is_paid_for_twice()
    {
        await using var gemini = await FakeGeminiServer.StartAsync(new FakeServerOptions { Key = Key }, CancellationToken.None);
        gemini.Play("503 x2; ok; text: 503 x3; image: 503 x4; text: 429 retry=1s x2; image: 429 retry=1s x2; image: 503 rate=0.1");
        await using var janus = await StartAsync(gemini);
        using var marketer = new Marketer(() => janus);

        var campaign = (await marketer.PlanAsync("storm", postsPerPhase: 4)).CampaignId!;
        await marketer.UntilScheduledAsync([campaign]);

        var seen = gemini.Journal.Read();
        var posts = (await marketer.GraphAsync(campaign)).GetProperty("diagram").GetArrayLength();
        posts.ShouldBe(12);
        seen.Counts.PicturesPaidFor.ShouldBe(2 * posts);
        seen.Counts.Problems.ShouldBe(0, string.Join(Environment.NewLine, seen.Requests.Where(request => request.Problem is not null)));
        seen.Counts.Statuses[503].ShouldBeGreaterThanOrEqualTo(9);
        seen.Counts.Statuses[429].ShouldBe(4);
        janus.Lines.Tail.ShouldNotContain(Key);
    }

    [Fact]
    public async Task A_refused_key_stops_claiming_and_says_where_to_set_it_and_a_new_key_goes_on()
    {
        await using var gemini = await FakeGeminiServer.StartAsync(new FakeServerOptions { Key = Key }, CancellationToken.None);
        gemini.Play("ok; bad-key forever");
        await using var janus = await StartAsync(gemini);
        using var marketer = new Marketer(() => janus);

        var campaign = (await marketer.PlanAsync("locked")).CampaignId!;
        var refused = await marketer.UntilAsync(
            [campaign], seen => seen[0].GetProperty("phase").GetString() == "planning" && seen[0].GetProperty("last_error").GetString() is not null);

        refused[0].GetProperty("last_error").GetString()!.ShouldContain("The Gemini key was refused. Set a valid one in Gemini:ApiKey");
        var asked = gemini.Journal.Read().Requests.Count;
        asked.ShouldBeLessThanOrEqualTo(1 + 6, "only the calls that were under way were made");
        gemini.Play("ok forever");
        await marketer.CommandAsync(campaign, "retry");
        await marketer.UntilScheduledAsync([campaign]);
    }

    [Fact]
    public async Task One_caption_that_is_refused_kills_one_picture_and_the_marketer_edits_it_and_retries_it_alone()
    {
        await using var gemini = await FakeGeminiServer.StartAsync(new FakeServerOptions { Key = Key }, CancellationToken.None);
        gemini.Play("image: image-safety");
        await using var janus = await StartAsync(gemini);
        using var marketer = new Marketer(() => janus);

        var campaign = (await marketer.PlanAsync("caption")).CampaignId!;
        var failed = await marketer.UntilAsync(
            [campaign], seen => seen[0].GetProperty("phase").GetString() == "planning" && seen[0].GetProperty("last_error").GetString() is not null);

        failed[0].GetProperty("last_error").GetString()!.ShouldContain("IMAGE_SAFETY");
        failed[0].GetProperty("parts").GetProperty("failed").GetInt32().ShouldBe(1);
        Marketer.Done(failed).ShouldBe((3 * 6) - 1);
        var paid = gemini.Journal.Read().Counts.PicturesPaidFor;

        gemini.Play("image: latency=1ms when=\"bowl of plums\"");
        var (pk, letter) = await marketer.FailedPictureAsync(campaign);
        await marketer.EditCaptionAsync(pk, letter, "A grinder beside a bowl of plums.");
        await marketer.RetryPostAsync(pk);
        await marketer.UntilScheduledAsync([campaign]);

        var seen = gemini.Journal.Read();
        seen.Counts.PicturesPaidFor.ShouldBe(paid + 1);
        seen.Requests[^1].Play.ShouldBe("latency", "the new caption was not asked for");
        (await marketer.GraphAsync(campaign)).GetProperty("diagram").GetArrayLength().ShouldBe(6);
    }

    private static Task<RunningJanus> StartAsync(FakeGeminiServer gemini) => RunningJanus.StartReadyAsync(environment: Settings.With(
        ("Gemini__ApiKey", Key), ("Gemini__Endpoint", gemini.Address.AbsoluteUri), ("Gemini__Retry__OverloadedFirstDelay", "00:00:00.050")));
}

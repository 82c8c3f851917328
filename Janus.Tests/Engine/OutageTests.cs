using Janus.Campaigns;
using Janus.Campaigns.Storage;
using Janus.DevTools.FakeGemini;
using Microsoft.EntityFrameworkCore;

namespace Janus.Tests.Engine;

/// <summary>A worker whose Gemini, played by the strict fake, is down or answers nonsense.</summary>
public sealed class OutageTests
{
    private const string Key = "AIza-outage-key-that-nobody-may-see";

    [Fact]
    public async Task Steps_wait_out_an_outage_without_losing_attempts_and_go_on_by_themselves()
    {
        await using var gemini = await FakeGeminiServer.StartAsync(new FakeServerOptions { Key = Key }, CancellationToken.None);
        gemini.Play("503 forever");
        await using var engine = await TestEngine.StartAsync();
        await using var worker = await TestWorker.StartAsync(engine, null, Settings(gemini, ("Gemini:Limits:Circuit:FewestCalls", "2")));
        var campaign = await engine.PlanAsync(posts: 3);

        // Many more tries than a step has attempts.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await gemini.Journal.UntilAsync(journal => journal.Counts.Text >= 14, limit.Token);
        gemini.Play("ok forever");
        var graph = await worker.UntilAsync(campaign, g => g.Campaign.Phase is Phase.Scheduled || g.Campaign.LastError is not null);

        graph.Campaign.LastError.ShouldBeNull();
        graph.Posts.ShouldAllBe(post => post.AssetsReady);
        gemini.Journal.Read().Counts.PicturesPaidFor.ShouldBe(6);
    }

    [Fact]
    public async Task Nothing_that_Gemini_may_answer_stops_the_worker_or_leaks_the_key()
    {
        await using var gemini = await FakeGeminiServer.StartAsync(new FakeServerOptions { Key = Key }, CancellationToken.None);
        string[] plays =
        [
            "503", "503-page", "500", "504", "429 retry=1s", "reset-before", "reset-after", "reset-mid", "truncated-json", "blocked-prompt", "no-candidates",
            "empty-text", "max-tokens", "safety", "recitation", "unknown-finish", "unknown-fields", "int64-strings", "html-page", "empty-body", "not-json",
            "failed-precondition", "bad-request", "image: invalid-base64", "image: not-a-picture", "image: wrong-media-type", "image: image-safety",
            "image: no-image", "text: out-of-schema", "text: plain-reply",
        ];
        gemini.Play(string.Join("; ", plays));
        await using var engine = await TestEngine.StartAsync();
        await using var worker = await TestWorker.StartAsync(engine, null, Settings(gemini, ("Gemini:Limits:Circuit:FewestCalls", "1000")));
        var campaign = await engine.PlanAsync(posts: 12);

        // What was given up is asked for again until the script is played to its end.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var graph = await worker.UntilAsync(campaign, g => g.Campaign.Phase is Phase.Scheduled || g.Campaign is { Phase: Phase.Planning, LastError: not null });
            if (graph.Campaign.Phase == Phase.Scheduled)
                break;
            graph.Campaign.LastError.ShouldNotBeNull().ShouldNotContain(Key);
            (await engine.Commands.RetryAsync(campaign.PublicId, limit.Token)).IsAccepted.ShouldBeTrue();
        }

        var seen = gemini.Journal.Read();
        seen.Counts.Plays.Count(play => play.Key != "ok").ShouldBe(plays.Length);
        var errors = await engine.Get<CampaignDatabase>().ReadAsync(
            "errors", (context, token) => context.Attempts.Where(attempt => attempt.Error != null).Select(attempt => attempt.Error!).ToListAsync(token), limit.Token);
        errors.ShouldNotBeEmpty();
        errors.ShouldAllBe(error => !error.Contains(Key) && !error.Contains("SECRET-ECHO") && !error.Contains("went wrong"));
    }

    private static IEnumerable<(string, string)> Settings(FakeGeminiServer gemini, params (string, string)[] more) =>
    [
        ("Gemini:ApiKey", Key),
        ("Gemini:Endpoint", gemini.Address.AbsoluteUri),
        ("Gemini:Retry:OverloadedAttempts", "1"),
        ("Gemini:Retry:QuotaLongestDelay", "00:00:05"),
        ("Gemini:Limits:Circuit:FirstBreak", "00:00:00.500"),
        ("Gemini:Limits:Circuit:LongestBreak", "00:00:00.500"),
        ("Janus:Steps:MaxBackoff", "00:00:00.050"),
        .. more,
    ];
}

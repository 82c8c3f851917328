using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Janus.Campaigns.Faults;
using Janus.Tests.Hosting;
using Janus.Tests.House;

namespace Janus.Tests.Systems;

/// <summary>Somebody else holds the write lock for longer than anybody is ready to wait.</summary>
[Collection(SystemsCollection.Name)]
public sealed class ContentionTests
{
    private const string HeldSeconds = "5";

    [Fact]
    public async Task Held_beyond_the_budget_the_API_says_503_and_when_to_come_back_and_the_generation_goes_on_by_itself_and_pays_nothing_twice()
    {
        // The lease runs out while nobody can renew it, as 15 s do when the lock is held for 30 s.
        await using var janus = await RunningJanus.StartReadyAsync(environment: Settings.With(
            ("Janus__LockRetry__Budget", "00:00:01"),
            (FaultPoints.Key.Replace(":", "__", StringComparison.Ordinal), $"{FaultPoints.BeforeCall}=pause 00:00:00 x9999")));
        using var marketer = new Marketer(() => janus);
        var campaign = (await marketer.PlanAsync("held", postsPerPhase: 4)).CampaignId!;
        await marketer.UntilAsync([campaign], seen => Marketer.Done(seen) > 0);

        using var holder = Process.Start(new ProcessStartInfo(
            "dotnet", [Solution.ProgramOf("Janus.DevTools"), "locks", "--hold-only", HeldSeconds, "--file", Path.Combine(janus.DataDirectory, "janus.db")]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        (await holder.StandardOutput.ReadLineAsync()).ShouldBe("holding");
        using var http = new HttpClient { BaseAddress = janus.Api };
        using var refused = await PlanAsync(http);
        var read = await marketer.GraphAsync(campaign);
        holder.HasExited.ShouldBeFalse("the lock was let go before anything was asked");

        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refused.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        refused.Headers.RetryAfter!.Delta.ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.Zero);
        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("status").GetInt32().ShouldBe(503);
        problem.GetProperty("detail").GetString().ShouldBe("The database is busy. Nothing was changed; please try again.");
        // Who only reads is not concerned.
        read.GetProperty("campaign").GetProperty("phase").GetString().ShouldBe("content_creation");

        await holder.WaitForExitAsync();
        await marketer.UntilScheduledAsync([campaign]);
        using var accepted = await PlanAsync(http);
        accepted.StatusCode.ShouldBe(HttpStatusCode.Created);
        var again = (await accepted.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("campaign_id").GetString()!;
        await marketer.UntilScheduledAsync([again]);

        var audit = await Audit.OfAsync(janus.DataDirectory, campaigns: 2);
        audit.Lost.ShouldBe(0);
        FaultPoints.Count(janus.DataDirectory, FaultPoints.BeforeCall).ShouldBe(audit.Steps);
        janus.Lines.All.Where(line => line.Contains(" fail: ", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static Task<HttpResponseMessage> PlanAsync(HttpClient http)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/strategy/plan/")
        {
            Content = JsonContent.Create(new { product_description = "A quiet coffee grinder", gtm_goals = "Win 500 preorders", campaign_name = "refused", posts_per_phase = 2 }),
        };
        request.Headers.Add("Idempotency-Key", "refused");
        return http.SendAsync(request);
    }
}

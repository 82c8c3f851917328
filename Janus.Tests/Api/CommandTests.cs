using Janus.Campaigns.Steps;

namespace Janus.Tests.Api;

public sealed class CommandTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Theory]
    [InlineData("")]
    [InlineData("/")]
    public async Task Cancel_stops_what_is_left_and_retry_asks_for_it_again(string slash)
    {
        var id = await host.PlanAsync();
        var cancelled = (await host.PostAsync($"/api/campaigns/{id}/cancel{slash}", new { reason = "Wrong product" })).Json;
        cancelled.GetProperty("success").GetBoolean().ShouldBeTrue();
        cancelled.GetProperty("campaign_id").GetString().ShouldBe(id);
        cancelled.GetProperty("message").GetString().ShouldBe("Cancelled 12 parts; what was made is kept.");
        (await GraphAsync(id)).GetProperty("campaign").GetProperty("last_error").GetString().ShouldBe("Cancelled: Wrong product");

        var retried = await host.PostAsync($"/api/campaigns/{id}/retry{slash}", "");
        retried.Status.ShouldBe(200, retried.Text);
        retried.Json.GetProperty("phase").GetString().ShouldBe("planning");
        retried.Json.GetProperty("version").GetInt64().ShouldBeGreaterThan(cancelled.GetProperty("version").GetInt64());
        (await GraphAsync(id)).GetProperty("campaign").GetProperty("last_error").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        await host.MakeContentAsync();
        (await GraphAsync(id)).GetProperty("campaign").GetProperty("phase").GetString().ShouldBe("scheduled");
    }

    [Fact]
    public async Task Cancel_needs_no_body()
    {
        var id = await host.PlanAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/campaigns/{id}/cancel");
        (await host.SendAsync(request)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_wrong_reason_is_named()
    {
        var id = await host.PlanAsync();
        (await host.PostAsync($"/api/campaigns/{id}/cancel", new { reason = 5 })).ShouldName("reason");
        (await host.PostAsync($"/api/campaigns/{id}/cancel", new { reason = new string('x', 501) })).ShouldName("reason");
    }

    [Fact]
    public async Task Commands_that_do_not_fit_are_409_with_a_sentence()
    {
        var id = await host.PlanAsync();
        (await host.PostAsync($"/api/campaigns/{id}/retry", "")).ShouldBeProblem(409).GetProperty("message").GetString().ShouldBe("There is nothing to try again.");
        (await host.PostAsync($"/api/campaigns/{id}/accept", "")).ShouldBeProblem(409);
        await host.MakeContentAsync();
        (await host.PostAsync($"/api/campaigns/{id}/cancel", "{}")).ShouldBeProblem(409);
        (await host.PostAsync($"/api/campaigns/{id}/accept", "")).ShouldBeProblem(409);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    public async Task Accept_schedules_the_campaign_with_what_is_there(string slash)
    {
        var id = await host.PlanAsync();
        await host.MakeContentAsync(pictures: false);
        var accepted = await host.PostAsync($"/api/campaigns/{id}/accept{slash}", "");
        accepted.Status.ShouldBe(200, accepted.Text);
        accepted.Json.GetProperty("phase").GetString().ShouldBe("scheduled");
        accepted.Json.GetProperty("message").GetString().ShouldBe("Scheduled without 8 parts.");
    }

    [Theory]
    [InlineData("retry")]
    [InlineData("cancel")]
    [InlineData("accept")]
    public async Task A_command_for_an_unknown_campaign_is_a_404(string command) =>
        (await host.PostAsync($"/api/campaigns/c_0000000000000000000000/{command}", "{}")).ShouldBeProblem(404);

    [Fact]
    public async Task A_failed_part_shows_its_reason_and_retry_makes_only_what_is_missing()
    {
        // What other tests have left in the queue is made first, so that the next claim is of this campaign.
        await host.MakeContentAsync();
        var id = await host.PlanAsync();
        var queue = host.Get<StepQueue>();
        var step = (await queue.ClaimAsync("tester", 1, 0, CancellationToken.None)).ShouldHaveSingleItem();
        await queue.FailAsync(step.Claim, new AttemptFailure("blocked", "The text was blocked.", false, false, null), new AttemptUsage(null, 0, 0, 0), CancellationToken.None);
        await host.MakeContentAsync();

        var campaign = (await GraphAsync(id)).GetProperty("campaign");
        campaign.GetProperty("phase").GetString().ShouldBe("planning");
        campaign.GetProperty("last_error").GetString().ShouldNotBeNullOrEmpty();
        campaign.GetProperty("parts").GetProperty("failed").GetInt32().ShouldBe(1);
        campaign.GetProperty("parts").GetProperty("reasons")[0].GetString().ShouldBe("The text was blocked.");
        (await host.PostAsync($"/api/campaigns/{id}/retry", "")).Json.GetProperty("message").GetString().ShouldBe("Making 3 parts again.");
        await host.MakeContentAsync();
        (await GraphAsync(id)).GetProperty("campaign").GetProperty("phase").GetString().ShouldBe("scheduled");
    }

    private async Task<System.Text.Json.JsonElement> GraphAsync(string id) => (await host.GetAsync($"/api/nodesJson/?campaign_id={id}")).Json;
}

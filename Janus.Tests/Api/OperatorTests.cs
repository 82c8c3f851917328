using Janus.Tests.Storage;
using System.Text.Json;
using Janus.ApiService.Operator;
using Janus.Campaigns.Spending;
using Janus.Campaigns.Steps;
using Janus.Campaigns.Storage.Backups;
using Microsoft.AspNetCore.Routing;

namespace Janus.Tests.Api;

public sealed class OperatorTests(OperatorHost host) : IClassFixture<OperatorHost>
{
    public static TheoryData<string> Paths =>
    [
        Topology.Operator.SampleCampaignPath, Topology.Operator.HoldLockPath, Topology.Operator.PausePath, Topology.Operator.ResumePath,
        Topology.Operator.RetryPath, Topology.Operator.BackupPath,
    ];

    [Fact]
    public void The_commands_are_those_of_the_buttons_and_the_key_is_sent_where_it_is_read()
    {
        host.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(endpoint => endpoint.RoutePattern.RawText!)
            .Where(path => path.StartsWith("/operator", StringComparison.Ordinal)).ShouldBe(Paths.Select(row => row.Data), ignoreOrder: true);
        OperatorKey.Header.ShouldBe(Topology.Operator.KeyHeader);
        OperatorKey.Setting.Replace(":", "__", StringComparison.Ordinal).ShouldBe(Topology.Variables.OperatorKey);
    }

    [Fact]
    public async Task The_public_document_does_not_speak_of_them() =>
        (await host.GetAsync(Topology.ReferencePath)).Text.ShouldNotContain("operator/");

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Without_the_key_nothing_is_done_and_nothing_is_told(string path)
    {
        var asked = host.Planner.Calls;
        var refusals = new List<string>();
        foreach (var key in (string?[])[null, "", "another", OperatorHost.Key + "x", OperatorHost.Key[..^1]])
        {
            var refused = await host.SayAsync(path, key);
            refusals.Add(refused.ShouldBeProblem(401).GetProperty("message").GetString()!);
            refused["WWW-Authenticate"].ShouldBe(Topology.Operator.KeyHeader);
        }

        refusals.Distinct().ShouldHaveSingleItem();
        host.Planner.Calls.ShouldBe(asked);
        host.CanWrite().ShouldBeTrue();
    }

    [Fact]
    public async Task Where_no_key_is_set_there_are_no_commands()
    {
        await using var keyless = new ApiHost();
        await keyless.InitializeAsync();
        foreach (var path in Paths)
            (await keyless.PostAsync(path.Data, "", (Topology.Operator.KeyHeader, ""))).ShouldBeProblem(404);
    }

    [Fact]
    public async Task A_sample_campaign_is_planned_like_any_other()
    {
        var answer = await host.SayAsync(Topology.Operator.SampleCampaignPath);

        answer.Status.ShouldBe(201, answer.Text);
        var id = answer.Json.GetProperty("campaign_id").GetString();
        answer["Location"].ShouldBe($"/api/agents/campaigns/{id}/");
        (await CampaignAsync(host, id!)).GetProperty("name").GetString().ShouldBe("Sample campaign");
    }

    [Fact]
    public async Task Pause_reaches_every_campaign_with_work_left_and_resume_only_those_that_it_reached()
    {
        await using var own = await OperatorHost.StartAsync();
        var finished = await own.PlanAsync("Finished");
        await own.MakeContentAsync();
        var (first, second, persons) = (await own.PlanAsync("First"), await own.PlanAsync("Second"), await own.PlanAsync("A person's"));
        await own.PostAsync($"/api/campaigns/{persons}/pause", new { reason = "Wait for legal" });

        var paused = (await own.SayAsync(Topology.Operator.PausePath)).Json;

        (paused.GetProperty("success").GetBoolean(), paused.GetProperty("campaigns").GetInt32()).ShouldBe((true, 2));
        (await own.Get<StepQueue>().ClaimAsync("tester", 9, 9, CancellationToken.None)).ShouldBeEmpty();
        foreach (var id in (string[])[first, second])
        {
            var campaign = await CampaignAsync(own, id);
            (campaign.GetProperty("pause_cause").GetString(), campaign.GetProperty("pause_reason").GetString()).ShouldBe(("operator", "Paused by the operator."));
            (await KindsAsync(own, id))[0].ShouldBe("generation_paused");
        }

        (await PauseCauseAsync(own, persons)).ShouldBe("person");
        (await PauseCauseAsync(own, finished)).ShouldBeNull();
        (await own.SayAsync(Topology.Operator.PausePath)).Json.GetProperty("campaigns").GetInt32().ShouldBe(0);

        (await own.SayAsync(Topology.Operator.ResumePath)).Json.GetProperty("message").GetString().ShouldBe("Resumed 2 campaigns.");
        (await KindsAsync(own, first))[0].ShouldBe("generation_resumed");
        (await PauseCauseAsync(own, first)).ShouldBeNull();
        (await PauseCauseAsync(own, persons)).ShouldBe("person");
        (await own.SayAsync(Topology.Operator.ResumePath)).Json.GetProperty("campaigns").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task A_campaign_at_its_limit_stays_paused_with_the_operator_and_meets_its_limit_again_afterwards()
    {
        await using var own = await OperatorHost.StartAsync();
        var id = await own.PlanAsync();
        using var lowered = new HttpRequestMessage(HttpMethod.Put, $"/api/campaigns/{id}/budget") { Content = new StringContent("""{"cap_usd": 0}""", null, "application/json") };
        (await own.SendAsync(lowered)).Status.ShouldBe(200);
        await ClaimAsync();
        (await PauseCauseAsync(own, id)).ShouldBe("campaign_budget");

        (await own.SayAsync(Topology.Operator.PausePath)).Json.GetProperty("campaigns").GetInt32().ShouldBe(1);
        (await PauseCauseAsync(own, id)).ShouldBe("operator");
        await own.SayAsync(Topology.Operator.ResumePath);
        (await PauseCauseAsync(own, id)).ShouldBeNull();
        (await ClaimAsync()).ShouldBeEmpty();

        (await PauseCauseAsync(own, id)).ShouldBe("campaign_budget");

        Task<IReadOnlyList<ClaimedStep>> ClaimAsync() => own.Get<StepQueue>().ClaimAsync("tester", 1, 1, CancellationToken.None, new ExpectedCosts(20_000, 80_000));
    }

    [Fact]
    public async Task Retry_reaches_what_failed_and_leaves_alone_what_a_person_decided()
    {
        await using var own = await OperatorHost.StartAsync();
        var accepted = await own.PlanAsync("Accepted");
        var cancelled = await own.PlanAsync("Cancelled");
        var (first, second) = (await own.PlanAsync("First"), await own.PlanAsync("Second"));
        await FailOneTextOfEachAsync(own);
        (await own.PostAsync($"/api/campaigns/{cancelled}/cancel", "{}")).Status.ShouldBe(200);
        await own.MakeContentAsync();
        (await own.PostAsync($"/api/campaigns/{accepted}/accept", "")).Status.ShouldBe(200);

        var answer = (await own.SayAsync(Topology.Operator.RetryPath)).Json;

        answer.GetProperty("message").GetString().ShouldBe("Making 6 parts of 2 campaigns again.");
        await own.MakeContentAsync();
        foreach (var (id, phase) in ((string, string)[])[(first, "scheduled"), (second, "scheduled"), (accepted, "scheduled"), (cancelled, "planning")])
            (await CampaignAsync(own, id)).GetProperty("phase").GetString().ShouldBe(phase);
        (await KindsAsync(own, accepted)).ShouldNotContain("retry_requested");
        (await own.SayAsync(Topology.Operator.RetryPath)).Json.GetProperty("campaigns").GetInt32().ShouldBe(0);
    }

    [Fact]
    [Trait(TestStore.Trait, TestStore.Sqlite)]
    public async Task A_backup_is_made_and_is_whole()
    {
        await host.PlanAsync();

        var path = (await host.SayAsync(Topology.Operator.BackupPath)).Json.GetProperty("path").GetString()!;

        Path.GetDirectoryName(path).ShouldBe(Path.Combine(host.Folder, "backups"));
        (await new BackupFolder(path).VerifyAsync(CancellationToken.None)).Manifest.Counts.Campaigns.ShouldBeGreaterThan(0);
    }

    [Fact]
    [Trait(TestStore.Trait, TestStore.Sqlite)]
    public async Task A_backup_that_cannot_be_made_says_why()
    {
        await using var own = await OperatorHost.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(own.Folder, "backups"), "in the way");
        (await own.SayAsync(Topology.Operator.BackupPath)).ShouldBeProblem(409).GetProperty("message").GetString()!.ShouldContain("backups");
    }

    private static async Task FailOneTextOfEachAsync(ApiHost own)
    {
        var queue = own.Get<StepQueue>();
        var failure = new AttemptFailure("test", "It did not work.", IsTransient: false, StopsCampaign: false, null);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var step in await queue.ClaimAsync("tester", 50, 0, CancellationToken.None))
        {
            if (seen.Add(step.CampaignPublicId))
                (await queue.FailAsync(step.Claim, failure, AttemptUsage.None, CancellationToken.None)).IsAccepted.ShouldBeTrue();
            else
                await queue.ReleaseAsync([step.Claim], CancellationToken.None);
        }
    }

    private static async Task<JsonElement> CampaignAsync(ApiHost own, string id) => (await own.GetAsync($"/api/nodesJson/?campaign_id={id}")).Json.GetProperty("campaign");

    private static async Task<string?> PauseCauseAsync(ApiHost own, string id) => (await CampaignAsync(own, id)).GetProperty("pause_cause").GetString();

    private static async Task<IReadOnlyList<string>> KindsAsync(ApiHost own, string id) =>
        [.. (await own.GetAsync($"/api/campaigns/{id}/log")).Json.GetProperty("events").EnumerateArray().Select(entry => entry.GetProperty("kind").GetString()!)];
}

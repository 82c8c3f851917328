using System.Diagnostics;
using Janus.Campaigns;
using Janus.Tests.Traces;

namespace Janus.Tests.Engine;

public sealed class TraceTests
{
    [Fact]
    public async Task A_campaign_is_one_trace_from_the_command_that_planned_it_to_its_last_transition()
    {
        await using var engine = await TestEngine.StartAsync();
        await using var worker = await TestWorker.StartAsync(engine);
        using var spans = new FinishedSpans();
        using var command = new Activity("POST /api/strategy/plan").Start();
        var campaign = await engine.PlanAsync(posts: 2);
        command.Stop();
        await worker.UntilAsync(campaign, g => g.Campaign.Phase == Phase.Scheduled);
        await worker.StopAsync();

        var own = spans.OfCampaign(campaign.PublicId);
        own.ShouldAllBe(span => span.TraceId == command.TraceId);
        own.Count(span => span.OperationName == "send generation_steps").ShouldBe(1);
        own.Count(span => span.OperationName == "claim generation_step").ShouldBe(6);
        own.Where(span => span.OperationName == "phase transition").OrderBy(span => span.StartTimeUtc)
            .Select(span => (string)span.GetTagItem("janus.phase.to")!).ShouldBe(["content_creation", "scheduled"]);

        var claims = own.Where(span => span.OperationName == "claim generation_step").Select(span => span.SpanId).ToHashSet();
        var processing = own.Where(span => span.OperationName == "process generation_steps").ToList();
        processing.Count.ShouldBe(6);
        processing.ShouldAllBe(span => claims.Contains(span.ParentSpanId) && span.Status == ActivityStatusCode.Unset);
    }

    [Fact]
    public async Task The_attempt_after_a_lost_one_links_to_the_claim_that_was_lost()
    {
        await using var engine = await TestEngine.StartAsync();
        using var spans = new FinishedSpans();
        using var command = new Activity("POST /api/strategy/plan").Start();
        var campaign = await engine.PlanAsync(posts: 1);
        command.Stop();
        await engine.ClaimAsync();
        engine.Time.Shift += engine.Queue.Options.Lease + TimeSpan.FromSeconds(1);
        await engine.ReclaimExpiredAsync();
        (await engine.ClaimAsync()).ShouldHaveSingleItem().PreviousClaimContext.ShouldNotBeNull();

        var claims = spans.OfCampaign(campaign.PublicId).Where(span => span.OperationName == "claim generation_step").OrderBy(span => span.StartTimeUtc).ToList();
        claims.Count.ShouldBe(2);
        claims[1].Links.ShouldHaveSingleItem().Context.SpanId.ShouldBe(claims[0].SpanId);
    }
}

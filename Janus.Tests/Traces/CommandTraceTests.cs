using System.Diagnostics;
using Janus.Campaigns.Posts;
using Janus.Campaigns.Steps;
using Janus.Tests.Engine;

namespace Janus.Tests.Traces;

public sealed class CommandTraceTests
{
    [Fact]
    public async Task A_retry_is_a_trace_of_its_own_that_links_to_the_plan_and_in_which_its_attempts_link_to_the_lost_ones()
    {
        await using var engine = await TestEngine.StartAsync();
        using var spans = new FinishedSpans();
        var campaign = await engine.PlanAsync(posts: 1);
        await engine.FailAsync((await engine.ClaimAsync())[0]);
        using var command = FinishedSpans.Begin();
        (await engine.Commands.RetryAsync(campaign.PublicId, CancellationToken.None)).IsAccepted.ShouldBeTrue();
        Activity.Current = null;
        await engine.CompleteAllAsync();

        command.Links.ShouldHaveSingleItem().Context.SpanId.ShouldBe(spans.All.Single(span => span.DisplayName == "send generation_steps").SpanId);
        command.GetTagItem("janus.campaign.id").ShouldBe(campaign.PublicId);
        var own = spans.Of(command.TraceId);
        var send = own.Single(span => span.DisplayName == "send generation_steps");
        send.GetTagItem("messaging.batch.message_count").ShouldBe(3);
        var claims = own.Where(span => span.DisplayName == "claim generation_step").ToList();
        claims.Count.ShouldBe(3);
        claims.ShouldAllBe(span => span.ParentSpanId == send.SpanId);
        var lost = spans.All.Single(span => span.DisplayName == "claim generation_step");
        claims.SelectMany(span => span.Links).ShouldHaveSingleItem().Context.ShouldBe(
            new ActivityContext(lost.TraceId, lost.SpanId, ActivityTraceFlags.Recorded, isRemote: true));
        Moves(spans.All).ShouldBe([("planning", "content_creation"), ("content_creation", "planning")]);
        Moves(own).ShouldBe([("planning", "content_creation"), ("content_creation", "scheduled")]);
    }

    [Fact]
    public async Task A_phase_that_goes_back_is_an_error_only_when_something_failed_and_says_no_more_than_a_word()
    {
        await using var engine = await TestEngine.StartAsync();
        using var spans = new FinishedSpans();
        var failed = await engine.PlanAsync(posts: 1);
        await engine.FailAsync((await engine.ClaimAsync())[0], reason: "It quotes the brief.");
        var cancelled = await engine.PlanAsync(posts: 1);
        await engine.ClaimAsync();
        await engine.Commands.CancelAsync(cancelled.PublicId, "for a secret reason", CancellationToken.None);

        var back = spans.All.Where(span => span.DisplayName == "phase transition" && (string?)span.GetTagItem("janus.phase.to") == "planning").ToList();
        back.Select(span => (span.GetTagItem("janus.campaign.id"), span.Status, span.GetTagItem("janus.phase.reason"), span.GetTagItem("error.type")))
            .ShouldBe([(failed.PublicId, ActivityStatusCode.Error, "failed", "test"), (cancelled.PublicId, ActivityStatusCode.Unset, "cancelled", null)]);
    }

    [Fact]
    public async Task What_is_made_anew_is_part_of_the_trace_of_whoever_asked_for_it()
    {
        await using var engine = await TestEngine.StartAsync();
        using var spans = new FinishedSpans();
        var campaign = await engine.PlanAsync(posts: 1);
        await engine.CompleteAllAsync();
        var pk = (await engine.GraphAsync(campaign)).Posts[0].Post.Id;
        using var command = FinishedSpans.Begin();
        (await engine.Get<Regeneration>().AskAsync(pk, "A", StepKind.Picture, null, CancellationToken.None)).IsAccepted.ShouldBeTrue();
        Activity.Current = null;
        await engine.CompleteAllAsync();

        var own = spans.Of(command.TraceId);
        var send = own.Single(span => span.DisplayName == "send generation_steps");
        own.Single(span => span.DisplayName == "claim generation_step").ParentSpanId.ShouldBe(send.SpanId);
        own.ShouldAllBe(span => span.DisplayName != "phase transition");
        command.Links.ShouldHaveSingleItem().Context.TraceId.ShouldBe(spans.Request.TraceId);
    }

    [Fact]
    public async Task The_looks_for_work_of_a_worker_leave_no_spans()
    {
        await using var engine = await TestEngine.StartAsync();
        using var spans = new FinishedSpans();
        await engine.PlanAsync(posts: 1);
        Activity.Current = null;
        var before = spans.Named("db look_for_work").Count + spans.Named("db claim").Count;
        await engine.CompleteAllAsync();

        spans.All.Select(span => span.DisplayName).ShouldNotContain("db claim");
        // Other tests run their own; a worker within a caller's span is told apart by its parent.
        spans.Named("db look_for_work").Skip(before).ShouldAllBe(span => span.ParentSpanId != default);
    }

    private static IEnumerable<(string, string)> Moves(IEnumerable<Activity> spans) =>
        spans.Where(span => span.DisplayName == "phase transition").OrderBy(span => span.StartTimeUtc)
            .Select(span => ((string)span.GetTagItem("janus.phase.from")!, (string)span.GetTagItem("janus.phase.to")!));
}

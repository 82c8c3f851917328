using System.Diagnostics;
using Janus.Contracts;
using Janus.Tests.Api;
using Janus.Tests.Pages;
using Janus.Web.Api;
using Microsoft.Extensions.DependencyInjection;

namespace Janus.Tests.Traces;

public sealed class ClickTraceTests
{
    [Fact]
    public async Task A_click_on_a_page_is_where_the_campaigns_trace_begins_and_a_later_click_begins_another()
    {
        await using var api = new ApiHost();
        await api.InitializeAsync();
        await using var web = new WebHost(api.Http.BaseAddress!);
        using var spans = new FinishedSpans();
        Activity.Current = null;
        await using var scope = web.Services.CreateAsyncScope();
        var pages = scope.ServiceProvider.GetRequiredService<JanusApi>();
        var name = $"Clicked {spans.Request.SpanId}";
        var plan = await pages.PlanAsync(
            new PlanRequest { ProductDescription = "A kettle that sings", GtmGoals = "Be heard", CampaignName = name }, name.Replace(' ', '-'), CancellationToken.None);
        var campaign = plan.Value!.CampaignId!;
        await api.MakeContentAsync();
        var posts = await api.PostsOfAsync(campaign);
        (await pages.RegenerateAsync(posts[0], new RegenerateRequest { Kind = "picture", Letter = "A" }, CancellationToken.None)).IsAccepted.ShouldBeTrue();

        var sent = spans.Named("send generation_steps").Single(span => (string?)span.GetTagItem("janus.campaign.id") == campaign && (int)span.GetTagItem("messaging.batch.message_count")! > 1);
        var trace = spans.Of(sent.TraceId);
        trace.Where(span => span.ParentSpanId == default).ShouldHaveSingleItem().DisplayName.ShouldBe("click plan");
        trace.Where(span => span.DisplayName == "phase transition").OrderBy(span => span.StartTimeUtc).Select(span => span.GetTagItem("janus.phase.to"))
            .ShouldBe(["content_creation", "scheduled"]);

        var again = spans.Named("send generation_steps").Single(span => (string?)span.GetTagItem("janus.campaign.id") == campaign && span.TraceId != sent.TraceId);
        spans.Of(again.TraceId).Single(span => span.ParentSpanId == default).DisplayName.ShouldBe("click regenerate");
    }
}

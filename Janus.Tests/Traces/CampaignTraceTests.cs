using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Janus.DevTools.FakeGemini;
using Janus.DevTools.Traces.Receiving;
using Janus.Tests.Browser;
using Janus.Tests.Systems;
using Microsoft.Data.Sqlite;

namespace Janus.Tests.Traces;

/// <summary>What leaves the real processes over the wire while campaigns are made.</summary>
[Collection(SystemsCollection.Name)]
public sealed class CampaignTraceTests(ChromiumBrowser browser)
{
    // A word that nobody but this brief uses.
    private const string Marker = "Zwirbelquarz";
    private const string Key = "AIza-key-that-nobody-may-see";

    [Fact]
    public async Task A_campaign_is_one_complete_trace_from_the_click_on_and_with_capture_off_no_word_of_its_brief_leaves()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "ends processes by Unix signals");
        ChromiumBrowser.SkipWhereMissing();
        await using var gemini = await FakeGeminiServer.StartAsync(new FakeServerOptions { Key = Key }, CancellationToken.None);
        gemini.Play("ok; text: 503 x1; image: 503 x1; text: max-tokens");
        await using var janus = await TracedJanus.StartAsync(
            grpc: true, ("Gemini__ApiKey", Key), ("Gemini__Endpoint", gemini.Address.AbsoluteUri), ("Gemini__Retry__OverloadedFirstDelay", "00:00:00.050"));

        await using var person = await WatchingPerson.OpenAsync(browser, janus.Processes.Web);
        var campaign = await person.PlanAsync(Marker, postsPerPhase: 2);
        await janus.Marketer.UntilScheduledAsync([campaign]);
        await person.SeeScheduledAsync();
        var events = await janus.EventsAsync(campaign);
        (await janus.Marketer.CommandAsync(campaign, "pause")).ShouldBe(System.Net.HttpStatusCode.Conflict);
        var trace = await janus.StopAndReadAsync(campaign);

        ShouldKeepTheTable(janus.Receiver.Spans);
        var click = ShouldBeComplete(trace);
        trace.Select(span => span.Service).Distinct().Order().ShouldBe([Topology.Api, Topology.Worker, Topology.Web]);
        ShouldLeadFrom(click, trace);
        ShouldNotBeFlooded(janus.Receiver.Spans.Where(span => span.Service == Topology.Web).ToList(), trace[0].TraceId, person.Requests);
        // Six posts of three parts, and one that was tried again.
        trace.Count(span => span.Name == "claim generation_step").ShouldBe(19);
        trace.Count(span => span.Name == "process generation_steps").ShouldBe(19);
        trace.Count(span => span.Name.StartsWith("db record_", StringComparison.Ordinal)).ShouldBe(19);
        ShouldFollowTheLog(trace, events);
        events.ShouldAllBe(entry => entry.GetProperty("trace_id").GetString() == trace[0].TraceId);

        var calls = trace.Where(span => span.Name.StartsWith("generate_content ", StringComparison.Ordinal)).ToList();
        calls.Count.ShouldBe(1 + 19);
        calls.ShouldAllBe(span => span.Text("gen_ai.provider.name") == "gcp.gemini" && span.Text("gen_ai.response.model") != null && span.Text("gen_ai.usage.output_tokens") != null);
        calls.Where(span => span.Status == ActivityStatusCode.Error).Select(span => span.Text("error.type")).ShouldBe(["truncated"]);
        var tries = trace.Where(span => span.Kind == ActivityKind.Client && span.Scope == "System.Net.Http" && span.Service != Topology.Web).ToList();
        tries.Count.ShouldBe(calls.Count + 2);
        tries.Count(span => span.Text("http.request.resend_count") == "1").ShouldBe(2);
        tries.ShouldAllBe(span => calls.Any(call => call.SpanId == span.ParentSpanId));
        trace.SelectMany(span => span.Events).Select(told => told.Attributes["gen_ai.evaluation.name"]).Distinct().Order()
            .ShouldBe(["avoid_words", "length_limit", "use_words", "variant_diversity"]);

        var line = janus.Receiver.Logs.Single(log => log.Body.StartsWith("Attempt ", StringComparison.Ordinal));
        (line.TraceId, line.Attributes.GetValueOrDefault("janus.campaign.id")).ShouldBe((trace[0].TraceId, campaign));

        var refused = janus.Receiver.Spans.Single(span => span.Kind == ActivityKind.Server && span.Text("http.response.status_code") == "409");
        refused.TraceId.ShouldNotBe(trace[0].TraceId);
        refused.Links.ShouldHaveSingleItem().TraceId.ShouldBe(trace[0].TraceId);
        refused.Text("janus.campaign.id").ShouldBe(campaign);

        janus.Receiver.Received.Metrics.Select(metric => metric.Name).Distinct().ShouldBeSubsetOf(Metrics);
        Metrics.Except(OnlyUnderALock).ShouldBeSubsetOf(janus.Receiver.Received.Metrics.Select(metric => metric.Name));
        ShouldHoldNowhere(janus.Receiver, Marker);
        ShouldHoldNowhere(janus.Receiver, Key);
    }

    [Fact]
    public async Task With_capture_on_messages_leave_in_the_conventions_form_and_pictures_as_addresses_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "ends processes by Unix signals");
        await using var gemini = await FakeGeminiServer.StartAsync(
            new FakeServerOptions { Key = Key, PictureBytes = FakeServerOptions.MostPictureBytes }, CancellationToken.None);
        await using var janus = await TracedJanus.StartAsync(
            grpc: false, ("Gemini__ApiKey", Key), ("Gemini__Endpoint", gemini.Address.AbsoluteUri), ("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "true"));

        var campaign = await janus.PlanAsync(Brief(postsPerPhase: 4));
        await janus.Marketer.UntilScheduledAsync([campaign]);
        var trace = await janus.StopAndReadAsync(campaign);

        ShouldKeepTheTable(trace);
        janus.Receiver.LargestRequest.ShouldBeLessThan(ReceivedCounts.DashboardLimit);
        var texts = trace.Where(span => span.Text("gen_ai.output.type") == "json").ToList();
        texts.Count.ShouldBe(12);
        texts.ShouldAllBe(span => RoleOf(span, "gen_ai.input.messages") == "user" && RoleOf(span, "gen_ai.output.messages") == "assistant");
        texts[0].Text("gen_ai.input.messages")!.ShouldContain(Marker);

        var kept = trace.Where(span => span.Text("janus.asset") is not null).ToList();
        kept.Count.ShouldBe(24);
        foreach (var span in kept)
        {
            var part = JsonElement.Parse(span.Text("gen_ai.output.messages")!)[0].GetProperty("parts")[0];
            part.GetProperty("type").GetString().ShouldBe("uri");
            part.GetProperty("modality").GetString().ShouldBe("image");
            part.GetProperty("uri").GetString().ShouldBe($"/media/{span.Text("janus.asset")}");
        }

        // What the bytes of a PNG begin with in base64.
        ShouldHoldNowhere(janus.Receiver, "iVBORw0KGgo");
    }

    [Fact]
    public async Task A_killed_worker_leaves_one_trace_in_which_the_next_attempt_links_to_the_lost_claim()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "ends processes by Unix signals");
        await using var janus = await TracedJanus.StartAsync(grpc: true, ("Sample__PictureLatency", "00:00:01.500"));
        var campaign = await janus.PlanAsync(Brief(postsPerPhase: 2));
        // Texts are there and claims of pictures have left: their calls are under way.
        await janus.Receiver.WaitAsync(spans => spans.Count(span => span.Name == "claim generation_step") >= 6 + 8, TracedJanus.Limit);
        var killedAt = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1_000_000;
        await janus.Processes.KillAndAwaitRestartAsync(Topology.Worker, TimeSpan.FromSeconds(60));
        await janus.Marketer.UntilScheduledAsync([campaign]);
        var events = await janus.EventsAsync(campaign);
        var trace = await janus.StopAndReadAsync(campaign);

        ShouldKeepTheTable(trace);
        var ids = trace.Select(span => span.SpanId).ToHashSet();
        trace.Where(span => span.ParentSpanId is { } parent && !ids.Contains(parent)).ShouldAllBe(span => span.StartNanoseconds < killedAt);
        ShouldFollowTheLog(trace, events);
        var again = trace.Where(span => span.Name == "claim generation_step" && (long)span.Attributes["janus.step.attempt"]! == 2).ToList();
        again.Count.ShouldBeGreaterThan(0);
        foreach (var claim in again)
        {
            var lost = trace.Single(span => span.SpanId == claim.Links.ShouldHaveSingleItem().SpanId);
            (lost.Name, lost.Text("janus.step.id"), lost.Text("janus.step.attempt")).ShouldBe(("claim generation_step", claim.Text("janus.step.id"), "1"));
        }

        janus.Receiver.Spans.Where(span => span.Text("janus.campaign.id") == campaign).ShouldAllBe(span => span.TraceId == trace[0].TraceId);
    }

    [Fact]
    public async Task A_lock_that_somebody_holds_is_seen_try_by_try_under_the_work_that_it_delayed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "ends processes by Unix signals");
        await using var janus = await TracedJanus.StartAsync(grpc: true, ("Sample__PictureLatency", "00:00:00.500"), ("Janus__Steps__Lease", "00:01:00"));
        var campaign = await janus.PlanAsync(Brief(postsPerPhase: 2));
        await janus.Receiver.WaitAsync(spans => spans.Any(span => span.Name == "process generation_steps"), TracedJanus.Limit);
        await using (var foreigner = new SqliteConnection($"Data Source={Path.Combine(janus.Processes.DataDirectory, Topology.DatabaseFile)};Pooling=False"))
        {
            await foreigner.OpenAsync();
            await using var command = foreigner.CreateCommand();
            command.CommandText = "BEGIN IMMEDIATE";
            await command.ExecuteNonQueryAsync();
            // Held until the worker, which has one lane for its writers, has been refused so often that its waits make more than three seconds.
            await janus.Receiver.WaitAsync(
                _ => janus.Receiver.Received.Metrics.Where(metric => metric is { Name: "janus.db.lock_retries", Service: Topology.Worker }).Sum(metric => metric.Value) >= 32, TracedJanus.Limit);
        }

        await janus.Marketer.UntilScheduledAsync([campaign]);
        var trace = await janus.StopAndReadAsync(campaign);

        ShouldKeepTheTable(janus.Receiver.Spans);
        var request = ShouldBeComplete(trace);
        (request.Kind, request.Text("http.request.method")).ShouldBe((ActivityKind.Server, "POST"));
        var delayed = RetriesOf(janus.Receiver.Spans).Where(tries => tries.Sum(Waited) >= 3_000).ToList();
        foreach (var tries in delayed)
        {
            var unit = janus.Receiver.Spans.Single(span => span.SpanId == tries.Key);
            unit.Name.ShouldStartWith("db ");
            unit.Status.ShouldBe(ActivityStatusCode.Unset);
            var ordered = tries.OrderBy(span => span.StartNanoseconds).ToList();
            ordered.Select(span => span.Text("janus.db.retry.attempt")).ShouldBe(Enumerable.Range(1, ordered.Count).Select(n => n.ToString(CultureInfo.InvariantCulture)));
            ordered.ShouldAllBe(span => span.Text("db.response.status_code") == "5" && span.Status == ActivityStatusCode.Unset);
            // A span reaches from a try's start to the start of the next: what it says of itself differs by how late the timer and the thread were.
            // The unit is longer than all of them by its last try, which met no lock.
            var covered = ordered.Sum(span => span.Duration.TotalMilliseconds);
            covered.ShouldBeInRange(tries.Sum(Waited) - ordered.Count, tries.Sum(Waited) + (ordered.Count * 250));
            covered.ShouldBeInRange(unit.Duration.TotalMilliseconds - 2_000, unit.Duration.TotalMilliseconds + 1);
        }

        delayed.SelectMany(tries => tries).Any(span => span.TraceId == trace[0].TraceId).ShouldBeTrue("no retry is in the campaign's trace");
        janus.Receiver.Received.Metrics.Select(metric => metric.Name).ShouldContain("janus.db.lock_retries");
        janus.Receiver.Received.Metrics.Select(metric => metric.Name).ShouldContain("janus.db.lock_wait");
    }

    private static readonly string[] OnlyUnderALock = ["janus.db.lock_retries", "janus.db.lock_wait"];

    private static readonly string[] Metrics =
    [
        "gen_ai.client.operation.duration", "gen_ai.client.token.usage", "janus.db.lock_retries", "janus.db.lock_wait", "janus.generation.cost",
        "janus.generation.oldest_step.age", "janus.generation.queue.depth", "janus.generation.step.duration", "janus.generation.steps", "janus.phase.transitions",
    ];

    private static object Brief(int postsPerPhase) => new
    {
        product_description = $"{Marker}, a quiet coffee grinder for small kitchens",
        gtm_goals = $"Win 500 preorders of {Marker}",
        campaign_name = $"{Marker} launch",
        platform = "LinkedIn",
        audience = $"friends of {Marker}",
        tone = $"warm like {Marker}",
        use_words = (string[])[$"{Marker}mahlwerk"],
        avoid_words = (string[])[$"{Marker}lärm"],
        posts_per_phase = postsPerPhase,
    };

    private static IEnumerable<IGrouping<string, ReceivedSpan>> RetriesOf(IReadOnlyList<ReceivedSpan> spans) =>
        spans.Where(span => span.Name == "db.lock_retry").GroupBy(span => span.ParentSpanId ?? "", StringComparer.Ordinal);

    private static double Waited(ReceivedSpan retry) =>
        (double)retry.Attributes["janus.db.retry.blocked_ms"]! + (double)retry.Attributes["janus.db.retry.delay_ms"]!;

    private static string? RoleOf(ReceivedSpan span, string attribute) => JsonElement.Parse(span.Text(attribute)!)[0].GetProperty("role").GetString();

    private static void ShouldKeepTheTable(IReadOnlyList<ReceivedSpan> spans) => spans.SelectMany(SpanTable.WrongWith).Distinct().ShouldBeEmpty();

    // Returns the root.
    private static ReceivedSpan ShouldBeComplete(IReadOnlyList<ReceivedSpan> trace)
    {
        var ids = trace.Select(span => span.SpanId).ToHashSet();
        trace.ShouldAllBe(span => span.Text("http.request.method") != "GET");
        return trace.Where(span => span.ParentSpanId is not { } parent || !ids.Contains(parent)).ShouldHaveSingleItem();
    }

    // From the click over the pages' request and the API's to the plan and to the queue.
    private static void ShouldLeadFrom(ReceivedSpan click, IReadOnlyList<ReceivedSpan> trace)
    {
        (click.Service, click.Name, click.ParentSpanId).ShouldBe((Topology.Web, "click plan", null));
        var asked = trace.Where(span => span.ParentSpanId == click.SpanId).ShouldHaveSingleItem();
        (asked.Service, asked.Kind, asked.Text("http.request.method")).ShouldBe((Topology.Web, ActivityKind.Client, "POST"));
        var answered = trace.Where(span => span.ParentSpanId == asked.SpanId).ShouldHaveSingleItem();
        (answered.Service, answered.Kind, answered.Text("http.response.status_code")).ShouldBe((Topology.Api, ActivityKind.Server, "201"));
        var below = trace.Where(span => span.ParentSpanId == answered.SpanId).Select(span => span.Name).ToList();
        below.Count(name => name.StartsWith("plan ", StringComparison.Ordinal)).ShouldBe(1);
        below.Count(name => name == "send generation_steps").ShouldBe(1);
    }

    // An open page hears of every event and draws itself anew each time; of that nothing is traced, however long it is open.
    private static void ShouldNotBeFlooded(List<ReceivedSpan> ofPages, string traceId, int requests)
    {
        ofPages.Count(span => span.TraceId == traceId).ShouldBe(2);
        var answers = ofPages.Where(span => span.Kind == ActivityKind.Server).ToList();
        answers.Count.ShouldBeInRange(1, requests);
        answers.ShouldAllBe(span => !span.Text("url.path")!.StartsWith("/_blazor", StringComparison.Ordinal));
        var begun = ofPages.Where(span => span.ParentSpanId is null).Select(span => span.SpanId).ToHashSet();
        begun.Count.ShouldBe(1 + answers.Count);
        // And below what began a trace, a page asks the API a few things, and not one after the other.
        ofPages.Where(span => !begun.Contains(span.SpanId)).ShouldAllBe(span => begun.Contains(span.ParentSpanId!));
        ofPages.GroupBy(span => span.TraceId).Max(trace => trace.Count()).ShouldBeLessThan(10);
    }

    private static void ShouldFollowTheLog(IReadOnlyList<ReceivedSpan> trace, IReadOnlyList<JsonElement> events) =>
        trace.Where(span => span.Name == "phase transition").OrderBy(span => span.StartNanoseconds).Select(span => (span.Text("janus.phase.from"), span.Text("janus.phase.to")))
            .ShouldBe(events.Where(entry => entry.GetProperty("kind").GetString() == "phase_changed").Select(entry => entry.GetProperty("data"))
                .Select(data => (data.GetProperty("from").GetString(), data.GetProperty("to").GetString())));

    private static void ShouldHoldNowhere(TraceReceiver receiver, string word)
    {
        var bytes = Encoding.UTF8.GetBytes(word);
        receiver.RequestBytes.Count.ShouldBeGreaterThan(10);
        receiver.RequestBytes.Count(body => body.Span.IndexOf(bytes) >= 0).ShouldBe(0, $"“{word}” has left");
    }
}

using System.Diagnostics;
using System.Globalization;
using Janus.DevTools;
using Janus.DevTools.Traces;
using Janus.DevTools.Traces.Receiving;
using Janus.DevTools.Traces.Report;
using Janus.DevTools.Traces.Trees;
using Janus.Tests.Time;

namespace Janus.Tests.DevTools;

/// <summary>When the report prints, and <c>traces</c> as people run it.</summary>
public sealed class TraceReportTests
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    private readonly ManualTime _time = new();
    private readonly ReceivedTelemetry _received = new(new TraceReceiverOptions());

    [Fact]
    public void A_campaign_is_shown_when_nothing_came_for_a_moment_and_again_when_more_comes()
    {
        var campaigns = new QuietCampaigns(_received, Quiet, _time);
        campaigns.Look().Wait.ShouldBe(Timeout.InfiniteTimeSpan);

        _received.Add(Campaign("c_1", "1").Spans);
        Looked(campaigns).ShouldBe(("", Quiet));
        _time.Advance(TimeSpan.FromSeconds(1.5));
        _received.Add(new MadeUpTrace("1").Add("b", "a", "more", "s", 1, 1).Spans);
        Looked(campaigns).ShouldBe(("", Quiet));
        _time.Advance(TimeSpan.FromSeconds(1.5));
        Looked(campaigns).ShouldBe(("", TimeSpan.FromSeconds(0.5)));
        _time.Advance(TimeSpan.FromSeconds(0.5));
        Looked(campaigns).ShouldBe(("c_1", Timeout.InfiniteTimeSpan));
        _time.Advance(TimeSpan.FromSeconds(9));
        Looked(campaigns).ShouldBe(("", Timeout.InfiniteTimeSpan));

        _received.Add([new MadeUpTrace("1").Line("a", 1, "a line")]);
        _received.Add(Campaign("c_2", "2").Spans);
        Looked(campaigns).ShouldBe(("", Quiet));
        _time.Advance(Quiet);
        Looked(campaigns).ShouldBe(("c_1 c_2", Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public void At_the_end_everything_is_shown_that_was_not()
    {
        var campaigns = new QuietCampaigns(_received, Quiet, _time);
        _received.Add(Campaign("c_1", "1").Spans);

        campaigns.Look(isEnd: true).Due.ShouldHaveSingleItem().CampaignId.ShouldBe("c_1");
        campaigns.Look(isEnd: true).Due.ShouldBeEmpty();
    }

    [Fact]
    public async Task Asked_for_one_campaign_it_ends_when_that_one_came_to_its_end_and_was_printed()
    {
        var output = new StringWriter();
        var options = new TracesOptions { Once = "c_2", Quiet = Quiet, Time = new ManualTime { SkipsWaits = true } };
        var running = new TraceReport(_received, options, output).RunAsync(CancellationToken.None);

        _received.Add(Campaign("c_1", "1").Spans);
        _received.Add(Campaign("c_2", "2").Add("b", "a", "phase transition", "s", 1, 1, (TraceAttributes.PhaseTo, "content_creation")).Spans);
        running.IsCompleted.ShouldBeFalse();
        _received.Add(new MadeUpTrace("2").Add("c", "a", "phase transition", "s", 2, 1, (TraceAttributes.PhaseTo, "scheduled")).Spans);

        (await running.WaitAsync(TraceCaller.Deadline)).ShouldBeTrue();
        output.ToString().ShouldContain("-> content_creation -> scheduled");
        output.ToString().Split('\n').Count(line => line.StartsWith("campaign ", StringComparison.Ordinal)).ShouldBe(1);
        output.ToString().ShouldNotContain("c_1");
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public async Task Stopped_it_prints_what_is_left_and_traces_of_no_campaign_only_when_asked(bool showsAll, int printed)
    {
        var output = new StringWriter();
        using var stop = new CancellationTokenSource();
        _received.Add(Campaign("c_1", "1").Spans);
        _received.Add(new MadeUpTrace("2").Add("a", null, "GET /api/nodesJson", "apiservice", 0, 1).Spans);
        var running = new TraceReport(_received, new TracesOptions { Quiet = Quiet, Time = _time, ShowsAll = showsAll }, output).RunAsync(stop.Token);

        await stop.CancelAsync();

        (await running.WaitAsync(TraceCaller.Deadline)).ShouldBeTrue();
        output.ToString().Split('\n').Count(line => line.StartsWith("trace ", StringComparison.Ordinal)).ShouldBe(printed);
    }

    [Fact]
    public async Task It_says_where_it_is_and_ends_with_its_input_when_told_to()
    {
        using var traces = Start("traces", "--grpc", "0", "--http", "0", "--until-input-ends");
        try
        {
            var line = (await traces.StandardOutput.ReadLineAsync().WaitAsync(TraceCaller.Deadline)).ShouldNotBeNull();
            line.ShouldMatch(@"^traces ready grpc http://127\.0\.0\.1:\d+ http http://127\.0\.0\.1:\d+$");
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
            using var content = new ByteArrayContent(TraceBodies.Request("GET /somewhere"));
            content.Headers.ContentType = new(TraceCaller.Protobuf);
            (await http.PostAsync(new Uri($"{line.Split(' ')[^1]}/v1/traces"), content, TraceCaller.Deadline)).EnsureSuccessStatusCode();

            traces.StandardInput.Close();
            await traces.WaitForExitAsync(TraceCaller.Deadline);

            traces.ExitCode.ShouldBe(0);
            (await traces.StandardOutput.ReadToEndAsync()).ShouldStartWith("traces received 1 requests");
        }
        finally
        {
            if (!traces.HasExited)
                traces.Kill();
        }
    }

    [Fact]
    public async Task A_port_that_is_taken_is_wrong_usage_that_says_what_to_do()
    {
        await using var caller = await TraceCaller.StartAsync();
        var port = caller.Receiver.GrpcAddress.Port.ToString(CultureInfo.InvariantCulture);

        (await Should.ThrowAsync<UsageException>(TracesCommand.RunAsync(["--http", "0", "--grpc", port], TextWriter.Null, CancellationToken.None)))
            .Message.ShouldBe($"Port {port} is taken, perhaps by a dashboard or another trace report: stop that, or give --grpc another port, or --grpc 0 for any free one.");
    }

    private static MadeUpTrace Campaign(string id, string trace) =>
        new MadeUpTrace(trace).Add("a", null, "POST plan", "apiservice", 0, 1, (TraceAttributes.Campaign, id));

    private static (string Due, TimeSpan Wait) Looked(QuietCampaigns campaigns)
    {
        var (due, wait) = campaigns.Look();
        return (string.Join(' ', due.Select(campaign => campaign.CampaignId).Order()), wait);
    }

    private static Process Start(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(typeof(TracesCommand).Assembly.Location);
        foreach (var arg in args)
            start.ArgumentList.Add(arg);
        return Process.Start(start)!;
    }
}

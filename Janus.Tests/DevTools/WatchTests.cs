using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Janus.DevTools;
using Janus.DevTools.Watch;

namespace Janus.Tests.DevTools;

public sealed class WatchTests : IDisposable
{
    private static readonly ScriptedEvent[] Well =
    [
        ScriptedEvent.Planned(1), ScriptedEvent.Moved(2, "planning", "content_creation"), ScriptedEvent.Started(3), ScriptedEvent.Done(4, 1),
        ScriptedEvent.Done(5, 2), ScriptedEvent.Done(6, 3), ScriptedEvent.Moved(7, "content_creation", "scheduled"),
    ];

    private readonly StringWriter _output = new();

    [Fact]
    public async Task Planning_content_creation_scheduled_with_every_part_is_well()
    {
        await using var api = await ScriptedApi.StartAsync(ScriptedApi.Script(Well));

        (await WatchAsync(api, "--json")).ShouldBe(0);

        var lines = Lines();
        lines.ShouldContain("planning");
        lines.ShouldContain(" 60 %  2 of 3 parts");
        lines.ShouldContain("100 %  3 of 3 parts");
        lines.ShouldContain(line => line.Contains("planning, content_creation, scheduled; 1 posts, 3 of 3 parts, 7 events", StringComparison.Ordinal));
        using var summary = JsonDocument.Parse(lines[^1]);
        summary.RootElement.GetProperty("succeeded").GetInt32().ShouldBe(1);
        summary.RootElement.GetProperty("parts_done").GetInt32().ShouldBe(3);
        summary.RootElement.GetProperty("events").GetInt32().ShouldBe(7);
    }

    [Fact]
    public async Task An_existing_campaign_is_followed()
    {
        await using var api = await ScriptedApi.StartAsync(ScriptedApi.Script(Well));

        (await WatchAsync(api, "--campaign", ScriptedApi.CampaignId)).ShouldBe(0);
    }

    [Fact]
    public async Task A_token_goes_with_every_request()
    {
        await using var api = await ScriptedApi.StartAsync(ScriptedApi.Script(Well));

        (await WatchAsync(api, "--token", "jns_secret")).ShouldBe(0);

        api.Shown.Count.ShouldBeGreaterThan(2, "the plan, the stream, the graph");
        api.Shown.ShouldAllBe(authorization => authorization == "Bearer jns_secret");
        Lines().ShouldNotContain(line => line.Contains("jns_secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Several_campaigns_at_once_give_one_line_each()
    {
        await using var api = await ScriptedApi.StartAsync(ScriptedApi.Script(Well));

        (await WatchAsync(api, "--count", "3")).ShouldBe(0);

        Lines().Count.ShouldBe(3);
    }

    [Fact]
    public async Task Going_back_to_planning_fails_with_the_reason()
    {
        await using var api = await ScriptedApi.StartAsync(ScriptedApi.Script(
        [
            ScriptedEvent.Planned(1), ScriptedEvent.Moved(2, "planning", "content_creation"), ScriptedEvent.Done(3, 0, failed: 1),
            ScriptedEvent.Moved(4, "content_creation", "planning", "The key was refused."),
        ]));

        (await WatchAsync(api)).ShouldBe(1);

        Lines()[^1].ShouldContain("planning, content_creation, planning: The key was refused.");
    }

    [Fact]
    public async Task Skipping_a_phase_fails()
    {
        await using var api = await ScriptedApi.StartAsync(ScriptedApi.Script([ScriptedEvent.Planned(1), ScriptedEvent.Moved(2, "planning", "scheduled")]));

        (await WatchAsync(api)).ShouldBe(1);
    }

    [Fact]
    public async Task A_broken_stream_goes_on_after_the_last_event()
    {
        await using var api = await ScriptedApi.StartAsync(ScriptedApi.Script(Well, breakAfter: [3, 0, 2]));

        (await WatchAsync(api, "--json")).ShouldBe(0);

        api.ResumedAfter.ShouldBe(["0", "3", "3", "5"]);
        Lines().ShouldContain(line => line.StartsWith("(connected again after event 3", StringComparison.Ordinal));
        using var summary = JsonDocument.Parse(Lines()[^1]);
        summary.RootElement.GetProperty("reconnects").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task A_stream_that_never_gets_there_fails_when_the_time_is_over()
    {
        await using var api = await ScriptedApi.StartAsync(ScriptedApi.Script(Well[..4]));

        (await WatchAsync(api, "--timeout", "0.5")).ShouldBe(1);

        Lines()[^1].ShouldContain("content_creation, 1 of 3 parts");
    }

    [Fact]
    public async Task A_gap_in_the_versions_fails()
    {
        await using var api = await ScriptedApi.StartAsync(ScriptedApi.Script([.. Well[..3], .. Well[4..]]));

        (await WatchAsync(api)).ShouldBe(1);

        Lines()[^1].ShouldContain("Event 4 should come after event 3, but 5 (step_done) came.");
    }

    [Fact]
    public async Task An_event_that_comes_twice_fails()
    {
        await using var api = await ScriptedApi.StartAsync(ScriptedApi.Script([.. Well[..3], .. Well[2..]]));

        (await WatchAsync(api)).ShouldBe(1);
    }

    [Fact]
    public async Task A_part_that_is_missing_in_the_events_fails()
    {
        await using var api = await ScriptedApi.StartAsync(ScriptedApi.Script(
            [.. Well[..5], ScriptedEvent.Moved(6, "content_creation", "scheduled")]));

        (await WatchAsync(api)).ShouldBe(1);

        Lines()[^1].ShouldContain("2 of 3 parts");
    }

    [Fact]
    public async Task A_picture_that_is_missing_in_the_content_fails()
    {
        await using var api = await ScriptedApi.StartAsync(ScriptedApi.Script(Well, assetOfB: null));

        (await WatchAsync(api)).ShouldBe(1);

        Lines()[^1].ShouldContain("Variant B of post 7 (Teaser) has no picture.");
    }

    [Fact]
    public async Task A_post_that_is_not_ready_fails()
    {
        await using var api = await ScriptedApi.StartAsync(ScriptedApi.Script(Well, assetsReady: false));

        (await WatchAsync(api)).ShouldBe(1);

        Lines()[^1].ShouldContain("Post 7 (Teaser) is not ready.");
    }

    [Theory]
    [InlineData]
    [InlineData("--campaign", ScriptedApi.CampaignId)]
    [InlineData("--count", "2")]
    public async Task Nobody_there_is_told_apart(params string[] more)
    {
        (await WatchCommand.RunAsync(["--api", UnusedAddress(), .. more], _output, CancellationToken.None)).ShouldBe(3);

        Lines().ShouldHaveSingleItem().ShouldStartWith("No running system was found");
    }

    [Fact]
    public async Task The_address_is_the_options_else_the_environments_else_that_of_the_local_host()
    {
        var folder = Directory.CreateTempSubdirectory("janus-test-");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "run"));
            await File.WriteAllTextAsync(
                Path.Combine(folder.FullName, "run", "addresses.json"), """{"web":"http://localhost:1","api":"http://localhost:2","pid":3}""");
            var environment = new Dictionary<string, string?> { ["JANUS_DATA"] = folder.FullName };

            (await FindAsync(null)).ShouldBe(new Uri("http://localhost:2/"));
            environment["JANUS_API"] = "http://localhost:4";
            (await FindAsync(null)).ShouldBe(new Uri("http://localhost:4/"));
            (await FindAsync(new Uri("http://localhost:5/"))).ShouldBe(new Uri("http://localhost:5/"));
            environment.Remove("JANUS_API");
            environment["JANUS_DATA"] = Path.Combine(folder.FullName, "elsewhere");
            await Should.ThrowAsync<NothingRunningException>(() => FindAsync(null));

            Task<Uri> FindAsync(Uri? option) =>
                ApiAddress.FindAsync(option, folder.FullName, name => environment.GetValueOrDefault(name), CancellationToken.None);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("--count", "0")]
    [InlineData("--timeout", "soon")]
    [InlineData("--api", "here")]
    [InlineData("--what")]
    [InlineData("--name")]
    [InlineData("--json", "--json")]
    [InlineData("--campaign", "c_x", "--count", "2")]
    public void Wrong_usage_is_refused(params string[] args) => Should.Throw<UsageException>(() => WatchOptions.Parse(args));

    public void Dispose() => _output.Dispose();

    private Task<int> WatchAsync(ScriptedApi api, params string[] more)
    {
        string[] limit = more.Contains("--timeout") ? [] : ["--timeout", "60"];
        return WatchCommand.RunAsync(["--api", api.Address, .. limit, .. more], _output, CancellationToken.None);
    }

    private List<string> Lines() => [.. _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r'))];

    // A port that was free a moment ago and has no listener.
    private static string UnusedAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
    }
}

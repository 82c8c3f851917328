using System.Text.Json;

namespace Janus.Tests.Api;

/// <summary>An API that would be paid for, had it anything to do.</summary>
public sealed class PaidHost : ApiHost
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Gemini:ApiKey"] = "not-a-key",
        ["Janus:TracesUrl"] = "javascript:alert(1)",
    };
}

public sealed class TracedHost : ApiHost
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Janus:TracesUrl"] = "http://localhost:18888/traces",
    };
}

public sealed class NumbersTests(TracedHost host, PaidHost paid) : IClassFixture<TracedHost>, IClassFixture<PaidHost>
{
    [Fact]
    public async Task The_sample_studio_is_free_of_charge()
    {
        var estimate = (await host.GetAsync("/api/strategy/estimate")).Json;
        estimate.GetProperty("generator").GetString().ShouldBe("sample");
        estimate.GetProperty("is_free").GetBoolean().ShouldBeTrue();
        Range(estimate, "posts").ShouldBe((6, 12));
        Range(estimate, "calls").ShouldBe((19, 37));
        Range(estimate, "cost_micro_usd").ShouldBe((0, 0));
        estimate.GetProperty("prices_known").GetBoolean().ShouldBeTrue();
        estimate.GetProperty("prices_as_of").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_model_costs_what_the_price_list_says()
    {
        var estimate = (await paid.GetAsync("/api/strategy/estimate/?posts_per_phase=2")).Json;
        estimate.GetProperty("is_free").GetBoolean().ShouldBeFalse();
        Range(estimate, "posts").ShouldBe((6, 6));
        Range(estimate, "calls").ShouldBe((19, 19));
        var (least, most) = Range(estimate, "cost_micro_usd");
        least.ShouldBe(most);
        least.ShouldBeInRange(500_000, 2_000_000);
        Range(estimate, "input_tokens").ShouldBe((8_700, 8_700));
        Range(estimate, "output_tokens").ShouldBe((27_480, 27_480));
        estimate.GetProperty("prices_known").GetBoolean().ShouldBeTrue();
        estimate.GetProperty("prices_as_of").GetString().ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("1")]
    [InlineData("5")]
    [InlineData("x")]
    public async Task A_wrong_number_of_posts_is_named(string posts) => (await host.GetAsync($"/api/strategy/estimate?posts_per_phase={posts}")).ShouldName("posts_per_phase");

    [Fact]
    public async Task Texts_are_counted_as_each_platform_counts()
    {
        var onX = (await host.PostAsync("/api/text/length/", new { text = "See https://example.com/a/very/long/address/indeed" })).Json;
        onX.GetProperty("platform").GetString().ShouldBe("X");
        onX.GetProperty("length").GetInt32().ShouldBe(27);
        onX.GetProperty("limit").GetInt32().ShouldBe(280);
        onX.GetProperty("over").GetInt32().ShouldBe(0);
        var onBluesky = (await host.PostAsync("/api/text/length", new { platform = "bluesky", text = new string('x', 302) })).Json;
        (onBluesky.GetProperty("platform").GetString(), onBluesky.GetProperty("over").GetInt32(), onBluesky.GetProperty("counted_in").GetString()).ShouldBe(("Bluesky", 2, "graphemes"));
        (await host.PostAsync("/api/text/length", new { platform = "linkedin" })).Json.GetProperty("counted_in").GetString().ShouldBe("characters");
        (await host.PostAsync("/api/text/length", new { platform = "MySpace", text = new string('x', 100_001) })).ShouldName("platform", "text");
        (await host.PostAsync("/api/text/length", new { text = new string('x', 100_000) })).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_status_tells_how_busy_it_is_and_what_it_takes()
    {
        var before = TimeProvider.System.GetUtcNow();
        await host.PlanAsync();
        var queue = host.Get<Janus.Campaigns.Steps.StepQueue>();
        (await queue.ClaimAsync("tester", 1, 0, CancellationToken.None)).Count.ShouldBe(1);

        var status = (await host.GetAsync("/api/status")).Json;

        status.GetProperty("queue_depth").GetInt32().ShouldBe(3);
        status.GetProperty("running").GetInt32().ShouldBe(1);
        status.GetProperty("oldest_ready_seconds").GetDouble().ShouldBeInRange(0, 60);
        status.GetProperty("database_bytes").GetInt64().ShouldBeGreaterThan(50_000);
        status.GetProperty("open_event_streams").GetInt32().ShouldBe(0);
        status.GetProperty("max_event_streams").GetInt32().ShouldBe(500);
        status.GetProperty("limits").GetProperty("plan_seconds").GetInt32().ShouldBe(180);
        status.GetProperty("limits").GetProperty("posts_per_campaign").GetInt32().ShouldBe(60);
        status.GetProperty("limits").GetProperty("platforms").GetProperty("LinkedIn").GetInt32().ShouldBe(3000);
        status.GetProperty("traces_url").GetString().ShouldBe("http://localhost:18888/traces");
        status.GetProperty("version").GetString().ShouldNotBeNullOrEmpty();
        status.GetProperty("started_at").GetDateTimeOffset().ShouldBeLessThan(before);
    }

    [Fact]
    public async Task Nothing_but_an_address_of_the_web_is_told_as_one()
    {
        var status = (await paid.GetAsync("/api/status")).Json;
        status.GetProperty("traces_url").ValueKind.ShouldBe(JsonValueKind.Null);
        status.GetProperty("oldest_ready_seconds").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    private static (long Least, long Most) Range(JsonElement json, string name) =>
        (json.GetProperty(name).GetProperty("least").GetInt64(), json.GetProperty(name).GetProperty("most").GetInt64());
}

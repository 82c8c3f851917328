using Janus.Tests.Storage;
using System.Net;
using System.Text;
using System.Text.Json;
using Janus.Campaigns.Steps;

namespace Janus.Tests.Api;

public sealed class ImpatientHost : ApiHost
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Janus:LockRetry:Budget"] = "00:00:00.2",
        ["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] = "true",
    };
}

public sealed class HttpRulesTests(ImpatientHost host) : IClassFixture<ImpatientHost>
{
    public static TheoryData<string> Posts => ["/api/strategy/plan/", "/selectVariant/", "/api/approve", "/api/approveAll", "/api/graph", "/api/posts/decide"];

    [Theory]
    [MemberData(nameof(Posts))]
    public async Task A_body_that_is_no_JSON_object_is_a_400_naming_the_body(string path)
    {
        foreach (var body in new[] { "not json", "", "{", "{\"a\":1,}", "[]", "[{\"pk\":1}]", "null", "5", "\"x\"", new string('[', 5000), Deep(40), "{\"a\":\"\u0001\"}" })
            (await host.PostAsync(path, body)).ShouldName("body");
    }

    [Theory]
    [MemberData(nameof(Posts))]
    public async Task A_body_of_another_type_is_a_400_naming_the_body(string path)
    {
        foreach (var type in new[] { "text/plain", "application/x-www-form-urlencoded" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent("{}", Encoding.UTF8, type) };
            (await host.SendAsync(request)).ShouldName("body")["body"].ShouldContain("application/json");
        }

        using var empty = new HttpRequestMessage(HttpMethod.Post, path);
        (await host.SendAsync(empty)).ShouldName("body")["body"].ShouldContain("required");
    }

    [Fact]
    public async Task Broken_UTF8_is_a_400()
    {
        foreach (var body in new[] { "{\"product_description\":\"\xC3\x28\",\"gtm_goals\":\"g\"}", "{\"\xC3\x28\":1}" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/strategy/plan/") { Content = new ByteArrayContent(Encoding.Latin1.GetBytes(body)) };
            request.Content.Headers.ContentType = new("application/json");
            (await host.SendAsync(request)).ShouldBeProblem(400);
        }
    }

    [Theory]
    [InlineData("/api/approve", "pk")]
    [InlineData("/api/graph", "pk")]
    [InlineData("/selectVariant/", "pk")]
    [InlineData("/api/agents/generate-new-post", "nodes")]
    public async Task Broken_UTF8_where_any_kind_of_value_may_stand_is_a_400(string path, string field)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(Encoding.Latin1.GetBytes($"{{\"{field}\":\"\xC3\x28\"}}")) };
        request.Content.Headers.ContentType = new("application/json");
        (await host.SendAsync(request)).ShouldName("body")["body"].ShouldContain("UTF-8");
    }

    [Fact]
    public async Task A_body_of_more_than_8_MB_is_a_413_with_a_sentence()
    {
        var answer = await host.PostAsync("/api/strategy/plan/", Briefs.With("product_description", new string('x', 9 * 1024 * 1024)));
        answer.ShouldBeProblem(413).GetProperty("message").GetString().ShouldBe("The body is larger than 8 MB.");
    }

    [Fact]
    public async Task A_body_without_a_length_is_held_to_the_same_limit()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/strategy/plan/") { Content = new StreamContent(new MemoryStream(new byte[9 * 1024 * 1024])) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TransferEncodingChunked = true;
        (await host.SendAsync(request)).ShouldBeProblem(413);
    }

    [Fact]
    public async Task An_unknown_address_is_a_404_problem() => (await host.GetAsync("/api/nothing/")).ShouldBeProblem(404);

    [Fact]
    public async Task A_wrong_method_is_a_405_problem() => (await host.GetAsync("/api/approve")).ShouldBeProblem(405);

    [Fact]
    public async Task A_database_that_stays_locked_is_a_503_that_says_when_to_come_back()
    {
        var pk = (await host.PostsOfAsync(await host.PlanAsync()))[0];
        var locker = host.Store.HoldWrites();

        var answer = await host.PostAsync("/api/graph", new { pk });

        answer.ShouldBeProblem(503).GetProperty("message").GetString().ShouldBe("The database is busy. Nothing was changed; please try again.");
        answer["Retry-After"].ShouldBe("2");
        (await host.GetAsync("/api/nodesJson/")).Status.ShouldBe(200);
        await locker.DisposeAsync();
        (await host.PostAsync("/api/graph", new { pk })).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Answers_carry_careful_headers_and_no_server_name()
    {
        foreach (var path in new[] { "/api/agents/campaigns/", "/api/nothing", "/getVariants/" })
        {
            var answer = await host.GetAsync(path);
            answer["X-Content-Type-Options"].ShouldBe("nosniff");
            answer["Content-Security-Policy"].ShouldBe("default-src 'none'; frame-ancestors 'none'");
            answer["Cache-Control"].ShouldBe("no-store");
            answer["Server"].ShouldBeNull();
        }
    }

    [Theory]
    [InlineData("/api/status")]
    [InlineData("/api/status/")]
    public async Task The_status_says_what_is_in_use(string path)
    {
        await host.PlanAsync();
        var status = (await host.GetAsync(path)).Json;
        status.GetProperty("generator").GetString().ShouldNotBeNullOrEmpty();
        status.GetProperty("text_model").GetString().ShouldNotBeNullOrEmpty();
        status.GetProperty("image_model").GetString().ShouldNotBeNullOrEmpty();
        status.GetProperty("database").GetString().ShouldBe(TestStore.IsPostgres ? "postgres" : "sqlite");
        status.GetProperty("queue_depth").GetInt32().ShouldBe((await host.Get<StepQueue>().LoadAsync(CancellationToken.None)).Ready);
        status.GetProperty("content_capture").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Health_and_life_are_told()
    {
        (await host.GetAsync("/health")).Status.ShouldBe(200);
        (await host.GetAsync("/alive")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_OpenAPI_document_names_every_path_body_and_problem_and_its_numbers_are_numbers()
    {
        var answer = await host.GetAsync("/openapi/v1.json");
        answer.Status.ShouldBe((int)HttpStatusCode.OK);
        answer.Text.ShouldNotContain("^-?(?:0|[1-9]\\\\d*)$", Case.Sensitive);
        var paths = answer.Json.GetProperty("paths");
        foreach (var (path, method) in new[]
        {
            ("/api/strategy/plan", "post"), ("/api/agents/strategy", "post"), ("/api/nodesJson", "get"), ("/nodesJson", "get"), ("/api/agents/campaigns", "get"),
            ("/api/agents/campaigns/{campaign_id}", "get"), ("/getVariants", "get"), ("/selectVariant", "post"), ("/api/approve", "post"), ("/api/approveAll", "post"),
            ("/api/graph", "post"), ("/api/campaigns/{campaign_id}/events", "get"), ("/api/campaigns/{campaign_id}/retry", "post"),
            ("/api/campaigns/{campaign_id}/cancel", "post"), ("/api/campaigns/{campaign_id}/accept", "post"), ("/api/status", "get"), ("/media/{name}", "get"),
            ("/api/posts/{pk}", "get"), ("/api/posts/{pk}/regenerate", "post"), ("/api/posts/{pk}/retry", "post"), ("/api/posts/{pk}/variants/{letter}", "post"),
            ("/api/posts/{pk}/variants/{letter}/current", "post"), ("/api/campaigns/{campaign_id}/log", "get"), ("/api/campaigns/changes", "get"),
            ("/api/strategy/plan", "delete"), ("/api/strategy/estimate", "get"), ("/api/text/length", "post"), ("/api/posts/{pk}/reopen", "post"), ("/api/posts/decide", "post"),
        })
        {
            var operation = paths.GetProperty(path).GetProperty(method);
            operation.GetProperty("summary").GetString().ShouldNotBeNullOrEmpty();
            operation.GetProperty("responses").EnumerateObject().Count().ShouldBeGreaterThan(1, path);
        }

        var plan = paths.GetProperty("/api/strategy/plan").GetProperty("post");
        plan.GetProperty("responses").EnumerateObject().Select(response => response.Name).ShouldBe(["201", "400", "401", "403", "409", "413", "422", "429", "502", "503"], ignoreOrder: true);
        plan.GetProperty("responses").GetProperty("400").GetProperty("content").TryGetProperty("application/problem+json", out _).ShouldBeTrue();
        plan.GetProperty("requestBody").GetProperty("content").TryGetProperty("application/json", out _).ShouldBeTrue();
        plan.GetProperty("responses").GetProperty("201").GetProperty("content").TryGetProperty("application/json", out _).ShouldBeTrue();
        plan.GetProperty("requestBody").GetRawText().ShouldContain("1 to 20,000 characters");
        Schema("ProblemDetails", "errors").GetProperty("type").GetString().ShouldBe("object");
        Schema("ProblemDetails", "post").GetProperty("allOf")[0].GetProperty("$ref").GetString().ShouldBe("#/components/schemas/PostDetailResponse");
        foreach (var reference in Schema("ProblemDetails", "current").GetProperty("anyOf").EnumerateArray())
            answer.Json.GetProperty("components").GetProperty("schemas").TryGetProperty(reference.GetProperty("$ref").GetString()!.Split('/')[^1], out _).ShouldBeTrue();
        Schema("PostDetailResponse", "seen").GetProperty("type").GetString().ShouldBe("integer");
        Schema("PlanResponse", "total_posts").GetProperty("type").GetString().ShouldBe("integer");
        Schema("CampaignDto", "created_at").GetProperty("format").GetString().ShouldBe("date-time");

        JsonElement Schema(string type, string property) =>
            answer.Json.GetProperty("components").GetProperty("schemas").GetProperty(type).GetProperty("properties").GetProperty(property);
    }

    private static string Deep(int depth) => string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
}

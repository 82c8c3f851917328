using Janus.Gemini;

namespace Janus.Tests.Gemini;

/// <summary>Every way in which Gemini says no, for text and for pictures.</summary>
public class RefusalTests
{
    private const string ApiKeyInvalid = """{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID","domain":"googleapis.com"}""";

    [Theory]
    [InlineData("text", 400, "INVALID_ARGUMENT", ApiKeyInvalid, GeminiFailureKind.InvalidKey)]
    [InlineData("text", 400, "INVALID_ARGUMENT", "", GeminiFailureKind.BadRequest)]
    [InlineData("text", 400, "FAILED_PRECONDITION", "", GeminiFailureKind.BadRequest)]
    [InlineData("text", 401, "UNAUTHENTICATED", "", GeminiFailureKind.InvalidKey)]
    [InlineData("text", 403, "PERMISSION_DENIED", "", GeminiFailureKind.InvalidKey)]
    [InlineData("text", 404, "NOT_FOUND", "", GeminiFailureKind.ModelRetired)]
    [InlineData("text", 408, "CANCELLED", "", GeminiFailureKind.Overloaded)]
    [InlineData("text", 413, "INVALID_ARGUMENT", "", GeminiFailureKind.BadRequest)]
    [InlineData("text", 429, "RESOURCE_EXHAUSTED", "", GeminiFailureKind.QuotaPerMinute)]
    [InlineData("text", 500, "INTERNAL", "", GeminiFailureKind.Overloaded)]
    [InlineData("text", 504, "DEADLINE_EXCEEDED", "", GeminiFailureKind.Overloaded)]
    [InlineData("picture", 400, "INVALID_ARGUMENT", ApiKeyInvalid, GeminiFailureKind.InvalidKey)]
    [InlineData("picture", 400, "INVALID_ARGUMENT", "", GeminiFailureKind.BadRequest)]
    [InlineData("picture", 403, "PERMISSION_DENIED", "", GeminiFailureKind.InvalidKey)]
    [InlineData("picture", 404, "NOT_FOUND", "", GeminiFailureKind.ModelRetired)]
    [InlineData("picture", 429, "RESOURCE_EXHAUSTED", "", GeminiFailureKind.QuotaPerMinute)]
    [InlineData("picture", 500, "INTERNAL", "", GeminiFailureKind.Overloaded)]
    public async Task A_status_has_one_meaning_and_is_not_asked_twice(string what, int status, string name, string details, GeminiFailureKind kind)
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Error(status, name, details));

        var failure = await gemini.FailAsync(what);

        failure.Kind.ShouldBe(kind);
        failure.StatusCode.ShouldBe(status);
        gemini.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("text", "gemini-3.5-flash", "Gemini:TextModel")]
    [InlineData("picture", "gemini-3.1-flash-image", "Gemini:ImageModel")]
    public async Task A_retired_model_is_named_with_the_option_to_change(string what, string model, string option)
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Error(404, "NOT_FOUND"));

        var failure = await gemini.FailAsync(what);

        failure.Message.ShouldContain(model);
        failure.Message.ShouldContain(option);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("picture")]
    public async Task A_daily_quota_is_over_at_midnight_Pacific_whatever_delay_it_names(string what)
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Quota("GenerateRequestsPerDayPerProjectPerModel", "22s"));

        var failure = await gemini.FailAsync(what);

        failure.Kind.ShouldBe(GeminiFailureKind.QuotaPerDay);
        failure.RetryAfter.ShouldBe(TimeSpan.FromHours(10.5));
        gemini.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_night_of_the_clock_change_is_an_hour_shorter()
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Quota("GenerateRequestsPerDayPerProjectPerModel"));
        gemini.Time.Now = new DateTimeOffset(2027, 3, 14, 9, 0, 0, TimeSpan.Zero);

        (await gemini.FailAsync("text")).RetryAfter.ShouldBe(TimeSpan.FromHours(22));
    }

    [Theory]
    [InlineData("Your project has exceeded its monthly spending cap.")]
    [InlineData("The spend limit of the billing account is reached.")]
    public async Task A_spending_limit_is_not_a_quota(string message)
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Error(429, "RESOURCE_EXHAUSTED", message: message));

        (await gemini.FailAsync("text")).Kind.ShouldBe(GeminiFailureKind.SpendCap);
        (await gemini.FailAsync("picture")).Kind.ShouldBe(GeminiFailureKind.SpendCap);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("picture")]
    public async Task A_blocked_prompt_has_no_candidate_and_says_why(string what)
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Json(
            """{"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"},"usageMetadata":{"promptTokenCount":"9"}}"""));

        var failure = await gemini.FailAsync(what);

        failure.Kind.ShouldBe(GeminiFailureKind.Blocked);
        failure.Message.ShouldContain("PROHIBITED_CONTENT");
        failure.Usage!.InputTokenCount.ShouldBe(9);
    }

    [Theory]
    [InlineData("SAFETY", GeminiFailureKind.Blocked)]
    [InlineData("RECITATION", GeminiFailureKind.Blocked)]
    [InlineData("LANGUAGE", GeminiFailureKind.Blocked)]
    [InlineData("BLOCKLIST", GeminiFailureKind.Blocked)]
    [InlineData("PROHIBITED_CONTENT", GeminiFailureKind.Blocked)]
    [InlineData("SPII", GeminiFailureKind.Blocked)]
    [InlineData("MAX_TOKENS", GeminiFailureKind.Truncated)]
    [InlineData("OTHER", GeminiFailureKind.Malformed)]
    [InlineData("MALFORMED_FUNCTION_CALL", GeminiFailureKind.Malformed)]
    [InlineData("NO_IMAGE", GeminiFailureKind.Malformed)]
    [InlineData("STOP", GeminiFailureKind.Malformed)]
    [InlineData("SOMETHING_NEW", GeminiFailureKind.Malformed)]
    public async Task An_answer_that_did_not_end_well_is_no_answer_but_is_charged(string reason, GeminiFailureKind kind)
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Finished(reason));

        foreach (var what in new[] { "text", "picture" })
        {
            var failure = await gemini.FailAsync(what);
            failure.Kind.ShouldBe(kind);
            failure.Usage!.OutputTokenCount.ShouldBe(5);
        }
    }

    [Fact]
    public async Task Half_an_answer_is_no_answer()
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Json(
            """{"candidates":[{"content":{"parts":[{"text":"Fresh br"}]},"finishReason":"MAX_TOKENS"}]}"""));

        (await gemini.FailAsync("text")).Kind.ShouldBe(GeminiFailureKind.Truncated);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"candidates":[]}""")]
    [InlineData("""{"candidates":{}}""")]
    [InlineData("""{"candidates":[{"content":{"parts":[{"text":"a sentence that quotes the prompt""")]
    [InlineData("""{"candidates":[{"content":{"parts":[{"text":"\ud800"}]},"finishReason":"STOP"}]}""")]
    public async Task What_the_protocol_does_not_know_is_malformed(string json)
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Json(json));

        (await gemini.FailAsync("text")).Kind.ShouldBe(GeminiFailureKind.Malformed);
        (await gemini.FailAsync("picture")).Kind.ShouldBe(GeminiFailureKind.Malformed);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(302)]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task A_page_of_something_on_the_way_is_not_taken_for_Gemini(int status)
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Html(status));

        (await gemini.FailAsync("text")).Kind.ShouldBe(GeminiFailureKind.Malformed);
        (await gemini.FailAsync("picture")).Kind.ShouldBe(GeminiFailureKind.Malformed);
    }

    [Theory]
    [InlineData(401, GeminiFailureKind.InvalidKey)]
    [InlineData(404, GeminiFailureKind.ModelRetired)]
    [InlineData(429, GeminiFailureKind.QuotaPerMinute)]
    [InlineData(500, GeminiFailureKind.Overloaded)]
    public async Task A_refusal_whose_text_breaks_off_is_still_that_refusal(int status, GeminiFailureKind kind)
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.BrokenError(status));

        (await gemini.FailAsync("text")).Kind.ShouldBe(kind);
    }

    [Theory]
    [InlineData("""[1, "x", null, {"violations":7,"retryDelay":{}}]""")]
    [InlineData("""[{"violations":[{"quotaId":3},null],"reason":[],"retryDelay":"soon"}]""")]
    [InlineData("""[{"retryDelay":"-5s"}]""")]
    [InlineData("""[{"retryDelay":"99999999999999999999999999999999999s"}]""")]
    [InlineData("{}")]
    public async Task Odd_details_leave_the_status_its_meaning(string details)
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Json($$$"""{"error":{"details":{{{details}}},"message":null}}""", 429));

        var failure = await gemini.FailAsync("text");

        failure.Kind.ShouldBe(GeminiFailureKind.QuotaPerMinute);
        failure.RetryAfter.ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a key\nof two lines")]
    [InlineData("ключ")]
    public async Task A_key_that_cannot_be_one_is_not_sent(string key)
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Text("Hello."));
        gemini.Options.ApiKey = key;

        var failure = await gemini.FailAsync("text");

        failure.Kind.ShouldBe(GeminiFailureKind.InvalidKey);
        failure.Message.ShouldContain("Gemini:ApiKey");
        gemini.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_over_the_limit_is_not_read_to_its_end(bool lengthIsKnown)
    {
        var answer = new string(' ', 5000);
        await using var gemini = await FakeGemini.StartAsync(new Reply(async context =>
        {
            context.Response.ContentLength = lengthIsKnown ? answer.Length : null;
            await context.Response.Body.WriteAsync(System.Text.Encoding.ASCII.GetBytes(answer));
        }));
        gemini.Options.MaxResponseBytes = 4999;

        var failure = await gemini.FailAsync("text");

        failure.Kind.ShouldBe(GeminiFailureKind.Malformed);
        failure.Message.ShouldContain("Gemini:MaxResponseBytes");
    }
}

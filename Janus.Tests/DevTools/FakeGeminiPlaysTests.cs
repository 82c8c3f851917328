using System.Text.Json;
using System.Text.Json.Nodes;
using Janus.DevTools.FakeGemini;
using Janus.Tests.Time;

namespace Janus.Tests.DevTools;

/// <summary>Plays whose answer comes whole: refusals, and answers that say why there is no good one.</summary>
public sealed class FakeGeminiPlaysTests
{
    private const string Schema = """{"type":"object","properties":{"text":{"type":"string"}},"required":["text"]}""";

    [Theory]
    [InlineData("503", 503, "UNAVAILABLE")]
    [InlineData("500", 500, "INTERNAL")]
    [InlineData("504", 504, "DEADLINE_EXCEEDED")]
    [InlineData("429", 429, "RESOURCE_EXHAUSTED")]
    [InlineData("429-header", 429, "RESOURCE_EXHAUSTED")]
    [InlineData("daily-quota", 429, "RESOURCE_EXHAUSTED")]
    [InlineData("spend-cap", 429, "RESOURCE_EXHAUSTED")]
    [InlineData("bad-key", 400, "INVALID_ARGUMENT")]
    [InlineData("forbidden", 403, "PERMISSION_DENIED")]
    [InlineData("failed-precondition", 400, "FAILED_PRECONDITION")]
    [InlineData("bad-request", 400, "INVALID_ARGUMENT")]
    [InlineData("model-gone", 404, "NOT_FOUND")]
    public async Task A_refusal_has_the_form_of_the_service_and_quotes_the_prompt(string play, int status, string name)
    {
        await using var caller = await GeminiCaller.StartAsync($"{play} x2");
        foreach (var kind in (string[])["text", "image"])
        {
            using var response = await caller.AskAsync(kind);

            ((int)response.StatusCode).ShouldBe(status);
            response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
            var error = JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("error");
            error.GetProperty("code").GetInt32().ShouldBe(status);
            error.GetProperty("status").GetString().ShouldBe(name);
            error.GetProperty("message").GetString()!.ShouldEndWith($" SECRET-ECHO {GeminiCaller.Prompt[..40]}");
        }

        caller.Gemini.Journal.Read().Requests.ShouldAllBe(entry => entry.Play == play && entry.Status == status && entry.Problem == null);
    }

    [Theory]
    [InlineData("429 retry=2s", "PerMinute", "2s")]
    [InlineData("429 retry=1.5s", "PerMinute", "1.5s")]
    [InlineData("daily-quota", "PerDay", "22s")]
    public async Task A_quota_is_named_and_says_when_to_come_back(string script, string quota, string delay)
    {
        await using var caller = await GeminiCaller.StartAsync(script);
        using var response = await caller.AskAsync("text");

        var details = JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("error").GetProperty("details").EnumerateArray()
            .ToDictionary(detail => detail.GetProperty("@type").GetString()!["type.googleapis.com/google.rpc.".Length..]);
        details["QuotaFailure"].GetProperty("violations")[0].GetProperty("quotaId").GetString()!.ShouldContain(quota);
        details["RetryInfo"].GetProperty("retryDelay").GetString().ShouldBe(delay);
    }

    [Fact]
    public async Task A_quota_may_say_it_in_a_header_only()
    {
        await using var caller = await GeminiCaller.StartAsync("429-header retry=2500ms");
        using var response = await caller.AskAsync("text");

        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(3));
        JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("error").GetProperty("details").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("503-page", 503)]
    [InlineData("html-page", 200)]
    public async Task A_page_is_a_page(string play, int status)
    {
        await using var caller = await GeminiCaller.StartAsync(play);
        using var response = await caller.AskAsync("text");

        ((int)response.StatusCode).ShouldBe(status);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        (await response.Content.ReadAsStringAsync()).ShouldContain("SECRET-ECHO");
    }

    [Theory]
    [InlineData("safety", "SAFETY")]
    [InlineData("recitation", "RECITATION")]
    [InlineData("image-safety", "IMAGE_SAFETY")]
    [InlineData("no-image", "NO_IMAGE")]
    [InlineData("max-tokens", "MAX_TOKENS")]
    [InlineData("unknown-finish", "FUTURE_REASON")]
    [InlineData("empty-text", "STOP")]
    public async Task An_answer_ends_for_its_reason(string play, string reason)
    {
        await using var caller = await GeminiCaller.StartAsync($"{play} x2");
        foreach (var model in (string[])[GeminiCaller.TextModel, GeminiCaller.ImageModel])
        {
            var answer = await caller.AnswerAsync(GeminiCaller.Body(), model);

            var candidate = answer.GetProperty("candidates").EnumerateArray().ShouldHaveSingleItem();
            candidate.GetProperty("finishReason").GetString().ShouldBe(reason);
            answer.GetProperty("usageMetadata").TryGetProperty("candidatesTokenCount", out _).ShouldBeTrue();
            if (play is "safety" or "recitation" or "image-safety")
                candidate.TryGetProperty("content", out _).ShouldBeFalse();
            else
                (GeminiCaller.Text(answer).Length == 0).ShouldBe(play == "empty-text");
        }
    }

    [Fact]
    public async Task An_answer_at_the_limit_is_the_beginning_of_one()
    {
        await using var caller = await GeminiCaller.StartAsync("max-tokens; ok");

        var cut = GeminiCaller.Text(await caller.AnswerAsync(GeminiCaller.JsonBody(Schema)));
        var whole = GeminiCaller.Text(await caller.AnswerAsync(GeminiCaller.JsonBody(Schema)));

        whole.ShouldStartWith(cut);
        cut.Length.ShouldBe(whole.Length / 2);
    }

    [Theory]
    [InlineData("blocked-prompt", "SAFETY")]
    [InlineData("blocked-prompt reason=PROHIBITED_CONTENT", "PROHIBITED_CONTENT")]
    [InlineData("no-candidates", null)]
    public async Task Without_candidates_there_is_usage_and_perhaps_a_reason(string script, string? reason)
    {
        await using var caller = await GeminiCaller.StartAsync(script);

        var answer = await caller.AnswerAsync(GeminiCaller.Body());

        answer.TryGetProperty("candidates", out _).ShouldBeFalse();
        (answer.TryGetProperty("promptFeedback", out var feedback) ? feedback.GetProperty("blockReason").GetString() : null).ShouldBe(reason);
        GeminiCaller.Count(answer.GetProperty("usageMetadata"), "promptTokenCount").ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Unknown_fields_stand_everywhere_and_counts_may_all_be_text()
    {
        await using var caller = await GeminiCaller.StartAsync("unknown-fields; int64-strings");

        var answer = await caller.AnswerAsync(GeminiCaller.Body());
        JsonElement[] levels = [answer, answer.GetProperty("candidates")[0], answer.GetProperty("usageMetadata"), GeminiCaller.Parts(answer)[0]];
        levels.ShouldAllBe(level => level.Has("fieldOfTheFuture"));

        var usage = (await caller.AnswerAsync(GeminiCaller.Body())).GetProperty("usageMetadata");
        usage.EnumerateObject().ShouldAllBe(count => count.Value.ValueKind != JsonValueKind.Number);
        GeminiCaller.Count(usage.GetProperty("promptTokensDetails")[0], "tokenCount").ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(Schema)]
    [InlineData("""{"type":"array","items":{"type":"integer"}}""")]
    [InlineData("""{"type":"string"}""")]
    public async Task Out_of_schema_is_JSON_that_breaks_it_and_plain_is_none(string schema)
    {
        await using var caller = await GeminiCaller.StartAsync("out-of-schema; plain-reply");

        var broken = JsonNode.Parse(GeminiCaller.Text(await caller.AnswerAsync(GeminiCaller.JsonBody(schema))));
        SchemaValidator.Problem(JsonNode.Parse(schema)!, JsonNode.Parse(schema), broken).ShouldNotBeNull();

        var plain = GeminiCaller.Text(await caller.AnswerAsync(GeminiCaller.JsonBody(schema)));
        Should.Throw<JsonException>(() => JsonElement.Parse(plain));
    }

    [Fact]
    public async Task Pictures_may_be_none_or_not_what_their_label_says()
    {
        await using var caller = await GeminiCaller.StartAsync("invalid-base64; not-a-picture; wrong-media-type");

        (await DataAsync(caller)).TryGetBytesFromBase64(out _).ShouldBeFalse();
        (await DataAsync(caller)).GetBytesFromBase64()[0].ShouldNotBe((byte)0x89);
        caller.Gemini.Journal.Read().Counts.PicturesPaidFor.ShouldBe(0);

        var answer = await caller.AnswerAsync(GeminiCaller.Body(), GeminiCaller.ImageModel);
        GeminiCaller.Parts(answer)[0].GetProperty("inlineData").GetProperty("mimeType").GetString().ShouldBe("image/jpeg");
        DecodedPng.Read(GeminiCaller.Picture(answer)).Width.ShouldBe(1024);
        caller.Gemini.Journal.Read().Counts.PicturesPaidFor.ShouldBe(1);

        static async Task<JsonElement> DataAsync(GeminiCaller caller) =>
            GeminiCaller.Parts(await caller.AnswerAsync(GeminiCaller.Body(), GeminiCaller.ImageModel))[0].GetProperty("inlineData").GetProperty("data");
    }

    [Theory]
    [InlineData("truncated-json")]
    [InlineData("not-json")]
    [InlineData("empty-body")]
    public async Task A_body_may_be_no_JSON_although_it_came_whole(string play)
    {
        await using var caller = await GeminiCaller.StartAsync(play);
        using var response = await caller.AskAsync("image");

        ((int)response.StatusCode).ShouldBe(200);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        bytes.Length.ShouldBe((int)response.Content.Headers.ContentLength!);
        bytes.Length.ShouldBeInRange(play == "empty-body" ? 0 : 1, play == "empty-body" ? 0 : int.MaxValue);
        Should.Throw<JsonException>(() => JsonDocument.Parse(bytes));
        caller.Gemini.Journal.Read().Counts.PicturesPaidFor.ShouldBe(0);
    }

    [Theory]
    [InlineData("huge", 30)]
    [InlineData("too-huge", 60)]
    public async Task A_huge_body_is_a_good_answer_all_the_same(string play, int megabytes)
    {
        await using var caller = await GeminiCaller.StartAsync(play);
        using var response = await caller.AskAsync("text");

        var bytes = await response.Content.ReadAsByteArrayAsync();
        bytes.Length.ShouldBe(megabytes * 1024 * 1024);
        using var document = JsonDocument.Parse(bytes);
        GeminiCaller.Text(document.RootElement).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Latency_is_waited_for_before_the_answer_and_so_is_that_of_the_option()
    {
        var time = new ManualTime { SkipsWaits = true };
        await using var caller = await GeminiCaller.StartAsync(
            "latency=1500ms; 503", new FakeServerOptions { Latency = TimeSpan.FromMilliseconds(200), Time = time });

        (await caller.AskAsync("text")).Dispose();
        time.Elapsed.ShouldBe(TimeSpan.FromMilliseconds(1700));
        (await caller.AskAsync("text")).Dispose();
        time.Elapsed.ShouldBe(TimeSpan.FromMilliseconds(1900));
    }
}

using System.Text;
using System.Text.Json;

namespace Janus.Tests.DevTools;

/// <summary>Answers as server-sent events.</summary>
public sealed class FakeGeminiStreamTests
{
    [Fact]
    public async Task A_stream_says_the_same_as_the_whole_answer()
    {
        await using var caller = await GeminiCaller.StartAsync();
        foreach (var body in (string[])[GeminiCaller.Body(), GeminiCaller.JsonBody("""{"type":"array","minItems":3,"items":{"type":"string"}}""")])
        {
            var whole = await caller.AnswerAsync(body);
            var events = await caller.StreamAsync(body);

            events.Count.ShouldBeGreaterThanOrEqualTo(3);
            string.Concat(events.Select(GeminiCaller.Text)).ShouldBe(GeminiCaller.Text(whole));
            events.ShouldAllBe(one => one.GetProperty("usageMetadata").GetRawText() == whole.GetProperty("usageMetadata").GetRawText());
            events.ShouldAllBe(one => one.GetProperty("responseId").GetString() == whole.GetProperty("responseId").GetString());
            events.Select(one => one.GetProperty("candidates")[0].TryGetProperty("finishReason", out var reason) ? reason.GetString() : null)
                .ShouldBe([.. Enumerable.Repeat<string?>(null, events.Count - 1), "STOP"]);
        }
    }

    [Fact]
    public async Task A_picture_comes_in_one_event()
    {
        await using var caller = await GeminiCaller.StartAsync();

        var events = await caller.StreamAsync(GeminiCaller.Body(), GeminiCaller.ImageModel);

        DecodedPng.Read(events.SelectMany(GeminiCaller.Parts).Where(part => part.TryGetProperty("inlineData", out _) && !part.TryGetProperty("thought", out _))
            .Select(part => part.GetProperty("inlineData").GetProperty("data").GetBytesFromBase64()).Single());
        caller.Gemini.Journal.Read().Counts.PicturesPaidFor.ShouldBe(1);
    }

    [Fact]
    public async Task An_answer_without_content_is_one_event()
    {
        await using var caller = await GeminiCaller.StartAsync("blocked-prompt");

        (await caller.StreamAsync(GeminiCaller.Body())).ShouldHaveSingleItem().GetProperty("promptFeedback").GetProperty("blockReason").GetString().ShouldBe("SAFETY");
    }

    [Fact]
    public async Task An_error_may_come_in_mid_stream()
    {
        await using var caller = await GeminiCaller.StartAsync("stream-error");

        var events = await caller.StreamAsync(GeminiCaller.Body());

        events.Count.ShouldBe(3);
        events.Take(2).ShouldAllBe(one => GeminiCaller.Parts(one).Count == 1);
        var error = events[2].GetProperty("error");
        error.GetProperty("code").GetInt32().ShouldBe(503);
        error.GetProperty("message").GetString()!.ShouldContain("SECRET-ECHO");
    }

    [Fact]
    public async Task A_stream_may_break_after_two_events()
    {
        await using var caller = await GeminiCaller.StartAsync("stream-cut");
        using var response = await caller.PostAsync(
            GeminiCaller.Body(), $"{GeminiCaller.TextModel}:streamGenerateContent?alt=sse", HttpCompletionOption.ResponseHeadersRead);

        var received = new StringBuilder();
        await Should.ThrowAsync<IOException>(async () =>
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            while (await reader.ReadLineAsync() is { } line)
                received.Append(line).Append("\r\n");
        });

        var events = GeminiCaller.Events(received.ToString());
        events.Count.ShouldBe(2);
        events.ShouldAllBe(one => !one.GetProperty("candidates")[0].Has("finishReason"));
    }

    [Fact]
    public async Task A_refusal_of_a_stream_is_plain_JSON()
    {
        await using var caller = await GeminiCaller.StartAsync("503");
        using var response = await caller.PostAsync(GeminiCaller.Body(), $"{GeminiCaller.TextModel}:streamGenerateContent?alt=sse");

        ((int)response.StatusCode).ShouldBe(503);
        JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("error").GetProperty("status").GetString().ShouldBe("UNAVAILABLE");
    }
}

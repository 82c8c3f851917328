using System.Text;
using Janus.Gemini;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace Janus.Tests.Gemini;

public sealed class StreamTests
{
    private const string Usage = """
        "usageMetadata":{"promptTokenCount":4,"candidatesTokenCount":"6","thoughtsTokenCount":2,"totalTokenCount":12}
        """;

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public async Task Pieces_come_whole_however_their_bytes_are_split(string line)
    {
        await using var gemini = await FakeGemini.StartAsync(Events(line, pieceBytes: 1, Piece("Brot 🥖 "), Piece("für alle"), Piece("!", "STOP")));

        var updates = await ReadAsync(gemini);

        updates.Select(update => update.Text).Where(text => text.Length > 0).ShouldBe(["Brot 🥖 ", "für alle", "!"]);
        gemini.Requests[0].PathAndQuery.ShouldBe("/v1beta/models/gemini-3.5-flash:streamGenerateContent?alt=sse");
    }

    [Fact]
    public async Task The_last_piece_says_how_it_ended_and_what_it_used_once()
    {
        await using var gemini = await FakeGemini.StartAsync(Events("\n", 4096, Piece("Bread"), Piece("", "STOP")));

        var response = (await ReadAsync(gemini)).ToChatResponse();

        (response.Text, response.FinishReason, response.ModelId, response.ResponseId).ShouldBe(("Bread", ChatFinishReason.Stop, "gemini-3.5-flash-002", "r1"));
        (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount, response.Usage.ReasoningTokenCount).ShouldBe((4, 8, 2));
    }

    [Fact]
    public async Task An_error_in_the_middle_is_that_error_after_the_pieces_before_it()
    {
        await using var gemini = await FakeGemini.StartAsync(
            Events("\r\n", 7, Piece("Half"), $$$"""{"error":{"code":503,"message":"{{{Reply.Secret}}}","status":"UNAVAILABLE"}}"""));

        var (updates, failure) = await FailAsync(gemini);

        updates.Single().Text.ShouldBe("Half");
        failure.Kind.ShouldBe(GeminiFailureKind.Overloaded);
        gemini.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_has_an_unknown_outcome()
    {
        await using var gemini = await FakeGemini.StartAsync(Events("\n", 4096, Piece("Half")));

        var (updates, failure) = await FailAsync(gemini);

        updates.Single().Text.ShouldBe("Half");
        failure.Kind.ShouldBe(GeminiFailureKind.OutcomeUnknown);
        failure.Usage!.OutputTokenCount.ShouldBe(8);
    }

    [Fact]
    public async Task A_connection_that_breaks_in_the_middle_has_an_unknown_outcome()
    {
        await using var gemini = await FakeGemini.StartAsync(new Reply(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            context.Response.ContentLength = 100_000;
            await context.Response.WriteAsync($"data: {Piece("Half")}\n\n");
        }));

        (await FailAsync(gemini)).Failure.Kind.ShouldBe(GeminiFailureKind.OutcomeUnknown);
    }

    [Theory]
    [InlineData("MAX_TOKENS", GeminiFailureKind.Truncated)]
    [InlineData("SAFETY", GeminiFailureKind.Blocked)]
    [InlineData("MALFORMED_FUNCTION_CALL", GeminiFailureKind.Malformed)]
    public async Task An_answer_that_ended_early_fails_after_its_pieces_with_what_it_cost(string reason, GeminiFailureKind kind)
    {
        await using var gemini = await FakeGemini.StartAsync(Events("\n", 4096, Piece("Half"), Piece("", reason)));

        var (updates, failure) = await FailAsync(gemini);

        updates.Single().Text.ShouldBe("Half");
        (failure.Kind, failure.Reason, failure.Usage!.OutputTokenCount).ShouldBe((kind, reason, 8));
    }

    [Fact]
    public async Task A_reason_that_nobody_knows_yet_is_handed_on()
    {
        await using var gemini = await FakeGemini.StartAsync(Events("\n", 4096, Piece("Bread", "FUTURE_REASON")));

        (await ReadAsync(gemini)).ToChatResponse().FinishReason.ShouldBe(new ChatFinishReason("FUTURE_REASON"));
    }

    [Fact]
    public async Task A_prompt_that_is_blocked_has_no_piece()
    {
        await using var gemini = await FakeGemini.StartAsync(Events("\n", 4096, """{"promptFeedback":{"blockReason":"SAFETY"}}"""));

        var (updates, failure) = await FailAsync(gemini);

        updates.ShouldBeEmpty();
        (failure.Kind, failure.Reason).ShouldBe((GeminiFailureKind.Blocked, "SAFETY"));
    }

    [Fact]
    public async Task A_refusal_before_the_first_piece_is_sent_again_as_ever()
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Error(503, "UNAVAILABLE"), Events("\n", 4096, Piece("Bread", "STOP")));

        (await ReadAsync(gemini)).ToChatResponse().Text.ShouldBe("Bread");

        gemini.Requests.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("text/html", "<html></html>")]
    [InlineData("text/event-stream", "data: <html>\n\n")]
    [InlineData("text/event-stream", "")]
    [InlineData("application/json", "{}")]
    public async Task What_is_no_stream_of_Geminis_is_malformed(string type, string body)
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Raw(body, type, 200));

        (await FailAsync(gemini)).Failure.Kind.ShouldBe(GeminiFailureKind.Malformed);
    }

    [Fact]
    public async Task A_stream_without_end_is_cut_at_the_cap()
    {
        await using var gemini = await FakeGemini.StartAsync(new Reply(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            var piece = Encoding.UTF8.GetBytes($"data: {Piece(new string('x', 1000))}\n\n");
            try
            {
                while (!context.RequestAborted.IsCancellationRequested)
                    await context.Response.Body.WriteAsync(piece, context.RequestAborted);
            }
            catch (Exception gone) when (gone is OperationCanceledException or IOException)
            {
                // The client has had enough.
            }
        }));
        gemini.Options.MaxResponseBytes = 100_000;

        (await FailAsync(gemini)).Failure.Kind.ShouldBe(GeminiFailureKind.Malformed);
    }

    [Fact]
    public async Task Thoughts_come_only_when_they_were_asked_for_and_apart_from_the_text()
    {
        const string thought = """{"candidates":[{"content":{"parts":[{"text":"Hm.","thought":true},{"text":"Bread"}]},"finishReason":"STOP"}]}""";
        await using var gemini = await FakeGemini.StartAsync(Events("\n", 4096, thought));

        var response = (await ReadAsync(gemini, new ChatOptions { Reasoning = new() { Effort = ReasoningEffort.Low, Output = ReasoningOutput.Full } })).ToChatResponse();

        response.Text.ShouldBe("Bread");
        response.Messages[0].Contents.OfType<TextReasoningContent>().Single().Text.ShouldBe("Hm.");
        gemini.Requests[0].Json.GetProperty("generationConfig").GetProperty("thinkingConfig").GetRawText()
            .ShouldBe("""{"includeThoughts":true,"thinkingLevel":"LOW"}""");
    }

    private static string Piece(string text, string? finish = null) => $$$"""
        {"candidates":[{"content":{"role":"model","parts":[{"text":"{{{text}}}"}]},"finishReason":{{{(finish is null ? "null" : $"\"{finish}\"")}}}}],{{{Usage}}},"modelVersion":"gemini-3.5-flash-002","responseId":"r1"}
        """;

    // Every write goes out on its own, so that the client sees the split.
    private static Reply Events(string line, int pieceBytes, params string[] pieces) => new(async context =>
    {
        context.Response.ContentType = "text/event-stream";
        var bytes = Encoding.UTF8.GetBytes(string.Concat(pieces.Select(piece => $"data: {piece}{line}{line}")));
        foreach (var chunk in bytes.Chunk(pieceBytes))
        {
            await context.Response.Body.WriteAsync(chunk);
            await context.Response.Body.FlushAsync();
        }
    });

    private static async Task<List<ChatResponseUpdate>> ReadAsync(FakeGemini gemini, ChatOptions? options = null)
    {
        List<ChatResponseUpdate> updates = [];
        await foreach (var update in gemini.Text.GetStreamingResponseAsync(FakeGemini.Prompt, options))
            updates.Add(update);
        return updates;
    }

    private static async Task<(List<ChatResponseUpdate> Updates, GeminiException Failure)> FailAsync(FakeGemini gemini)
    {
        List<ChatResponseUpdate> updates = [];
        var failure = await Should.ThrowAsync<GeminiException>(async () =>
        {
            await foreach (var update in gemini.Text.GetStreamingResponseAsync(FakeGemini.Prompt))
                updates.Add(update);
        });
        failure.ToString().ShouldNotContain(FakeGemini.Key);
        failure.ToString().ShouldNotContain(Reply.Secret);
        return (updates, failure);
    }
}

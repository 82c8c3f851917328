using Janus.Gemini;
using Microsoft.Extensions.AI;

namespace Janus.Tests.Gemini;

public class TextAnswerTests
{
    [Fact]
    public async Task An_answer_carries_its_text_usage_and_origin()
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Json("""
            {"candidates":[{"index":0,"content":{"role":"model","parts":[{"text":"Fresh "},{"text":"bread."}]},"finishReason":"STOP"}],
             "usageMetadata":{"promptTokenCount":100,"cachedContentTokenCount":40,"candidatesTokenCount":20,"thoughtsTokenCount":30,"totalTokenCount":150},
             "modelVersion":"gemini-3.5-flash-002","responseId":"r-1"}
            """));

        var response = await gemini.Text.GetResponseAsync("Write a post.");

        response.Text.ShouldBe("Fresh bread.");
        response.ModelId.ShouldBe("gemini-3.5-flash-002");
        response.ResponseId.ShouldBe("r-1");
        response.FinishReason.ShouldBe(ChatFinishReason.Stop);
        response.Messages.ShouldHaveSingleItem().Role.ShouldBe(ChatRole.Assistant);
        var usage = response.Usage.ShouldNotBeNull();
        usage.InputTokenCount.ShouldBe(100);
        usage.CachedInputTokenCount.ShouldBe(40);
        usage.OutputTokenCount.ShouldBe(50);
        usage.ReasoningTokenCount.ShouldBe(30);
        usage.TotalTokenCount.ShouldBe(150);
    }

    [Fact]
    public async Task Thoughts_are_not_part_of_the_answer()
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Json("""
            {"candidates":[{"content":{"parts":[{"text":"Let me think.","thought":true},{"text":"Bread.","thoughtSignature":"c2ln"}]},"finishReason":"STOP"}]}
            """));

        var response = await gemini.Text.GetResponseAsync("Write a post.");

        response.Text.ShouldBe("Bread.");
        response.Messages.SelectMany(message => message.Contents).ShouldHaveSingleItem().ShouldBeOfType<TextContent>();
    }

    [Fact]
    public async Task Counts_may_be_strings_and_what_is_new_is_passed_over()
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Json("""
            {"candidates":[null,{"content":{"role":"model","parts":[null,{"text":"Bread.","novelty":{"a":[1]}}]},"finishReason":"WENT_WELL","novelty":1}],
             "usageMetadata":{"promptTokenCount":"9007199254740993","candidatesTokenCount":"5","candidatesTokensDetails":[{"modality":77,"tokenCount":"5"}]},
             "promptFeedback":{"blockReason":"BLOCK_REASON_UNSPECIFIED"},"novelty":{"b":null}}
            """));

        var response = await gemini.Text.GetResponseAsync("Write a post.");

        response.Text.ShouldBe("Bread.");
        response.FinishReason.ShouldBe(new ChatFinishReason("WENT_WELL"));
        response.Usage!.InputTokenCount.ShouldBe(9007199254740993);
        response.Usage.OutputTokenCount.ShouldBe(5);
    }

    [Theory]
    [InlineData("42")]
    [InlineData("null")]
    [InlineData("""{"odd":true}""")]
    [InlineData("\"not a name, but a sentence\"")]
    public async Task A_finish_reason_that_nobody_knows_does_not_spoil_an_answer(string reason)
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Json(
            $$$"""{"candidates":[{"content":{"parts":[{"text":"Bread."}]},"finishReason":{{{reason}}}}]}"""));

        var response = await gemini.Text.GetResponseAsync("Write a post.");

        response.Text.ShouldBe("Bread.");
        response.FinishReason?.Value.ShouldNotContain(" ");
    }

    [Fact]
    public async Task The_client_says_who_it_is()
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Text("Hello."));

        var metadata = gemini.Text.GetService<ChatClientMetadata>().ShouldNotBeNull();

        metadata.ProviderName.ShouldBe("gcp.gemini");
        metadata.DefaultModelId.ShouldBe("gemini-3.5-flash");
        gemini.Text.GetService<GeminiChatClient>().ShouldBeSameAs(gemini.Text);
        gemini.Text.GetService<string>().ShouldBeNull();
        gemini.Text.GetService(typeof(GeminiChatClient), "key").ShouldBeNull();
    }
}

using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Janus.Tests.Gemini;

public class TextRequestTests
{
    [Fact]
    public async Task The_key_is_sent_in_its_header_and_nowhere_else()
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Text("Hello."));

        await gemini.AskAsync("text");

        var request = gemini.Requests.ShouldHaveSingleItem();
        request.Method.ShouldBe("POST");
        request.PathAndQuery.ShouldBe("/v1beta/models/gemini-3.5-flash:generateContent");
        request.Headers["x-goog-api-key"].ShouldBe(FakeGemini.Key);
        request.Headers["Content-Type"].ShouldBe("application/json");
        request.Headers.Count(header => header.Value.Contains(FakeGemini.Key, StringComparison.Ordinal)).ShouldBe(1);
        request.Text.ShouldNotContain(FakeGemini.Key);
    }

    [Fact]
    public async Task A_bare_prompt_is_one_user_turn_and_leaves_everything_else_to_the_model()
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Text("Hello."));

        await gemini.Text.GetResponseAsync("Write a post.");

        ShouldBeJson(gemini.Requests[0].Json, """{"contents":[{"role":"user","parts":[{"text":"Write a post."}]}],"generationConfig":{}}""");
    }

    [Fact]
    public async Task Instructions_stand_apart_and_the_history_alternates_between_user_and_model()
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Text("Hello."));
        List<ChatMessage> conversation =
        [
            new(ChatRole.System, "Be brief."),
            new(ChatRole.User, "Write a post."),
            new(ChatRole.Assistant, [new TextReasoningContent("Hm."), new TextContent("A post.")]),
            new(ChatRole.User, [new TextContent("Shorter, for this picture."), new DataContent(new byte[] { 1, 2, 3 }, "image/png")]),
        ];

        await gemini.Text.GetResponseAsync(conversation, new ChatOptions { Instructions = "You write for a bakery." });

        var json = gemini.Requests[0].Json;
        ShouldBeJson(json.GetProperty("systemInstruction"), """{"parts":[{"text":"You write for a bakery."},{"text":"Be brief."}]}""");
        ShouldBeJson(json.GetProperty("contents"), """
            [{"role":"user","parts":[{"text":"Write a post."}]},
             {"role":"model","parts":[{"text":"A post."}]},
             {"role":"user","parts":[{"text":"Shorter, for this picture."},{"inlineData":{"mimeType":"image/png","data":"AQID"}}]}]
            """);
    }

    [Fact]
    public async Task Options_become_the_generation_config()
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Text("Hello."));

        await gemini.Text.GetResponseAsync("Write a post.", new ChatOptions
        {
            ModelId = "gemini-other",
            Temperature = 0.5f,
            TopP = 0.25f,
            TopK = 40,
            MaxOutputTokens = 800,
            Seed = 7,
            StopSequences = ["END", "STOP"],
        });

        gemini.Requests[0].PathAndQuery.ShouldBe("/v1beta/models/gemini-other:generateContent");
        ShouldBeJson(
            gemini.Requests[0].Json.GetProperty("generationConfig"),
            """{"temperature":0.5,"topP":0.25,"topK":40,"maxOutputTokens":800,"seed":7,"stopSequences":["END","STOP"]}""");
    }

    [Fact]
    public async Task Json_without_a_schema_asks_only_for_the_media_type()
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Text("{}"));

        await gemini.Text.GetResponseAsync("Write a post.", new ChatOptions { ResponseFormat = ChatResponseFormat.Json });

        ShouldBeJson(gemini.Requests[0].Json.GetProperty("generationConfig"), """{"responseMimeType":"application/json"}""");
    }

    [Fact]
    public async Task A_schema_is_sent_without_the_keywords_that_Gemini_ignores()
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Text("{}"));
        var schema = JsonElement.Parse("""
            {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","minProperties":1,
             "properties":{
                "pattern":{"type":"string","pattern":"^a","minLength":1,"maxLength":9,"description":"Named like a keyword."},
                "kind":{"const":"post"},
                "tags":{"type":"array","items":{"type":"string","minLength":2},"minItems":1,"maxItems":3,"uniqueItems":true},
                "pair":{"prefixItems":[{"type":"number","exclusiveMinimum":0},true]},
                "either":{"anyOf":[{"type":"string","pattern":"x"},{"$ref":"#/$defs/size"}]}},
             "$defs":{"size":{"type":"integer","minimum":1,"maximum":9,"default":2,"enum":[1,2]}},
             "additionalProperties":{"type":"string","maxLength":3},"required":["pattern"],"propertyOrdering":["pattern","kind"]}
            """);

        await gemini.Text.GetResponseAsync("Write a post.", new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(schema) });

        var config = gemini.Requests[0].Json.GetProperty("generationConfig");
        config.GetProperty("responseMimeType").GetString().ShouldBe("application/json");
        ShouldBeJson(config.GetProperty("responseJsonSchema"), """
            {"type":"object",
             "properties":{
                "pattern":{"type":"string","description":"Named like a keyword."},
                "kind":{"enum":["post"]},
                "tags":{"type":"array","items":{"type":"string"},"minItems":1,"maxItems":3},
                "pair":{"prefixItems":[{"type":"number"},true]},
                "either":{"anyOf":[{"type":"string"},{"$ref":"#/$defs/size"}]}},
             "$defs":{"size":{"type":"integer","minimum":1,"maximum":9,"enum":[1,2]}},
             "additionalProperties":{"type":"string"},"required":["pattern"],"propertyOrdering":["pattern","kind"]}
            """);
    }

    [Fact]
    public async Task The_schema_of_a_record_keeps_its_properties_and_loses_its_lengths()
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Text("{}"));

        await gemini.Text.GetResponseAsync("Write a post.", new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema<Post>() });

        var schema = gemini.Requests[0].Json.GetProperty("generationConfig").GetProperty("responseJsonSchema");
        schema.GetProperty("properties").EnumerateObject().Select(property => property.Name).ShouldBe(["caption", "hashtags"]);
        schema.GetRawText().ShouldNotContain("Length");
    }

    [Fact]
    public async Task What_Gemini_cannot_take_is_refused_before_anything_is_sent()
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Text("Hello."));

        await Should.ThrowAsync<ArgumentException>(
            gemini.Text.GetResponseAsync("x", new ChatOptions { StopSequences = ["1", "2", "3", "4", "5", "6"] }));
        await Should.ThrowAsync<ArgumentException>(gemini.Text.GetResponseAsync([new(ChatRole.System, "Only instructions.")]));
        await Should.ThrowAsync<NotSupportedException>(gemini.Text.GetResponseAsync([new(ChatRole.Tool, "x")]));
        await Should.ThrowAsync<NotSupportedException>(
            gemini.Text.GetResponseAsync([new(ChatRole.User, [new UriContent("https://a.example/b.png", "image/png")])]));
        await Should.ThrowAsync<NotSupportedException>(gemini.Text.GetResponseAsync("x", new ChatOptions { Tools = [new HostedWebSearchTool()] }));
        gemini.Requests.ShouldBeEmpty();
    }

    private static void ShouldBeJson(JsonElement actual, string expected) =>
        JsonElement.DeepEquals(actual, JsonElement.Parse(expected)).ShouldBeTrue(actual.GetRawText());

    private sealed record Post([property: StringLength(280, MinimumLength = 1)] string Caption, IReadOnlyList<string> Hashtags);
}

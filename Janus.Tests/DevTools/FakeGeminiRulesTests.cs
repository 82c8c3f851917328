using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Janus.DevTools.FakeGemini;
using Janus.DevTools.FakeGemini.Http;

namespace Janus.Tests.DevTools;

/// <summary>What the fake refuses, and how it says so.</summary>
public sealed class FakeGeminiRulesTests
{
    private const string Turn = """{"role":"user","parts":[{"text":"Hello"}]}""";

    /// <summary>A body that is wrong, and the field that the refusal names.</summary>
    public static TheoryData<string, string> WrongBodies => new()
    {
        { """{"contents":[TURN],"foo":1}""", "" },
        { """{"contents":[TURN],"generationConfig":{"foo":1}}""", "generation_config" },
        { """{"contents":[TURN],"generationConfig":{"imageConfig":{"foo":1}}}""", "generation_config.image_config" },
        { """{"contents":[{"role":"user","parts":[{"text":"Hello","foo":1}]}]}""", "contents[0].parts[0]" },
        { """{"contents":[{"role":"user","parts":[{"inlineData":{"mimeType":"image/png","data":"AAAA","foo":1}}]}]}""", "contents[0].parts[0].inline_data" },
        { """{"contents":[TURN],"generation_config":{}}""", "" },
        { """{"contents":TURN}""", "contents" },
        { """{"contents":["Hello"]}""", "contents[0]" },
        { """{"contents":[{"role":"user","parts":[{"text":5}]}]}""", "contents[0].parts[0].text" },
        { """{"contents":[TURN],"generationConfig":[]}""", "generation_config" },
        { """{"contents":[TURN],"generationConfig":{"temperature":"hot"}}""", "generation_config.temperature" },
        { """{"contents":[TURN],"generationConfig":{"temperature":2.1}}""", "generation_config.temperature" },
        { """{"contents":[TURN],"generationConfig":{"temperature":-0.1}}""", "generation_config.temperature" },
        { """{"contents":[TURN],"generationConfig":{"topP":1.01}}""", "generation_config.top_p" },
        { """{"contents":[TURN],"generationConfig":{"topK":0}}""", "generation_config.top_k" },
        { """{"contents":[TURN],"generationConfig":{"topK":1.5}}""", "generation_config.top_k" },
        { """{"contents":[TURN],"generationConfig":{"maxOutputTokens":0}}""", "generation_config.max_output_tokens" },
        { """{"contents":[TURN],"generationConfig":{"seed":5000000000}}""", "generation_config.seed" },
        { """{"contents":[TURN],"generationConfig":{"candidateCount":2}}""", "generation_config.candidate_count" },
        { """{"contents":[TURN],"generationConfig":{"stopSequences":["1","2","3","4","5","6"]}}""", "generation_config.stop_sequences" },
        { """{"contents":[TURN],"generationConfig":{"stopSequences":"stop"}}""", "generation_config.stop_sequences" },
        { """{"contents":[TURN],"generationConfig":{"responseMimeType":"text/html"}}""", "generation_config.response_mime_type" },
        { """{"contents":[TURN],"generationConfig":{"responseJsonSchema":{"type":"object"}}}""", "generation_config.response_mime_type" },
        { """{"contents":[TURN],"generationConfig":{"responseSchema":{"type":"OBJECT"}}}""", "generation_config.response_mime_type" },
        { """{"contents":[TURN],"generationConfig":{"responseMimeType":"application/json","responseJsonSchema":{},"responseSchema":{}}}""", "generation_config.response_json_schema" },
        { """{"contents":[TURN],"generationConfig":{"responseMimeType":"application/json","responseSchema":{"type":"object"}}}""", "generation_config.response_schema.type" },
        { """{"contents":[TURN],"generationConfig":{"responseModalities":["SMELL"]}}""", "generation_config.response_modalities[0]" },
        { """{"contents":[TURN],"generationConfig":{"responseModalities":["IMAGE"]}}""", "generation_config.response_modalities" },
        { """{"contents":[TURN],"generationConfig":{"imageConfig":{"aspectRatio":"1:1"}}}""", "generation_config.image_config" },
        { """{"contents":[TURN],"generationConfig":{"thinkingConfig":{"thinkingBudget":100,"thinkingLevel":"LOW"}}}""", "generation_config.thinking_config" },
        { """{"contents":[TURN],"generationConfig":{"thinkingConfig":{"thinkingLevel":"VERY"}}}""", "generation_config.thinking_config.thinking_level" },
        { """{"contents":[TURN],"generationConfig":{"thinkingConfig":{"thinkingBudget":-2}}}""", "generation_config.thinking_config.thinking_budget" },
        { """{"contents":[TURN],"generationConfig":{"thinkingConfig":{"includeThoughts":"yes"}}}""", "generation_config.thinking_config.include_thoughts" },
        { """{"contents":[TURN],"safetySettings":[{"category":"HARM_CATEGORY_BOREDOM","threshold":"OFF"}]}""", "safety_settings[0].category" },
        { """{"contents":[TURN],"safetySettings":[{"category":"HARM_CATEGORY_HARASSMENT","threshold":"BLOCK_ALL"}]}""", "safety_settings[0].threshold" },
        { """{"contents":[TURN],"safetySettings":[{"category":"HARM_CATEGORY_HARASSMENT"}]}""", "safety_settings[0].threshold" },
        { """{"contents":[TURN],"safetySettings":[{"category":"HARM_CATEGORY_HARASSMENT","threshold":"OFF"},{"category":"HARM_CATEGORY_HARASSMENT","threshold":"OFF"}]}""", "safety_settings[1].category" },
        { """{"contents":[]}""", "contents" },
        { """{}""", "contents" },
        { """{"contents":[{"role":"user","parts":[]}]}""", "contents[0].parts" },
        { """{"contents":[{"role":"user","parts":[{}]}]}""", "contents[0].parts[0]" },
        { """{"contents":[{"role":"user","parts":[{"text":"Hello","inlineData":{"mimeType":"image/png","data":"AAAA"}}]}]}""", "contents[0].parts[0]" },
        { """{"contents":[{"role":"user","parts":[{"inlineData":{"data":"AAAA"}}]}]}""", "contents[0].parts[0].inline_data.mime_type" },
        { """{"contents":[{"role":"user","parts":[{"inlineData":{"mimeType":"png","data":"AAAA"}}]}]}""", "contents[0].parts[0].inline_data.mime_type" },
        { """{"contents":[{"role":"user","parts":[{"inlineData":{"mimeType":"image/png"}}]}]}""", "contents[0].parts[0].inline_data.data" },
        { """{"contents":[{"role":"user","parts":[{"inlineData":{"mimeType":"image/png","data":"%%"}}]}]}""", "contents[0].parts[0].inline_data.data" },
        { """{"contents":[{"role":"assistant","parts":[{"text":"Hello"}]}]}""", "contents[0].role" },
        { """{"contents":[TURN,{"role":"model","parts":[{"text":"Hello"}]}]}""", "contents[1]" },
        { """{"contents":[{"parts":[{"text":"Hello"}]},TURN]}""", "contents[0].role" },
        { """{"contents":[TURN],"systemInstruction":{"role":"system","parts":[{"text":"Be kind"}]}}""", "system_instruction.role" },
        { """{"contents":[TURN],"systemInstruction":{"parts":[{"inlineData":{"mimeType":"image/png","data":"AAAA"}}]}}""", "system_instruction.parts" },
        { """{"contents":[TURN],"contents":[TURN]}""", "" },
        { """[]""", "" },
        { """{"contents":[TURN]""", "" },
        { """{"contents":[{"role":"user","parts":[{"text":"\ud800"}]}]}""", "" },
        { "prompt=Hello", "" },
    };

    /// <summary>A schema that is wrong, and the place in it that the refusal names.</summary>
    public static TheoryData<string, string> WrongSchemas => new()
    {
        { """{"type":"string","minLength":1}""", ".minLength" },
        { """{"type":"object","properties":{"a":{"type":"string","maxLength":9}}}""", ".properties.a.maxLength" },
        { """{"type":"array","items":{"pattern":"^a"}}""", ".items.pattern" },
        { """{"anyOf":[{"const":1}]}""", ".anyOf[0].const" },
        { """{"$defs":{"a":{"exclusiveMinimum":1}}}""", ".$defs.a.exclusiveMinimum" },
        { """{"additionalProperties":{"allOf":[]}}""", ".additionalProperties.allOf" },
        { """{"$schema":"https://json-schema.org/draft/2020-12/schema"}""", ".$schema" },
        { """{"type":"text"}""", ".type" },
        { """{"type":[]}""", ".type" },
        { """{"enum":[]}""", ".enum" },
        { """{"enum":[true]}""", ".enum" },
        { """{"anyOf":[]}""", ".anyOf" },
        { """{"minItems":-1}""", ".minItems" },
        { """{"minimum":"1"}""", ".minimum" },
        { """{"required":"a"}""", ".required" },
        { """{"properties":[]}""", ".properties" },
        { """{"items":"string"}""", ".items" },
        { """{"$ref":"#/$defs/missing"}""", ".$ref" },
        { """{"$defs":{"a":{"type":"string"}},"properties":{"a":{"$ref":"#/$defs/a","title":"A"}}}""", ".properties.a" },
        { """{"type":"integer","minimum":2,"maximum":1}""", "" },
        { """{"type":"array","minItems":1000000}""", "" },
        { """{"type":"object","properties":{"a":{"$ref":"#"}},"required":["a"]}""", "" },
    };

    [Theory]
    [MemberData(nameof(WrongBodies))]
    public async Task What_the_protocol_does_not_know_is_refused_with_its_field(string body, string field)
    {
        await using var caller = await GeminiCaller.StartAsync();

        var violations = await RefusedAsync(await caller.PostAsync(body.Replace("TURN", Turn, StringComparison.Ordinal)));

        violations.ShouldContain(field);
        caller.Gemini.Journal.Read().Requests.ShouldHaveSingleItem().Problem.ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [MemberData(nameof(WrongSchemas))]
    public async Task A_schema_that_is_not_honoured_is_refused_with_the_keyword(string schema, string place)
    {
        await using var caller = await GeminiCaller.StartAsync();

        (await RefusedAsync(await caller.PostAsync(GeminiCaller.JsonBody(schema)))).ShouldContain("generation_config.response_json_schema" + place);
    }

    [Theory]
    [InlineData("""{"imageConfig":{"aspectRatio":"7:5"}}""", "generation_config.image_config.aspect_ratio")]
    [InlineData("""{"imageConfig":{"imageSize":"8K"}}""", "generation_config.image_config.image_size")]
    [InlineData("""{"responseMimeType":"application/json"}""", "generation_config.response_mime_type")]
    public async Task A_picture_has_rules_of_its_own(string config, string field)
    {
        await using var caller = await GeminiCaller.StartAsync();

        (await RefusedAsync(await caller.AskAsync("image", config: config))).ShouldContain(field);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_named_and_the_message_says_it_as_Google_does()
    {
        await using var caller = await GeminiCaller.StartAsync();

        using var response = await caller.PostAsync(GeminiCaller.Body(config: """{"foo":1,"topK":"x"}"""));

        var error = JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("error");
        error.GetProperty("message").GetString()!.ShouldStartWith("""
            Invalid JSON payload received. Unknown name "foo" at 'generation_config': Cannot find field.
            Invalid value at 'generation_config.top_k' (TYPE_INT32), "x"
            """.ReplaceLineEndings("\n"));
        error.GetProperty("message").GetString()!.ShouldEndWith($" SECRET-ECHO {GeminiCaller.Prompt[..40]}");
    }

    [Theory]
    [InlineData(null, "", 403, "PERMISSION_DENIED")]
    [InlineData("another", "", 400, "INVALID_ARGUMENT")]
    [InlineData(GeminiCaller.Key, "?key=" + GeminiCaller.Key, 400, "INVALID_ARGUMENT")]
    [InlineData(null, "?key=" + GeminiCaller.Key, 400, "INVALID_ARGUMENT")]
    [InlineData(GeminiCaller.Key, "?foo=1", 400, "INVALID_ARGUMENT")]
    [InlineData(GeminiCaller.Key, "?alt=sse", 400, "INVALID_ARGUMENT")]
    public async Task Who_asks_is_checked_first(string? key, string query, int status, string name)
    {
        await using var caller = await GeminiCaller.StartAsync();
        caller.Http.DefaultRequestHeaders.Clear();
        if (key is not null)
            caller.Http.DefaultRequestHeaders.Add("x-goog-api-key", key);

        using var response = await caller.PostAsync("not even JSON", $"{GeminiCaller.TextModel}:generateContent{query}");

        var error = await ErrorAsync(response, status);
        error.GetProperty("status").GetString().ShouldBe(name);
        error.TryGetProperty("details", out var details).ShouldBeTrue();
        (details.EnumerateArray().Any(detail => detail.TryGetProperty("reason", out var reason)
            && reason.GetString() == "API_KEY_INVALID"
            && detail.GetProperty("domain").GetString() == "googleapis.com")).ShouldBe(key == "another");
    }

    [Theory]
    [InlineData("POST", "v1beta/models/gemini-1.0-pro:generateContent")]
    [InlineData("POST", "v1beta/models/gemini-3.5-flash:countTokens")]
    [InlineData("POST", "v1beta/models/gemini-3.5-flash")]
    [InlineData("POST", "v1/models/gemini-3.5-flash:generateContent")]
    [InlineData("GET", "v1beta/models/gemini-3.5-flash:generateContent")]
    [InlineData("GET", "v1beta/models/gemini-1.0-pro")]
    [InlineData("GET", "")]
    [InlineData("DELETE", "v1beta/models/gemini-3.5-flash")]
    [InlineData("PUT", "v1beta/models")]
    public async Task What_is_not_there_is_not_found(string method, string path)
    {
        await using var caller = await GeminiCaller.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method == "POST")
            request.Content = new StringContent(GeminiCaller.Body(), Encoding.UTF8, "application/json");

        using var response = await caller.Http.SendAsync(request);

        (await ErrorAsync(response, 404)).GetProperty("status").GetString().ShouldBe("NOT_FOUND");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=iso-8859-1")]
    [InlineData(null)]
    public async Task Another_content_type_is_refused(string? contentType)
    {
        await using var caller = await GeminiCaller.StartAsync();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(GeminiCaller.Body()));
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);

        using var response = await caller.Http.PostAsync(new Uri($"v1beta/models/{GeminiCaller.TextModel}:generateContent", UriKind.Relative), content);

        (await ErrorAsync(response, 400)).GetProperty("message").GetString()!.ShouldContain("content type");
    }

    [Fact]
    public async Task More_than_20_MB_are_refused_and_20_MB_are_not()
    {
        await using var caller = await GeminiCaller.StartAsync();
        var room = RequestBody.Most - GeminiCaller.Body("").Length;

        (await ErrorAsync(await caller.PostAsync(GeminiCaller.Body(new string('a', room + 1))), 400)).GetProperty("message").GetString()!.ShouldContain("20971520");
        GeminiCaller.Text(await caller.AnswerAsync(GeminiCaller.Body(new string('a', room)))).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_stream_needs_alt_sse()
    {
        await using var caller = await GeminiCaller.StartAsync();

        (await RefusedAsync(await caller.PostAsync(GeminiCaller.Body(), $"{GeminiCaller.TextModel}:streamGenerateContent"))).ShouldContain("alt");
        (await caller.StreamAsync(GeminiCaller.Body())).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Every_field_of_the_protocol_is_taken()
    {
        await using var caller = await GeminiCaller.StartAsync();

        var answer = await caller.AnswerAsync("""
            {"systemInstruction":{"parts":[{"text":"Be kind."}]},
             "contents":[
                {"role":"user","parts":[{"text":"What is this?"},{"inlineData":{"mimeType":"image/png","data":"AAAA"}}]},
                {"role":"model","parts":[{"text":"A thought.","thought":true},{"text":"A loaf.","thoughtSignature":"AAAA"}]},
                {"role":"user","parts":[{"text":"And now?"}]}],
             "safetySettings":[{"category":"HARM_CATEGORY_HARASSMENT","threshold":"BLOCK_ONLY_HIGH"},{"category":"HARM_CATEGORY_HATE_SPEECH","threshold":"OFF"}],
             "generationConfig":{"temperature":2,"topP":0,"topK":1,"maxOutputTokens":100,"candidateCount":1,"seed":-1,"stopSequences":["a","b","c","d","e"],
                "responseMimeType":"application/json","responseSchema":{"type":"OBJECT","properties":{"a":{"type":"STRING","nullable":true}},"required":["a"]},
                "responseModalities":["TEXT"],"thinkingConfig":{"includeThoughts":true,"thinkingBudget":-1}}}
            """);

        JsonElement.Parse(GeminiCaller.Text(answer)).GetProperty("a").ValueKind.ShouldBe(JsonValueKind.String);
        GeminiCaller.Parts(answer)[0].GetProperty("thought").GetBoolean().ShouldBeTrue();
        GeminiCaller.Count(answer.GetProperty("usageMetadata"), "promptTokenCount").ShouldBeGreaterThan(258);
        caller.Gemini.Journal.Read().Requests.ShouldHaveSingleItem().Problem.ShouldBeNull();
    }

    [Fact]
    public async Task The_models_are_listed_and_described()
    {
        await using var caller = await GeminiCaller.StartAsync(options: new FakeServerOptions { TextModels = ["gemini-mine"] });

        var list = JsonElement.Parse(await caller.Http.GetStringAsync(new Uri("v1beta/models?pageSize=50", UriKind.Relative))).GetProperty("models");
        var one = JsonElement.Parse(await caller.Http.GetStringAsync(new Uri("v1beta/models/gemini-mine", UriKind.Relative)));

        list.EnumerateArray().Select(model => model.GetProperty("name").GetString()).ShouldBe(["models/gemini-mine", $"models/{GeminiCaller.ImageModel}"]);
        one.GetProperty("supportedGenerationMethods").EnumerateArray().Select(method => method.GetString()).ShouldContain("generateContent");
    }

    [Fact]
    public async Task A_refused_request_uses_up_nothing_of_the_script()
    {
        await using var caller = await GeminiCaller.StartAsync("503");

        await RefusedAsync(await caller.PostAsync("{}"));

        await ErrorAsync(await caller.AskAsync("text"), 503);
    }

    private static async Task<IReadOnlyList<string?>> RefusedAsync(HttpResponseMessage response)
    {
        var error = await ErrorAsync(response, 400);
        error.GetProperty("status").GetString().ShouldBe("INVALID_ARGUMENT");
        var detail = error.GetProperty("details").EnumerateArray().ShouldHaveSingleItem();
        detail.GetProperty("@type").GetString().ShouldBe("type.googleapis.com/google.rpc.BadRequest");
        return [.. detail.GetProperty("fieldViolations").EnumerateArray().Select(violation => violation.GetProperty("field").GetString())];
    }

    private static async Task<JsonElement> ErrorAsync(HttpResponseMessage response, int status)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync();
            ((int)response.StatusCode).ShouldBe(status, text);
            var error = JsonElement.Parse(text).GetProperty("error");
            error.GetProperty("code").GetInt32().ShouldBe(status);
            error.GetProperty("message").GetString()!.ShouldContain("SECRET-ECHO");
            return error;
        }
    }
}

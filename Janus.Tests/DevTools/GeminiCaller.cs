using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Janus.DevTools.FakeGemini;

namespace Janus.Tests.DevTools;

/// <summary>The fake, and a plain HTTP client that asks it; nothing of the real client is between them.</summary>
internal sealed class GeminiCaller : IAsyncDisposable
{
    public const string TextModel = "gemini-3.5-flash";
    public const string ImageModel = "gemini-3.1-flash-image";
    public const string Key = "a-key-for-tests";
    public const string Prompt = "Write about a red bicycle that carries bread through the old town every morning";

    /// <summary>Only ends a test that would hang.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private GeminiCaller(FakeGeminiServer gemini)
    {
        Gemini = gemini;
        Http = NewHttp(gemini);
        Http.DefaultRequestHeaders.Add("x-goog-api-key", Key);
    }

    public FakeGeminiServer Gemini { get; }

    /// <summary>Has the key.</summary>
    public HttpClient Http { get; }

    public static async Task<GeminiCaller> StartAsync(string script = "", FakeServerOptions? options = null) =>
        new(await FakeGeminiServer.StartAsync((options ?? new()) with { Key = Key, Script = script }, CancellationToken.None));

    // Whoever works behind a proxy has it in the environment; loopback is not reached through it.
    public static HttpClient NewHttp(FakeGeminiServer gemini) =>
        new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = gemini.Address, Timeout = Deadline };

    /// <summary>A request of one turn.</summary>
    public static string Body(string prompt = Prompt, string config = "{}") =>
        $$$"""{"contents":[{"role":"user","parts":[{"text":{{{JsonSerializer.Serialize(prompt)}}}}]}],"generationConfig":{{{config}}}}""";

    /// <summary>A request for JSON.</summary>
    public static string JsonBody(string schema, string prompt = Prompt) =>
        Body(prompt, $$"""{"responseMimeType":"application/json","responseJsonSchema":{{schema}}}""");

    public Task<HttpResponseMessage> PostAsync(
        string body, string call = TextModel + ":generateContent", HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead,
        CancellationToken cancellationToken = default)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, $"v1beta/models/{call}") { Content = content };
        return Http.SendAsync(request, completion, cancellationToken);
    }

    /// <summary>Asks the model of a kind, "text" or "image".</summary>
    public Task<HttpResponseMessage> AskAsync(string kind, string prompt = Prompt, string config = "{}") =>
        PostAsync(Body(prompt, config), $"{(kind == "image" ? ImageModel : TextModel)}:generateContent");

    /// <summary>The answer to a good request.</summary>
    public async Task<JsonElement> AnswerAsync(string body, string model = TextModel)
    {
        using var response = await PostAsync(body, $"{model}:generateContent");
        var text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(200, text);
        return JsonElement.Parse(text);
    }

    /// <summary>The events of a streamed answer.</summary>
    public async Task<IReadOnlyList<JsonElement>> StreamAsync(string body, string model = TextModel)
    {
        using var response = await PostAsync(body, $"{model}:streamGenerateContent?alt=sse");
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        return Events(await response.Content.ReadAsStringAsync());
    }

    public static IReadOnlyList<JsonElement> Events(string stream)
    {
        var events = stream.Split("\r\n\r\n");
        events[^1].ShouldBe("");
        return [.. events.SkipLast(1).Select(one => JsonElement.Parse(one.ShouldStartWithData()))];
    }

    /// <summary>The text of the answer's parts, without thoughts.</summary>
    public static string Text(JsonElement answer) => string.Concat(Parts(answer)
        .Where(part => !part.Has("thought"))
        .Select(part => part.TryGetProperty("text", out var text) ? text.GetString() : ""));

    /// <summary>The bytes of the answer's picture, without those in thoughts.</summary>
    public static byte[] Picture(JsonElement answer) => Parts(answer)
        .Where(part => !part.Has("thought") && part.Has("inlineData"))
        .Select(part => part.GetProperty("inlineData").GetProperty("data").GetBytesFromBase64())
        .Single();

    public static IReadOnlyList<JsonElement> Parts(JsonElement answer) =>
        [.. answer.GetProperty("candidates")[0].GetProperty("content").GetProperty("parts").EnumerateArray()];

    /// <summary>A count that may be a number or text.</summary>
    public static long Count(JsonElement usage, string name) => usage.GetProperty(name) is { ValueKind: JsonValueKind.String } text
        ? long.Parse(text.GetString()!, CultureInfo.InvariantCulture)
        : usage.GetProperty(name).GetInt64();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Gemini.DisposeAsync();
    }
}

internal static class JsonFacts
{
    public static bool Has(this JsonElement json, string name) => json.TryGetProperty(name, out _);

    public static string ShouldStartWithData(this string line)
    {
        line.ShouldStartWith("data: ");
        return line["data: ".Length..];
    }
}

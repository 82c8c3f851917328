#pragma warning disable MEAI001 // IImageGenerator is marked experimental; what it costs is measured here.
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Janus.Gemini;
using Microsoft.Extensions.AI;

namespace Janus.Benchmarks.Gemini;

/// <summary>What the Gemini client adds to a call: against a raw POST of the same body to the same server, in turns within one run.</summary>
internal static class GeminiTable
{
    private const string Key = "benchmark";
    private const int Rounds = 21;
    private const int TextCalls = 150;
    private const int TextWarmUp = 10_000;
    private const int PictureCalls = 6;
    private const int PictureWarmUp = 60;

    // So many short texts in an object are an answer of about 5 KB.
    private const int Texts = 110;

    private static readonly string Schema = $$"""
        {"type":"object","properties":{{{string.Join(',', Enumerable.Range(1, Texts).Select(number => $"\"text_{number}\":{{\"type\":\"string\"}}"))}}},
         "required":[{{string.Join(',', Enumerable.Range(1, Texts).Select(number => $"\"text_{number}\""))}}]}
        """;

    private static readonly string Prompt = new('x', 3000);

    public static async Task<int> PrintAsync()
    {
        await using var fake = await DevToolProcess.StartAsync("fake-gemini", "--key", Key, "--picture-bytes", "1400000");
        var address = new Uri(fake.Address);
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        var options = new GeminiOptions { ApiKey = Key, Endpoint = address };
        using var chat = new GeminiChatClient(http, options);
        using var pictures = new GeminiImageGenerator(http, options);
        var json = new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonElement.Parse(Schema)) };

        Console.WriteLine($"Gemini's client against a raw POST of the same body to the same fake, in turns; {Rounds} rounds ({Environment.ProcessorCount} cores, loopback).");
        Console.WriteLine();
        Console.WriteLine("| what | raw | client | more | target |");
        Console.WriteLine("|---|---|---|---|---|");
        await CompareAsync(
            "text", TextCalls, TextWarmUp, () => PostAsync(http, address, options.TextModel, $$"""{"responseMimeType":"application/json","responseJsonSchema":{{Schema}}}"""),
            () => chat.GetResponseAsync(Prompt, json), "< 10 %");
        await CompareAsync(
            "picture", PictureCalls, PictureWarmUp, () => PostAsync(http, address, options.ImageModel, """{"responseModalities":["IMAGE"]}"""),
            () => pictures.GenerateAsync(new ImageGenerationRequest(Prompt)), "< 25 %");
        await MemoryAsync(pictures);
        return 0;
    }

    private static async Task CompareAsync(string what, int calls, int warmUp, Func<Task<int>> raw, Func<Task> client, string target)
    {
        var size = await raw() / 1000;
        // Until the compiler has made its best of both.
        await TimeAsync(raw, warmUp);
        await TimeAsync(client, warmUp);
        var (bare, ours) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            // Who begins changes, so that neither always pays for what the other left behind.
            if (round % 2 == 0) bare.Add(await TimeAsync(raw, calls));
            ours.Add(await TimeAsync(client, calls));
            if (round % 2 == 1) bare.Add(await TimeAsync(raw, calls));
        }

        var more = bare.Zip(ours, (one, other) => (other / one) - 1).Order().ElementAt(Rounds / 2);
        Print($"| {what}, answer of {size} KB | {Median(bare):0.000} ms | {Median(ours):0.000} ms | {more * 100:0.0} % | {target} |");
    }

    private static async Task MemoryAsync(GeminiImageGenerator pictures)
    {
        var costs = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var picture = (DataContent)(await pictures.GenerateAsync(new ImageGenerationRequest(Prompt))).Contents[0];
            costs.Add((GC.GetTotalAllocatedBytes(precise: true) - before) / (double)picture.Data.Length);
        }

        Print($"| memory that a picture takes while it passes, in sizes of it | | {Median(costs):0.00} | | <= 3 |");
    }

    private static async Task<int> PostAsync(HttpClient http, Uri fake, string model, string config)
    {
        var body = $$"""{"contents":[{"role":"user","parts":[{"text":"{{Prompt}}"}]}],"generationConfig":{{config}}}""";
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(fake, $"/v1beta/models/{model}:generateContent"))
        {
            Content = new StringContent(body, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Add("x-goog-api-key", Key);
        using var response = await http.SendAsync(request);
        return (await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync()).Length;
    }

    private static async Task<double> TimeAsync(Func<Task> call, int calls)
    {
        var begun = Stopwatch.GetTimestamp();
        for (var number = 0; number < calls; number++)
            await call();
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds / calls;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}

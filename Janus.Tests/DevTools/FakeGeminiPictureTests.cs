using System.Globalization;
using System.Text.Json;
using Janus.DevTools.FakeGemini;

namespace Janus.Tests.DevTools;

/// <summary>The pictures, and what comes with them.</summary>
public sealed class FakeGeminiPictureTests
{
    [Theory]
    [InlineData(null, 1, 1)]
    [InlineData("2:3", 2, 3)]
    [InlineData("3:2", 3, 2)]
    [InlineData("4:5", 4, 5)]
    [InlineData("9:16", 9, 16)]
    [InlineData("16:9", 16, 9)]
    [InlineData("21:9", 21, 9)]
    public async Task A_picture_decodes_and_has_the_shape_that_was_asked_for(string? shape, int across, int down)
    {
        await using var caller = await GeminiCaller.StartAsync();
        var config = shape is null ? "{}" : $$$"""{"responseModalities":["IMAGE"],"imageConfig":{"aspectRatio":"{{{shape}}}","imageSize":"1K"}}""";

        var picture = DecodedPng.Read(GeminiCaller.Picture(await caller.AnswerAsync(GeminiCaller.Body(config: config), GeminiCaller.ImageModel)));

        (picture.Width * down).ShouldBe(picture.Height * across);
        ((double)picture.Width * picture.Height).ShouldBe(1024 * 1024, 50_000);
    }

    [Theory]
    [InlineData(50_000)]
    [InlineData(100_000)]
    [InlineData(1_400_000)]
    public async Task A_picture_is_about_as_large_as_the_option_says(int bytes)
    {
        await using var caller = await GeminiCaller.StartAsync(options: new FakeServerOptions { PictureBytes = bytes });

        var picture = GeminiCaller.Picture(await caller.AnswerAsync(GeminiCaller.Body(), GeminiCaller.ImageModel));

        ((double)picture.Length).ShouldBe(bytes, 0.25 * bytes);
    }

    [Fact]
    public async Task A_2K_picture_has_twice_the_width()
    {
        await using var caller = await GeminiCaller.StartAsync();

        var answer = await caller.AnswerAsync(GeminiCaller.Body(config: """{"imageConfig":{"imageSize":"2K"}}"""), GeminiCaller.ImageModel);

        DecodedPng.Read(GeminiCaller.Picture(answer)).Width.ShouldBe(2048);
    }

    [Fact]
    public async Task Answers_come_as_the_real_ones_do_with_usage_thoughts_and_fields_of_the_future()
    {
        await using var caller = await GeminiCaller.StartAsync();
        List<JsonElement> answers = [];
        for (var number = 0; number < 24; number++)
        {
            var prompt = string.Create(CultureInfo.InvariantCulture, $"A loaf, number {number}");
            answers.Add(await caller.AnswerAsync(GeminiCaller.Body(prompt), GeminiCaller.ImageModel));
        }

        foreach (var answer in answers)
        {
            GeminiCaller.Text(answer).ShouldNotBeEmpty();
            answer.GetProperty("candidates")[0].GetProperty("finishReason").GetString().ShouldBe("STOP");
            answer.GetProperty("modelVersion").GetString().ShouldBe(GeminiCaller.ImageModel);
            answer.GetProperty("responseId").GetString().ShouldNotBeNullOrEmpty();
            var usage = answer.GetProperty("usageMetadata");
            var shares = usage.GetProperty("candidatesTokensDetails").EnumerateArray().ToDictionary(
                share => share.GetProperty("modality").GetString()!, share => GeminiCaller.Count(share, "tokenCount"));
            shares["IMAGE"].ShouldBe(1120);
            shares.Values.Sum().ShouldBe(GeminiCaller.Count(usage, "candidatesTokenCount"));
            GeminiCaller.Count(usage, "totalTokenCount").ShouldBe(
                GeminiCaller.Count(usage, "promptTokenCount") + GeminiCaller.Count(usage, "candidatesTokenCount") + GeminiCaller.Count(usage, "thoughtsTokenCount"));
            usage.GetProperty("promptTokensDetails").GetArrayLength().ShouldBe(1);
        }

        ShouldDiffer(answer => GeminiCaller.Parts(answer).Any(part => part.TryGetProperty("thought", out _)));
        ShouldDiffer(answer => GeminiCaller.Parts(answer).Any(part => part.TryGetProperty("thoughtSignature", out _)));
        ShouldDiffer(answer => answer.GetProperty("usageMetadata").GetProperty("totalTokenCount").ValueKind == JsonValueKind.String);
        ShouldDiffer(answer => answer.TryGetProperty("fieldOfTheFuture", out _));
        answers.Select(answer => Convert.ToBase64String(GeminiCaller.Picture(answer))).Distinct().Count().ShouldBe(answers.Count);
        caller.Gemini.Journal.Read().Counts.PicturesPaidFor.ShouldBe(answers.Count);

        void ShouldDiffer(Func<JsonElement, bool> isSo)
        {
            answers.ShouldContain(answer => isSo(answer));
            answers.ShouldContain(answer => !isSo(answer));
        }
    }
}

#pragma warning disable MEAI001 // IImageGenerator is marked experimental; the pictures of Gemini are tested through it.
using System.Drawing;
using Janus.Gemini;
using Microsoft.Extensions.AI;

namespace Janus.Tests.Gemini;

public class PictureTests
{
    private static readonly Dictionary<string, byte[]> Pictures = new(StringComparer.Ordinal)
    {
        ["image/png"] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13],
        ["image/jpeg"] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16],
        ["image/webp"] = [.. "RIFF"u8, 1, 2, 3, 4, .. "WEBPVP8 "u8],
        ["image/gif"] = [.. "GIF89a"u8, 1, 0],
    };

    [Theory]
    [InlineData("image/png")]
    [InlineData("image/jpeg")]
    [InlineData("image/webp")]
    [InlineData("image/gif")]
    public async Task A_picture_is_what_its_bytes_are_whatever_its_label_says(string mediaType)
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Picture(Pictures[mediaType], label: "image/tiff"));

        var response = await gemini.Pictures.GenerateAsync(new ImageGenerationRequest("A loaf of bread"));

        var picture = response.Contents.ShouldHaveSingleItem().ShouldBeOfType<DataContent>();
        picture.MediaType.ShouldBe(mediaType);
        picture.Data.ToArray().ShouldBe(Pictures[mediaType]);
        picture.AdditionalProperties![GeminiImageGenerator.ModelVersionProperty].ShouldBe("gemini-3.1-flash-image-001");
    }

    [Fact]
    public async Task Usage_counts_thoughts_as_output_and_names_the_picture_tokens()
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Picture(Pictures["image/png"]));

        var usage = (await gemini.Pictures.GenerateAsync(new ImageGenerationRequest("A loaf of bread"))).Usage.ShouldNotBeNull();

        usage.InputTokenCount.ShouldBe(20);
        usage.OutputTokenCount.ShouldBe(1200);
        usage.ReasoningTokenCount.ShouldBe(70);
        usage.AdditionalCounts!["OutputImageTokenCount"].ShouldBe(1120);
    }

    [Fact]
    public async Task The_request_asks_the_image_model_for_a_picture_and_nothing_else()
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Picture(Pictures["image/png"]));

        await gemini.Pictures.GenerateAsync(new ImageGenerationRequest("A loaf of bread"));

        var request = gemini.Requests.ShouldHaveSingleItem();
        request.PathAndQuery.ShouldBe("/v1beta/models/gemini-3.1-flash-image:generateContent");
        request.Headers["x-goog-api-key"].ShouldBe(FakeGemini.Key);
        request.Text.ShouldBe(
            """{"contents":[{"role":"user","parts":[{"text":"A loaf of bread"}]}],"generationConfig":{"responseModalities":["IMAGE"]}}""");
    }

    [Fact]
    public async Task Original_pictures_go_before_the_prompt()
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Picture(Pictures["image/png"]));

        await gemini.Pictures.GenerateAsync(new ImageGenerationRequest("Add butter", [new DataContent(new byte[] { 1, 2, 3 }, "image/png")]));

        gemini.Requests[0].Text.ShouldContain("""[{"inlineData":{"mimeType":"image/png","data":"AQID"}},{"text":"Add butter"}]""");
    }

    [Theory]
    [InlineData(1024, 1024, "1:1")]
    [InlineData(1920, 1080, "16:9")]
    [InlineData(1080, 1920, "9:16")]
    [InlineData(1080, 1350, "4:5")]
    [InlineData(1200, 630, "16:9")]
    [InlineData(6000, 10, "21:9")]
    public async Task A_size_becomes_the_nearest_shape(int width, int height, string shape)
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Picture(Pictures["image/png"]));

        await gemini.Pictures.GenerateAsync(new ImageGenerationRequest("Bread"), new ImageGenerationOptions { ImageSize = new Size(width, height) });

        AspectRatioOf(gemini).ShouldBe(shape);
    }

    [Fact]
    public async Task A_named_shape_goes_before_the_size_and_must_be_one_that_Gemini_knows()
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Picture(Pictures["image/png"]));

        await gemini.Pictures.GenerateAsync(new ImageGenerationRequest("Bread"), Shaped("3:4"));
        AspectRatioOf(gemini).ShouldBe("3:4");

        await Should.ThrowAsync<ArgumentException>(gemini.Pictures.GenerateAsync(new ImageGenerationRequest("Bread"), Shaped("3:5")));
        gemini.Requests.Count.ShouldBe(1);

        static ImageGenerationOptions Shaped(string shape) => new()
        {
            ImageSize = new Size(100, 100),
            AdditionalProperties = new() { [GeminiImageGenerator.AspectRatioProperty] = shape },
        };
    }

    [Theory]
    [InlineData("IMAGE_OTHER")]
    [InlineData("NO_IMAGE")]
    public async Task A_picture_that_did_not_come_about_may_be_asked_for_again(string reason)
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Finished(reason));

        (await gemini.FailAsync("picture")).Kind.ShouldBe(GeminiFailureKind.Malformed);
    }

    [Theory]
    [InlineData("IMAGE_SAFETY")]
    [InlineData("IMAGE_PROHIBITED_CONTENT")]
    [InlineData("IMAGE_RECITATION")]
    [InlineData("IMAGE_SOMETHING_NEW")]
    public async Task A_blocked_picture_says_why(string reason)
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Finished(reason));

        var failure = await gemini.FailAsync("picture");

        failure.Kind.ShouldBe(GeminiFailureKind.Blocked);
        failure.Message.ShouldContain(reason);
        failure.Usage!.InputTokenCount.ShouldBe(7);
    }

    [Theory]
    [InlineData("this is not base64!")]
    [InlineData("AAAA")]
    [InlineData("")]
    public async Task What_is_no_picture_is_malformed(string data)
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Json(
            $$$"""{"candidates":[{"content":{"parts":[{"inlineData":{"mimeType":"image/png","data":"{{{data}}}"}}]},"finishReason":"STOP"}]}"""));

        (await gemini.FailAsync("picture")).Kind.ShouldBe(GeminiFailureKind.Malformed);
    }

    [Fact]
    public async Task An_answer_of_words_alone_is_malformed()
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Text("I would rather not draw."));

        (await gemini.FailAsync("picture")).Kind.ShouldBe(GeminiFailureKind.Malformed);
    }

    [Fact]
    public async Task A_picture_over_the_limit_is_refused()
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Picture(Pictures["image/png"]));
        gemini.Options.MaxPictureBytes = 11;

        var failure = await gemini.FailAsync("picture");

        failure.Kind.ShouldBe(GeminiFailureKind.Malformed);
        failure.Message.ShouldContain("Gemini:MaxPictureBytes");
    }

    [Fact]
    public async Task A_picture_needs_a_prompt_and_comes_alone()
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Picture(Pictures["image/png"]));

        await Should.ThrowAsync<ArgumentException>(gemini.Pictures.GenerateAsync(new ImageGenerationRequest(" ")));
        await Should.ThrowAsync<NotSupportedException>(
            gemini.Pictures.GenerateAsync(new ImageGenerationRequest("Bread"), new ImageGenerationOptions { Count = 2 }));
        gemini.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_generator_says_who_it_is()
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Text("Hello."));

        var metadata = gemini.Pictures.GetService<ImageGeneratorMetadata>().ShouldNotBeNull();

        metadata.ProviderName.ShouldBe("gcp.gemini");
        metadata.DefaultModelId.ShouldBe("gemini-3.1-flash-image");
        gemini.Pictures.GetService<GeminiImageGenerator>().ShouldBeSameAs(gemini.Pictures);
    }

    [Fact]
    public void Bytes_that_are_cut_short_are_no_picture()
    {
        foreach (var (_, picture) in Pictures) ImageType.Sniff(picture.AsSpan(0, 2)).ShouldBeNull();
        ImageType.Sniff([]).ShouldBeNull();
        ImageType.Sniff("RIFF1234WAVEfmt "u8).ShouldBeNull();
    }

    private static string? AspectRatioOf(FakeGemini gemini) =>
        gemini.Requests[^1].Json.GetProperty("generationConfig").GetProperty("imageConfig").GetProperty("aspectRatio").GetString();
}

#pragma warning disable MEAI001 // IImageGenerator is marked experimental; the pictures of Gemini are tested through it.
using System.Net;
using System.Text;
using Janus.Gemini;
using Microsoft.Extensions.AI;

namespace Janus.Tests.Gemini;

/// <summary>
/// What a picture costs while it passes. The answer comes from memory and every read of it is over at once, so that all happens on one thread
/// and can be counted there; over a real connection the benchmark measures the same.
/// </summary>
public sealed class PictureMemoryTests
{
    private const int PictureBytes = 4 * 1024 * 1024;

    [Fact]
    public void A_picture_of_4_MB_costs_at_most_three_times_its_size()
    {
        byte[] picture = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, .. new byte[PictureBytes - 8]];
        var json = $$$"""{"candidates":[{"content":{"parts":[{"text":"Here."},{"inlineData":{"mimeType":"image/png","data":"{{{Convert.ToBase64String(picture)}}}"}}]},"finishReason":"STOP"}]}""";
        using var http = new HttpClient(new FromMemory(Encoding.UTF8.GetBytes(json)));
        using var generator = new GeminiImageGenerator(http, new GeminiOptions { ApiKey = "key" });
        Generate(generator).Data.Span.SequenceEqual(picture).ShouldBeTrue();

        var before = GC.GetAllocatedBytesForCurrentThread();
        Generate(generator);
        var cost = GC.GetAllocatedBytesForCurrentThread() - before;

        ((double)cost / PictureBytes).ShouldBeInRange(1, 3);
    }

    private static DataContent Generate(GeminiImageGenerator generator)
    {
        var call = generator.GenerateAsync(new ImageGenerationRequest("A loaf."), cancellationToken: CancellationToken.None);
        call.IsCompleted.ShouldBeTrue("the counted thread did not do all of it");
#pragma warning disable xUnit1031, VSTHRD002 // It is completed.
        return (DataContent)call.Result.Contents[0];
#pragma warning restore xUnit1031, VSTHRD002
    }

    private sealed class FromMemory(byte[] body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new MemoryStream(body)) });
    }
}

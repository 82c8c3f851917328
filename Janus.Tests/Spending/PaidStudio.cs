using Janus.Generation;
using Janus.Generation.Providers;
using Janus.Generation.Sample;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Janus.Tests.Spending;

/// <summary>The sample studio under the names of models that cost something: a text $0.0105, a picture $0.0774.</summary>
internal static class PaidStudio
{
    public const long Text = 10_500;
    public const long Picture = 77_400;

    private const string Writer = "gemini-3.5-flash";
    private const string Painter = "gemini-3.1-flash-image";

    public static void Use(IServiceCollection services) => services
        .AddSingleton(new GeneratorInUse("gemini", Writer, Painter))
        .AddSingleton<IChatClient>(provider => new PaidChat(new SampleChatClient(provider.GetRequiredService<IOptions<SampleOptions>>(), TimeProvider.System)))
        .AddSingleton<IImageGenerator>(provider => new PaidImages(new SampleImageGenerator(provider.GetRequiredService<IOptions<SampleOptions>>(), TimeProvider.System)));

    /// <summary>Charges for what the sample studio writes.</summary>
    internal class PaidChat(IChatClient studio) : DelegatingChatClient(studio)
    {
        public override async Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            var response = await base.GetResponseAsync(messages, options, cancellationToken);
            response.ModelId = Writer;
            response.Usage = new UsageDetails { InputTokenCount = 1_000, OutputTokenCount = 1_000 };
            return response;
        }
    }

    private sealed class PaidImages(IImageGenerator studio) : DelegatingImageGenerator(studio)
    {
        public override async Task<ImageGenerationResponse> GenerateAsync(
            ImageGenerationRequest request, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            var response = await base.GenerateAsync(request, options, cancellationToken);
            response.Usage = new UsageDetails { OutputTokenCount = 1_290 };
            return response;
        }

        public override object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(ImageGeneratorMetadata) ? new ImageGeneratorMetadata("paid", defaultModelId: Painter) : base.GetService(serviceType, serviceKey);
    }
}

using Microsoft.Extensions.AI;

namespace Janus.Tests.Pictures;

/// <summary>Gives the answers it was told, in order, and keeps what it was asked.</summary>
internal sealed class ScriptedImageGenerator(params IEnumerable<Func<ImageGenerationResponse>> answers) : IImageGenerator
{
    private readonly Queue<Func<ImageGenerationResponse>> _answers = new(answers);

    public List<(string? Prompt, ImageGenerationOptions? Options)> Asked { get; } = [];

    public Task<ImageGenerationResponse> GenerateAsync(
        ImageGenerationRequest request, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        Asked.Add((request.Prompt, options));
        return Task.FromResult(_answers.Dequeue()());
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ImageGeneratorMetadata) ? new ImageGeneratorMetadata("scripted", defaultModelId: "painter-1") : null;

    public void Dispose()
    {
    }
}

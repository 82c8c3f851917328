using Janus.Generation.Sample.Pictures;
using Janus.Generation.Sample;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace Janus.Generation;

/// <summary>
/// Draws the sample studio's pictures: SVG posters made from the words of the prompt's data blocks, without any network. The same prompt
/// and seed give the same bytes.
/// </summary>
/// <param name="sample">The seed, which chooses among the arrangements, and how long an answer takes.</param>
/// <param name="time">The clock that the latency is measured by.</param>
public sealed class SampleImageGenerator(IOptions<SampleOptions> sample, TimeProvider time) : IImageGenerator
{
    private static readonly ImageGeneratorMetadata Metadata = new("janus.sample", defaultModelId: SampleOptions.Model);
    private readonly SampleFaults _faults = new(sample, time);

    /// <summary>Answers with one picture of the type <c>image/svg+xml</c>, 1200 by 675 for platforms that show pictures wide, else 1200 by 1200.</summary>
    /// <param name="request">The prompt; its data blocks say what to draw.</param>
    /// <param name="options">Has no effect: the prompt names the platform, and the platform decides the size.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<ImageGenerationResponse> GenerateAsync(
        ImageGenerationRequest request, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var told = PictureBrief.Read(request.Prompt ?? "");
        // Drawing is part of the time that a picture takes.
        var latency = _faults.DelayAsync(sample.Value.PictureLatency, cancellationToken);
        var picture = PictureComposer.Compose(told, sample.Value.Seed);
        await latency;
        _faults.ThrowIfAsked(told.Caption, request.Prompt ?? "");
        return new([new DataContent(picture, "image/svg+xml")]) { Usage = new UsageDetails { InputTokenCount = 0, OutputTokenCount = 0, TotalTokenCount = 0 } };
    }

    /// <summary>This generator, or what it says about itself as <see cref="ImageGeneratorMetadata"/>.</summary>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null)
            return null;
        return serviceType == typeof(ImageGeneratorMetadata) ? Metadata : serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <summary>Has nothing to let go of.</summary>
    public void Dispose()
    {
    }
}

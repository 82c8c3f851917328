using Janus.Generation.Providers;
using Microsoft.Extensions.AI;

namespace Janus.Generation.Telemetry;

/// <summary>Tells telemetry of every call of an image generator, whichever provider it asks.</summary>
internal sealed class TracedImageGenerator(IImageGenerator inner, ModelTelemetry telemetry) : DelegatingImageGenerator(inner)
{
    private readonly ImageGeneratorMetadata? _metadata = inner.GetService<ImageGeneratorMetadata>();

    public override async Task<ImageGenerationResponse> GenerateAsync(
        ImageGenerationRequest request, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var model = options?.ModelId ?? _metadata?.DefaultModelId;
        using var call = new ModelCall(telemetry, new ModelRequest(_metadata?.ProviderName ?? "unknown", _metadata?.ProviderUri, model, "image"));
        var content = call.IsCaptured ? new MessageContent() : null;
        if (content is not null)
            call.Span!.SetTag("gen_ai.input.messages", content.Input([new ChatMessage(ChatRole.User, [new TextContent(request.Prompt), .. request.OriginalImages ?? []])]));
        try
        {
            var response = await base.GenerateAsync(request, options, cancellationToken);
            var details = CallDetails.Of(response, model);
            call.Answered(details);
            if (content is not null)
                call.Span!.SetTag("gen_ai.output.messages", content.Output(response.Contents, details.Ending));
            return response;
        }
        catch (Exception failure)
        {
            call.Failed(failure);
            throw;
        }
    }
}

using Janus.Gemini.Transport;
using Janus.Gemini.Wire;
using Microsoft.Extensions.AI;

namespace Janus.Gemini;

/// <summary>
/// Pictures from Gemini (models.generateContent with an image model). One call makes one picture and is sent again only as
/// <see cref="GeminiRetryOptions"/> says. Safe for concurrent use.
/// </summary>
/// <param name="http">
/// Carries the requests; it stays the property of whoever made it. Its own time limit should be infinite, and it must not resend.
/// </param>
/// <param name="options">Key, model, address and limits.</param>
/// <param name="time">The clock of time limits and waits; the system's if null.</param>
/// <param name="traffic">What the clients of a process share; its own if null.</param>
public sealed class GeminiImageGenerator(HttpClient http, GeminiOptions options, TimeProvider? time = null, GeminiTraffic? traffic = null) : IImageGenerator
{
    /// <summary>
    /// The key in <see cref="ImageGenerationOptions.AdditionalProperties"/> of the picture's shape, such as "16:9". It goes before
    /// <see cref="ImageGenerationOptions.ImageSize"/>, of which the nearest shape is taken.
    /// </summary>
    public const string AspectRatioProperty = "aspectRatio";

    /// <summary>
    /// The key in <see cref="ImageGenerationOptions.AdditionalProperties"/> of the picture's size: "1K", "2K" or "4K". It goes before
    /// <see cref="ImageGenerationOptions.ImageSize"/>, of which the smallest that has all its pixels is taken.
    /// </summary>
    public const string ImageSizeProperty = "imageSize";

    /// <summary>The key in the picture's <see cref="AIContent.AdditionalProperties"/> of the model version that made it.</summary>
    public const string ModelVersionProperty = "modelVersion";

    /// <summary>The key in the same of the service's id of the answer.</summary>
    public const string ResponseIdProperty = "responseId";

    /// <summary>The key in the same of the service's word for how the answer ended.</summary>
    public const string FinishReasonProperty = "finishReason";

    private readonly GeminiTransport transport = new(
        http, options, traffic ?? new GeminiTraffic(options, GeminiPart.Everything, time), time ?? TimeProvider.System);
    private readonly GeminiOptions options = options;
    private readonly ImageGeneratorMetadata metadata = new("gcp.gemini", options.Endpoint, options.ImageModel);

    /// <summary>Makes one picture from a prompt, and from other pictures if there are any.</summary>
    /// <param name="request">The prompt; original pictures as <see cref="DataContent"/>.</param>
    /// <param name="options">ModelId and shape are used, see <see cref="AspectRatioProperty"/>; null for the model's defaults.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    /// <returns>The picture as <see cref="DataContent"/>, its media type read from its bytes; usage in tokens as billed.</returns>
    /// <exception cref="GeminiException">There is no picture; its kind says why.</exception>
    /// <exception cref="ArgumentException">There is no prompt, or Gemini does not know the shape.</exception>
    /// <exception cref="NotSupportedException">More than one picture was asked for, or an original is not bytes.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<ImageGenerationResponse> GenerateAsync(
        ImageGenerationRequest request, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (string.IsNullOrWhiteSpace(request.Prompt)) throw new ArgumentException("A picture needs a prompt.", nameof(request));
        if (options?.Count > 1) throw new NotSupportedException("Gemini makes one picture per call.");

        var body = new GenerateContentRequest
        {
            Contents = [new Content { Role = "user", Parts = Turns.Parts([.. request.OriginalImages ?? [], new TextContent(request.Prompt)]) }],
            GenerationConfig = new GenerationConfig
            {
                ResponseModalities = ["IMAGE"],
                ImageConfig = Config(options),
            },
            SafetySettings = SafetySetting.From(this.options),
        };
        var reply = await transport.GenerateAsync(Model(options), body, CallOwner.Of(options?.AdditionalProperties), cancellationToken);
        return new ImageGenerationResponse([Picture(reply)]) { Usage = Answer.Usage(reply) };
    }

    /// <summary>This generator, or its <see cref="ImageGeneratorMetadata"/>; null for anything else.</summary>
    /// <param name="serviceType">The type asked for.</param>
    /// <param name="serviceKey">Must be null: nothing here has a key.</param>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType.IsInstanceOfType(this) ? this
            : serviceType.IsInstanceOfType(metadata) ? metadata
            : null;
    }

    /// <summary>Does nothing: the HttpClient belongs to whoever made it.</summary>
    public void Dispose()
    {
    }

    private ModelChoice Model(ImageGenerationOptions? image) =>
        new(image?.ModelId ?? options.ImageModel, $"{GeminiOptions.Section}:{nameof(GeminiOptions.ImageModel)}");

    private static ImageConfig? Config(ImageGenerationOptions? image)
    {
        var shape = Named(image, AspectRatioProperty, [.. AspectRatio.Names]) ?? (image?.ImageSize is { } size ? AspectRatio.Nearest(size) : null);
        var pixels = Named(image, ImageSizeProperty, AspectRatio.SizeNames) ?? (image?.ImageSize is { } area ? AspectRatio.SizeName(area) : null);
        return shape is null && pixels is null ? null : new ImageConfig(shape, pixels);
    }

    private static string? Named(ImageGenerationOptions? image, string property, IReadOnlyList<string> names)
    {
        if (image?.AdditionalProperties?.TryGetValue(property, out var named) != true || named is null)
            return null;
        return names.Contains(named as string) ? named as string : throw new ArgumentException($"{property} must be one of {string.Join(", ", names)}.", nameof(image));
    }

    private DataContent Picture(GenerateContentResponse reply)
    {
        var picture = Answer.Complete(reply).Answer.Select(part => part.InlineData?.Data).FirstOrDefault(data => data is { Length: > 0 })
            ?? throw Answer.Failure(reply, GeminiFailureKind.Malformed, "Gemini's answer has no picture.");
        if (picture.Length > options.MaxPictureBytes)
        {
            throw Answer.Failure(
                reply, GeminiFailureKind.Malformed, $"Gemini's picture is larger than {options.MaxPictureBytes} bytes (Gemini:MaxPictureBytes).");
        }

        var mediaType = ImageType.Sniff(picture)
            ?? throw Answer.Failure(reply, GeminiFailureKind.Malformed, "Gemini's picture is neither PNG, JPEG, WebP nor GIF.");

        var made = new AdditionalPropertiesDictionary();
        if (reply.ModelVersion is { } version) made[ModelVersionProperty] = version;
        if (reply.ResponseId is { } id) made[ResponseIdProperty] = id;
        if (reply.Candidate?.FinishReason is { } reason) made[FinishReasonProperty] = reason;
        return new DataContent(picture, mediaType) { AdditionalProperties = made };
    }
}

using System.Drawing;
using System.Globalization;
using Janus.Generation.Prompts;
using Janus.Generation.Providers;
using Microsoft.Extensions.AI;

namespace Janus.Generation;

/// <summary>Makes the picture that stands beside one of a post's two texts.</summary>
/// <param name="generator">The model that draws.</param>
/// <param name="prices">What models charge.</param>
public sealed class MediaCreator(IImageGenerator generator, PriceBook prices)
{
    /// <summary>The largest picture that is taken, in bytes: 20 MB.</summary>
    public const int LargestPicture = 20 * 1024 * 1024;

    // The first call, and two more when the answer is no picture.
    private const int MostCalls = 3;

    private static readonly PromptTemplate Prompt = PromptTemplate.Load("picture");

    /// <summary>Makes one picture. An answer that holds none is asked for again, at most twice.</summary>
    /// <param name="caption">What it shows.</param>
    /// <param name="brief">The campaign that it belongs to.</param>
    /// <param name="letter">Which text it stands beside: <c>A</c>, the calmer, or <c>B</c>, the bolder.</param>
    /// <param name="wish">What is to be different when it is made anew; null for the first.</param>
    /// <param name="cancellationToken">Ends the call that is under way.</param>
    /// <exception cref="GenerationFailedException">No answer held a picture of at most 20 MB: <c>out_of_contract</c>.</exception>
    public async Task<AgentAnswer<Picture>> CreateAsync(
        string caption, CampaignBrief brief, string letter, RedrawWish? wish, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caption);
        ArgumentNullException.ThrowIfNull(brief);
        if (letter is not ("A" or "B"))
            throw new ArgumentOutOfRangeException(nameof(letter), letter, "A post has the texts A and B.");

        var prompt = Prompt.Render(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["caption"] = caption,
            ["product"] = brief.ProductDescription,
            ["audience"] = brief.Audience ?? "not stated",
            ["tone"] = brief.Tone ?? "not stated",
            ["platform"] = brief.Platform,
            ["letter"] = letter,
            ["hint"] = wish?.Hint ?? "",
            ["turn"] = wish?.Turn.ToString(CultureInfo.InvariantCulture) ?? "",
        });
        var usage = CallUsage.None;
        var reason = "";
        for (var call = 0; call < MostCalls; call++)
        {
            var response = await AskAsync(prompt, brief, usage, cancellationToken);
            usage = usage.Plus(UsageOf(response));
            if (Find(response, out reason) is { } picture)
                return new(picture, usage);
        }

        throw new GenerationFailedException(new("out_of_contract", reason) { IsTransient = true, Usage = usage });
    }

    private async Task<ImageGenerationResponse> AskAsync(string prompt, CampaignBrief brief, CallUsage used, CancellationToken cancellationToken)
    {
        var wide = brief.Platform.Trim().ToUpperInvariant() is "X" or "LINKEDIN" or "FACEBOOK";
        var options = new ImageGenerationOptions
        {
            Count = 1,
            ResponseFormat = ImageGenerationResponseFormat.Data,
            ImageSize = wide ? new Size(1200, 675) : new Size(1200, 1200),
            AdditionalProperties = CallOwner.Of(brief),
        };
        try
        {
            return await generator.GenerateAsync(new ImageGenerationRequest(prompt), options, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw ProviderFailures.Failed(failure, used);
        }
    }

    private static Picture? Find(ImageGenerationResponse response, out string reason)
    {
        reason = "The model answered without a picture.";
        foreach (var content in response.Contents.OfType<DataContent>())
        {
            if (content.Data.IsEmpty)
                reason = "The model answered with an empty picture.";
            else if (content.Data.Length > LargestPicture)
                reason = "The model answered with a picture of more than 20 MB.";
            else if (PictureType.Of(content.Data) is { } mediaType)
                return new(content.Data, mediaType);
            else
                reason = "The model answered with a file that is not a picture.";
        }

        return null;
    }

    private CallUsage UsageOf(ImageGenerationResponse response) =>
        prices.Measure(generator.GetService<ImageGeneratorMetadata>()?.DefaultModelId, response.Usage);
}

using System.Globalization;
using Janus.ApiService.Http;
using Janus.Contracts;
using Janus.Generation;

namespace Janus.ApiService.Posts;

/// <summary>Checks a person's words against the platform that they are for.</summary>
internal static class EditCheck
{
    private const int LongestText = 100_000;
    private const int LongestCaption = 500;

    /// <summary>Checks an edit.</summary>
    /// <param name="request">What was sent.</param>
    /// <param name="platform">The post's platform.</param>
    /// <param name="errors">Receives what is wrong.</param>
    /// <returns>The text and the caption, null where they stay, and what they were edited from; null when anything is wrong.</returns>
    public static (string? Text, string? Caption, int BaseGeneration)? Check(EditVariantRequest request, string platform, FieldErrors errors)
    {
        if (request is { Text: null, ImageCaption: null } && !errors.Has("text") && !errors.Has("image_caption"))
            errors.Add("text", "or image_caption is required.");
        if (request.BaseGeneration is null && !errors.Has("base_generation"))
            errors.Add("base_generation", "is required: the generation that was current when the editing began.");
        var text = CheckGiven("text", request.Text, LongestText, errors);
        var caption = CheckGiven("image_caption", request.ImageCaption, LongestCaption, errors);
        if (text is not null)
            CheckLength(text, platform, errors);
        return errors.Any ? null : (text, caption, request.BaseGeneration!.Value);
    }

    private static string? CheckGiven(string field, string? value, int longest, FieldErrors errors)
    {
        if (value is null)
            return null;
        var text = errors.CheckText(field, value, longest, hasLines: true);
        if (text is null && !errors.Has(field))
            errors.Add(field, "must not be blank.");
        return text;
    }

    private static void CheckLength(string text, string platform, FieldErrors errors)
    {
        var length = PlatformLimits.Count(platform, text);
        var limit = PlatformLimits.Limit(platform);
        if (length > limit)
            errors.Add("text", string.Create(CultureInfo.InvariantCulture, $"has {length:N0} characters as {platform} counts, {length - limit:N0} more than the {limit:N0} allowed."));
    }
}

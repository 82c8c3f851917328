namespace Janus.Generation;

/// <summary>What a call, or several for one answer, used.</summary>
/// <param name="Model">The model that answered, as it names itself, or null when none did.</param>
/// <param name="InputTokens">Tokens sent.</param>
/// <param name="OutputTokens">Tokens answered, thoughts included.</param>
/// <param name="CostMicroUsd">The cost in millionths of a US dollar; 0 where nothing is charged.</param>
/// <param name="Calls">How many model calls were made.</param>
public sealed record CallUsage(string? Model, long InputTokens, long OutputTokens, long CostMicroUsd, int Calls)
{
    /// <summary>Whether every model that answered has a price. Where one has none, the cost is only a part of what will be charged.</summary>
    public bool IsPriceKnown { get; init; } = true;

    /// <summary>No call at all.</summary>
    public static CallUsage None { get; } = new(null, 0, 0, 0, 0);

    /// <summary>The sum of two usages; the later model's name is kept.</summary>
    public CallUsage Plus(CallUsage other) => new(
        other.Model ?? Model, InputTokens + other.InputTokens, OutputTokens + other.OutputTokens, CostMicroUsd + other.CostMicroUsd, Calls + other.Calls)
    {
        IsPriceKnown = IsPriceKnown && other.IsPriceKnown,
    };
}

/// <summary>An agent's answer that has passed every check, with what it used.</summary>
public sealed record AgentAnswer<T>(T Value, CallUsage Usage);

/// <summary>Two texts for one post, with distinct angles.</summary>
public sealed record PostContent(VariantContent A, VariantContent B);

/// <summary>One text for a post.</summary>
/// <param name="Text">The text, within the platform's limit.</param>
/// <param name="Angle">The angle it takes, in a few words.</param>
/// <param name="ImageCaption">What its picture shows; also the picture's alternative text.</param>
public sealed record VariantContent(string Text, string Angle, string ImageCaption);

/// <summary>A picture as a model gave it.</summary>
/// <param name="Bytes">The file's bytes.</param>
/// <param name="MediaType">Its media type, found by looking at the bytes: image/png, image/jpeg, image/webp or image/svg+xml.</param>
public sealed record Picture(ReadOnlyMemory<byte> Bytes, string MediaType);

using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace Janus.Generation.Providers;

/// <summary>What calls cost at the prices of the day on which they are made.</summary>
/// <param name="prices">The prices.</param>
/// <param name="time">Says which day it is, UTC.</param>
public sealed class PriceBook(IOptions<PriceList> prices, TimeProvider time)
{
    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    /// <summary>
    /// What one call used, and what that costs today. A model without a price costs 0, and <see cref="CallUsage.IsPriceKnown"/> says that it
    /// is not known.
    /// </summary>
    /// <param name="model">The model that answered, as it names itself.</param>
    /// <param name="usage">The tokens, as the provider counted them; null counts as none.</param>
    public CallUsage Measure(string? model, UsageDetails? usage)
    {
        var input = usage?.InputTokenCount ?? 0;
        var output = usage?.OutputTokenCount ?? 0;
        var price = prices.Value.Find(model, Today)?.Price;
        return new CallUsage(model is null ? null : PlainText.Clean(model), input, output, price?.CostMicroUsd(input, output, usage?.CachedInputTokenCount ?? 0) ?? 0, Calls: 1)
        {
            IsPriceKnown = price is not null,
        };
    }

    /// <summary>What a call usually costs today, in millionths of a US dollar; 0 when the model has no price.</summary>
    public long UsualCostMicroUsd(string model, UsualCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return prices.Value.Find(model, Today)?.Price.CostMicroUsd(call.InputTokens, call.OutputTokens) ?? 0;
    }

    /// <summary>Whether a model has a price.</summary>
    public bool Know(string model) => prices.Value.Find(model, Today) is not null;

    /// <summary>Whether every model in use has a price.</summary>
    public bool Know(GeneratorInUse generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        return Know(generator.TextModel) && Know(generator.ImageModel);
    }

    /// <summary>The day from which the newest price of the models in use holds; null when none of them has one.</summary>
    public DateOnly? Since(GeneratorInUse generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        return new[] { generator.TextModel, generator.ImageModel }.Max(model => prices.Value.Find(model, Today)?.From);
    }
}

/// <summary>What a call usually takes, rounded up: for what must be known before the call is made.</summary>
/// <remarks>
/// The prompts are 2,500 to 3,500 characters long and a brief comes on top, at about four characters a token; answers are charged with the
/// thoughts before them. For a picture Google documents 1,290 tokens (ai.google.dev/gemini-api/docs/pricing), and its short prompt costs next
/// to nothing.
/// </remarks>
/// <param name="InputTokens">Tokens sent.</param>
/// <param name="OutputTokens">Tokens answered, thoughts included.</param>
public sealed record UsualCall(int InputTokens, int OutputTokens)
{
    /// <summary>The plan of a campaign.</summary>
    public static UsualCall Plan { get; } = new(1_500, 3_000);

    /// <summary>The texts of a post.</summary>
    public static UsualCall Text { get; } = new(1_200, 1_500);

    /// <summary>A picture.</summary>
    public static UsualCall Picture { get; } = new(0, 1_290);
}

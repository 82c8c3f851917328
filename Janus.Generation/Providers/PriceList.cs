using Microsoft.Extensions.AI;

namespace Janus.Generation;

/// <summary>
/// What models charge. Bound from the configuration section <c>Prices</c>, so that a change of price needs no new version.
/// The defaults are Google's list prices on <see cref="AsOf"/> (ai.google.dev/gemini-api/docs/pricing, paid tier).
/// </summary>
public sealed class PriceList
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = "Prices";

    /// <summary>The day on which the prices were read.</summary>
    public DateOnly AsOf { get; set; } = new(2026, 9, 20);

    /// <summary>The prices by the model's name. A name also covers its dated versions: <c>gemini-3.5-flash</c> covers <c>gemini-3.5-flash-002</c>.</summary>
    public IDictionary<string, ModelPrice> Models { get; } = new Dictionary<string, ModelPrice>(StringComparer.OrdinalIgnoreCase)
    {
        ["gemini-3.5-flash"] = new() { InputUsd = 1.50m, OutputUsd = 9.00m },
        ["gemini-3.1-flash-image"] = new() { OutputUsd = 60.00m },
    };

    /// <summary>What one call used, and what that costs.</summary>
    /// <param name="model">The model that answered, as it names itself.</param>
    /// <param name="usage">The tokens, as the provider counted them; null counts as none.</param>
    public CallUsage Measure(string? model, UsageDetails? usage)
    {
        var input = usage?.InputTokenCount ?? 0;
        var output = usage?.OutputTokenCount ?? 0;
        return new CallUsage(model, input, output, CostMicroUsd(model, input, output), Calls: 1);
    }

    /// <summary>
    /// The price of a call in millionths of a US dollar, rounded up. 0 for a model that is not in the list, such as the sample
    /// studio, which charges nothing.
    /// </summary>
    /// <param name="model">The model that answered, as it names itself.</param>
    /// <param name="inputTokens">Tokens sent.</param>
    /// <param name="outputTokens">Tokens answered, thoughts included.</param>
    public long CostMicroUsd(string? model, long inputTokens, long outputTokens)
    {
        var price = Models
            .Where(entry => model is not null && model.StartsWith(entry.Key, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(entry => entry.Key.Length)
            .Select(entry => entry.Value)
            .FirstOrDefault();
        // US dollars per million tokens are millionths of a dollar per token.
        return price is null ? 0 : (long)Math.Ceiling((inputTokens * price.InputUsd) + (outputTokens * price.OutputUsd));
    }
}

/// <summary>What one model charges, in US dollars per million tokens.</summary>
public sealed class ModelPrice
{
    /// <summary>For what is sent.</summary>
    public decimal InputUsd { get; set; }

    /// <summary>For what is answered.</summary>
    public decimal OutputUsd { get; set; }
}

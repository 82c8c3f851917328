using System.ComponentModel.DataAnnotations;
using Janus.Generation.Sample;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Janus.Generation;

/// <summary>
/// What models charge, and since when. Bound from the configuration section <c>Prices</c>, so that a change of price needs no new version:
/// <c>Prices:Sets:0:From</c> and <c>Prices:Sets:0:Models:gemini-3.5-flash:InputUsd</c>. A set names only what changes with it.
/// </summary>
public sealed class PriceList
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = "Prices";

    /// <summary>
    /// What is known without any configuration: Google's list prices as they were read on the day that the set begins
    /// (ai.google.dev/gemini-api/docs/pricing, paid tier), and the sample studio, which charges nothing.
    /// </summary>
    public static PriceSet ListPrices { get; } = new()
    {
        From = new DateOnly(2026, 9, 20),
        Models =
        {
            ["gemini-3.5-flash"] = new() { InputUsd = 1.50m, OutputUsd = 9.00m },
            ["gemini-3.1-flash-image"] = new() { OutputUsd = 60.00m },
            [SampleOptions.Model] = new(),
        },
    };

    /// <summary>Further sets, in any order. One that begins on the same day as another goes before it when it stands later in the list.</summary>
    public IList<PriceSet> Sets { get; } = [];

    /// <summary>
    /// The price that holds on a day: of the newest set that has begun and names the model. Before the first one begins, that first one
    /// holds, because an old price is a better guess than none.
    /// </summary>
    /// <param name="model">The model, as it names itself.</param>
    /// <param name="day">The day, UTC.</param>
    /// <returns>The price and the day from which it holds; null when no set names the model.</returns>
    public (ModelPrice Price, DateOnly From)? Find(string? model, DateOnly day)
    {
        if (string.IsNullOrEmpty(model))
            return null;
        var named = Sets.Prepend(ListPrices).Select(set => (Price: set.Of(model), From: set.From ?? DateOnly.MinValue))
            .Where(found => found.Price is not null).OrderBy(found => found.From).ToList();
        if (named.Count == 0)
            return null;
        var (price, from) = named.FindLast(found => found.From <= day) is { Price: not null } begun ? begun : named[0];
        return (price!, from);
    }
}

/// <summary>Prices that hold from a day on, until a newer set names the same model.</summary>
public sealed class PriceSet
{
    /// <summary>The first day, UTC. Required.</summary>
    public DateOnly? From { get; set; }

    /// <summary>The prices by the model's name. A name also covers its dated versions: <c>gemini-3.5-flash</c> covers <c>gemini-3.5-flash-002</c>.</summary>
    public IDictionary<string, ModelPrice> Models { get; } = new Dictionary<string, ModelPrice>(StringComparer.OrdinalIgnoreCase);

    internal ModelPrice? Of(string model) => Models
        .Where(entry => model.StartsWith(entry.Key, StringComparison.OrdinalIgnoreCase))
        .OrderByDescending(entry => entry.Key.Length).Select(entry => entry.Value).FirstOrDefault();
}

/// <summary>What one model charges, in US dollars per million tokens.</summary>
public sealed class ModelPrice
{
    /// <summary>For what is sent.</summary>
    [Range(typeof(decimal), "0", "1000000")]
    public decimal InputUsd { get; set; }

    /// <summary>For what is sent and was found in the provider's cache; as much as for anything else that is sent when it is not set.</summary>
    [Range(typeof(decimal), "0", "1000000")]
    public decimal? CachedInputUsd { get; set; }

    /// <summary>For what is answered, thoughts included.</summary>
    [Range(typeof(decimal), "0", "1000000")]
    public decimal OutputUsd { get; set; }

    /// <summary>The price of a call in millionths of a US dollar, rounded up.</summary>
    /// <param name="inputTokens">Tokens sent, cached ones included.</param>
    /// <param name="outputTokens">Tokens answered, thoughts included.</param>
    /// <param name="cachedInputTokens">Those of the sent ones that were found in the cache.</param>
    public long CostMicroUsd(long inputTokens, long outputTokens, long cachedInputTokens = 0)
    {
        var cached = Math.Clamp(cachedInputTokens, 0, inputTokens);
        // US dollars per million tokens are millionths of a dollar per token.
        return (long)Math.Ceiling(((inputTokens - cached) * InputUsd) + (cached * (CachedInputUsd ?? InputUsd)) + (outputTokens * OutputUsd));
    }
}

/// <summary>Refuses prices that cannot be meant, naming the key.</summary>
internal sealed class PriceListCheck : IValidateOptions<PriceList>
{
    public ValidateOptionsResult Validate(string? name, PriceList options)
    {
        var wrong = options.Sets.SelectMany((set, index) => Wrong(set, $"{PriceList.Section}:{nameof(PriceList.Sets)}:{index}")).ToList();
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static IEnumerable<string> Wrong(PriceSet set, string key)
    {
        if (set.From is null)
            yield return $"{key}:{nameof(PriceSet.From)} is missing: the first day of these prices, such as 2026-09-20.";
        if (set.Models.Count == 0)
            yield return $"{key}:{nameof(PriceSet.Models)} names no model.";
        foreach (var (model, price) in set.Models)
        {
            foreach (var complaint in SettingRules.Complaints(price, $"{key}:{nameof(PriceSet.Models)}:{model}"))
                yield return complaint;
        }
    }
}

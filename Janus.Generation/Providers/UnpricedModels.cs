using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Janus.Generation.Providers;

/// <summary>Says at start when a model in use has no price: what it makes would look free, and no limit would stop it.</summary>
internal sealed partial class UnpricedModels(GeneratorInUse generator, PriceBook prices, ILogger<UnpricedModels> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var model in new[] { generator.TextModel, generator.ImageModel }.Distinct(StringComparer.Ordinal).Where(model => !prices.Know(model)))
            Unpriced(model, $"{PriceList.Section}:Sets:0:From", $"{PriceList.Section}:Sets:0:Models:{model}:OutputUsd");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1, LogLevel.Warning,
        "No price is known for the model {Model}: what it makes is counted as $0 and no spending limit stops it. Set {DateKey} and {PriceKey} (US dollars per million tokens).")]
    private partial void Unpriced(string model, string dateKey, string priceKey);
}

using Janus.Generation;
using Janus.Generation.Providers;
using Microsoft.Extensions.Options;

namespace Janus.Tests.Generation;

/// <summary>Prices of tests.</summary>
internal static class Prices
{
    /// <summary>The list prices, on the real day.</summary>
    public static PriceBook OfToday { get; } = new(Options.Create(new PriceList()), TimeProvider.System);
}

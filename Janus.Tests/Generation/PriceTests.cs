using Janus.Generation;
using Janus.Generation.Providers;
using Janus.Tests.Time;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Janus.Tests.Generation;

public sealed class PriceTests
{
    private static readonly DateOnly _listed = new(2026, 9, 20);

    [Fact]
    public void The_list_prices_hold_without_any_configuration_and_cover_dated_versions()
    {
        var prices = new PriceList();

        prices.Find("gemini-3.5-flash-002", _listed)!.Value.Price.CostMicroUsd(1_000_000, 0).ShouldBe(1_500_000);
        prices.Find("gemini-3.1-flash-image", _listed)!.Value.Price.CostMicroUsd(0, 1120).ShouldBe(67_200);
        prices.Find("sample-studio", _listed)!.Value.Price.CostMicroUsd(10, 10).ShouldBe(0);
        prices.Find("gemini-9", _listed).ShouldBeNull();
        prices.Find(null, _listed).ShouldBeNull();
    }

    [Fact]
    public void A_new_price_holds_from_its_day_on_and_the_one_before_it_until_then()
    {
        using var services = Build(new()
        {
            ["Prices:Sets:0:From"] = "2027-01-01",
            ["Prices:Sets:0:Models:gemini-3.5-flash:InputUsd"] = "2",
            ["Prices:Sets:0:Models:gemini-3.5-flash:OutputUsd"] = "10",
            ["Prices:Sets:1:From"] = "2026-12-01",
            ["Prices:Sets:1:Models:gemini-4:OutputUsd"] = "0.5",
        });
        var prices = services.GetRequiredService<IOptions<PriceList>>().Value;

        Cost("gemini-3.5-flash", new(2026, 12, 31)).ShouldBe(10_500);
        Cost("gemini-3.5-flash", new(2027, 1, 1)).ShouldBe(12_000);
        Cost("gemini-3.1-flash-image", new(2027, 1, 1)).ShouldBe(60_000);
        Cost("gemini-4", new(2027, 1, 1)).ShouldBe(500);
        // Nothing is known about the time before the first price, and an old price is a better guess than none.
        Cost("gemini-4", new(2026, 10, 1)).ShouldBe(500);
        Cost("gemini-3.5-flash", new(2026, 3, 2)).ShouldBe(10_500);

        long Cost(string model, DateOnly day) => prices.Find(model, day)!.Value.Price.CostMicroUsd(1_000, 1_000);
    }

    [Fact]
    public void A_call_costs_what_holds_on_the_day_when_it_is_made()
    {
        var time = new ManualTime();
        var list = new PriceList { Sets = { new PriceSet { From = new(2026, 3, 3), Models = { ["writer"] = new() { InputUsd = 2 } } }, new PriceSet { From = new(2026, 3, 1), Models = { ["writer"] = new() { InputUsd = 1 } } } } };
        var book = new PriceBook(Options.Create(list), time);
        var usage = new UsageDetails { InputTokenCount = 7 };

        book.Measure("writer", usage).CostMicroUsd.ShouldBe(7);
        time.Advance(TimeSpan.FromDays(1));

        book.Measure("writer", usage).CostMicroUsd.ShouldBe(14);
        book.Since(new GeneratorInUse("gemini", "writer", "unknown")).ShouldBe(new DateOnly(2026, 3, 3));
    }

    [Fact]
    public void Tokens_from_the_cache_have_their_own_price_when_one_is_set()
    {
        new ModelPrice { InputUsd = 2, OutputUsd = 1, CachedInputUsd = 0.5m }.CostMicroUsd(100, 10, cachedInputTokens: 40).ShouldBe(120 + 20 + 10);
        new ModelPrice { InputUsd = 2, OutputUsd = 1 }.CostMicroUsd(100, 10, cachedInputTokens: 40).ShouldBe(210);
        new ModelPrice { InputUsd = 2, CachedInputUsd = 0 }.CostMicroUsd(10, 0, cachedInputTokens: 99).ShouldBe(0);
    }

    [Fact]
    public void A_model_without_a_price_costs_nothing_and_says_that_this_means_nothing()
    {
        var book = Prices.OfToday;

        var unknown = book.Measure("gemini-9", new UsageDetails { InputTokenCount = 5 });
        var known = book.Measure("sample-studio", new UsageDetails { InputTokenCount = 5 });

        (unknown.CostMicroUsd, unknown.IsPriceKnown).ShouldBe((0, false));
        (known.CostMicroUsd, known.IsPriceKnown).ShouldBe((0, true));
        known.Plus(unknown).IsPriceKnown.ShouldBeFalse();
        book.Know(new GeneratorInUse("gemini", "gemini-3.5-flash", "gemini-9")).ShouldBeFalse();
        book.Know(new GeneratorInUse("gemini", "gemini-3.5-flash", "gemini-3.1-flash-image")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("Prices:Sets:0:From is missing", "Prices:Sets:0:Models:gemini-4:InputUsd", "1")]
    [InlineData("Prices:Sets:0:Models names no model", "Prices:Sets:0:From", "2026-10-01")]
    [InlineData("Prices:Sets:0:Models:gemini-4:InputUsd must be", "Prices:Sets:0:Models:gemini-4:InputUsd", "-1")]
    [InlineData("Prices:Sets:0:Models:gemini-4:CachedInputUsd must be", "Prices:Sets:0:Models:gemini-4:CachedInputUsd", "-0.01")]
    [InlineData("Prices:Sets:0:Models:gemini-4:OutputUsd must be", "Prices:Sets:0:Models:gemini-4:OutputUsd", "1000001")]
    public void Prices_that_cannot_be_meant_are_refused_by_their_key(string said, string key, string value)
    {
        using var services = Build(new() { [key] = value });

        Should.Throw<OptionsValidationException>(() => services.GetRequiredService<IOptions<PriceList>>().Value)
            .Failures.ShouldContain(failure => failure.StartsWith(said, StringComparison.Ordinal));
    }

    private static ServiceProvider Build(Dictionary<string, string?> settings) => new ServiceCollection()
        .AddGeneration(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), isPlanner: false)
        .BuildServiceProvider();
}

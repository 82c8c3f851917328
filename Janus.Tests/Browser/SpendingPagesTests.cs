using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Janus.Tests.Browser;

/// <summary>Pausing, going on, and limits, as a person meets them.</summary>
public sealed class SpendingPagesTests(SlowPages pages) : SlowPageTests(pages)
{
    [Fact]
    public async Task A_campaign_is_paused_says_so_and_goes_on()
    {
        var campaign = await Pages.BeginAsync();
        var opened = await OpenAsync(Roadmap.PathOf(campaign));
        var roadmap = new Roadmap(opened.Page);

        await opened.Page.Locator(".top").GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();

        await Expect(roadmap.Status).ToContainTextAsync("A person paused it.");
        await Expect(opened.Page.Locator(".top").GetByRole(AriaRole.Button, new() { Name = "Pause" })).ToHaveCountAsync(0);
        await roadmap.Status.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await Expect(roadmap.Status).ToContainTextAsync("Generating Content");
        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task The_limit_of_the_day_is_set_by_keyboard_and_a_wrong_amount_is_said()
    {
        var opened = await OpenAsync("/status");
        var card = opened.Page.GetByRole(AriaRole.Region, new() { Name = "Spending" });
        await card.GetByRole(AriaRole.Button, new() { Name = "Change today's limit" }).ClickAsync();
        var amount = opened.Page.GetByLabel("New limit in US dollars");
        await Expect(amount).ToBeFocusedAsync();

        await amount.FillAsync("lots");
        await amount.PressAsync("Enter");
        await Expect(opened.Page.Locator("#limit-error")).ToHaveTextAsync("Write an amount in US dollars, such as 7.50.");
        await amount.FillAsync("75.50");
        await amount.PressAsync("Enter");

        await Expect(card).ToContainTextAsync("$75.50");
        (await Pages.ReadAsync("/api/budget")).GetProperty("cap_micro_usd").GetInt64().ShouldBe(75_500_000);
        opened.ShouldBeQuiet();
    }
}

using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Janus.Tests.Browser;

/// <summary>Waiting and failing keep nobody out either.</summary>
public sealed class SlowStateTests(SlowPages pages) : SlowPageTests(pages)
{
    private static readonly Device _still = Device.Desktop with { ReducedMotion = true };

    [Fact]
    public async Task A_page_keeps_nobody_out_in_either_theme_while_a_campaign_is_planned()
    {
        Axe.SkipWhereMissing();
        var opened = await OpenAsync(BriefOnScreen.Path, _still);
        var brief = new BriefOnScreen(opened.Page);
        await brief.FillAsync("Wren, a birdhouse", "Sell a thousand", "Wren moves in");
        await brief.PlanAsync();

        await Expect(opened.Page.GetByRole(AriaRole.Heading, new() { Name = "Planning your campaign" })).ToBeVisibleAsync();
        await Axe.ShouldKeepNobodyOutAsync(opened.Page);
        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task A_page_keeps_nobody_out_in_either_theme_while_a_campaign_is_made()
    {
        Axe.SkipWhereMissing();
        var campaign = await Pages.BeginAsync();
        var opened = await OpenAsync(Roadmap.PathOf(campaign), _still);

        await Expect(new Roadmap(opened.Page).Status).ToContainTextAsync("Generating Content");
        await Axe.ShouldKeepNobodyOutAsync(opened.Page);
        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task A_page_keeps_nobody_out_in_either_theme_while_a_campaign_is_paused_or_a_limit_is_asked_for()
    {
        Axe.SkipWhereMissing();
        var campaign = await Pages.BeginAsync();
        await Pages.SendAsync($"/api/campaigns/{campaign}/pause", new { reason = "Wait for legal" });
        var opened = await OpenAsync(Roadmap.PathOf(campaign), _still);

        await Expect(new Roadmap(opened.Page).Status).ToContainTextAsync("A person paused it: Wait for legal");
        await Axe.ShouldKeepNobodyOutAsync(opened.Page);
        await opened.GoAsync("/status");
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Change today's limit" }).ClickAsync();
        await Expect(opened.Page.GetByLabel("New limit in US dollars")).ToBeFocusedAsync();
        await Axe.ShouldKeepNobodyOutAsync(opened.Page);
        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task A_page_keeps_nobody_out_in_either_theme_when_a_campaign_has_failed()
    {
        Axe.SkipWhereMissing();
        var opened = await OpenAsync(Roadmap.PathOf(Pages.FailedCampaignId), _still);

        await Expect(new Roadmap(opened.Page).Cards.First).ToBeVisibleAsync();
        await Axe.ShouldKeepNobodyOutAsync(opened.Page);
        opened.ShouldBeQuiet();
    }
}

using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Janus.Tests.Browser;

/// <summary>The time between a brief and its plan.</summary>
public sealed class PlanningTests(SlowPages pages) : SlowPageTests(pages)
{
    [Fact]
    public async Task Planning_that_is_stopped_gives_the_brief_back_and_leaves_no_campaign()
    {
        var opened = await OpenAsync(BriefOnScreen.Path);
        var brief = new BriefOnScreen(opened.Page);
        await brief.FillAsync("Halcyon, a notebook for sailors", "Be known in every harbour", "Halcyon days");
        await brief.Platform("Mastodon").CheckAsync();
        await brief.More.ClickAsync();
        await brief.Tone.FillAsync("Salty");
        await brief.PlanAsync();
        await Expect(opened.Page.GetByRole(AriaRole.Heading, new() { Name = "Planning your campaign" })).ToBeVisibleAsync();

        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Stop planning" }).ClickAsync();

        await brief.ShouldHoldAsync("Halcyon, a notebook for sailors", "Be known in every harbour", "Halcyon days");
        await Expect(brief.Platform("Mastodon")).ToBeCheckedAsync();
        await Expect(brief.Tone).ToHaveValueAsync("Salty");
        (await Pages.CountAsync("Halcyon")).ShouldBe(0);
        opened.ShouldBeQuiet();
    }
}

using Janus.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Janus.Tests.Browser;

/// <summary>The API dies while a page watches a campaign being made.</summary>
public sealed class BrokenStreamTests(SlowPages pages) : SlowPageTests(pages)
{
    private const float Restart = 60_000;

    [Fact]
    public async Task A_page_says_quietly_that_it_connects_again_and_sees_the_campaign_through()
    {
        var campaign = await Pages.BeginAsync();
        var opened = await OpenAsync(Roadmap.PathOf(campaign));
        var roadmap = new Roadmap(opened.Page);
        await opened.MarkAsync();
        await Expect(roadmap.Status).ToContainTextAsync("Generating Content");

        RunningJanus.Kill(Pages.Janus.ProcessIdOf(Topology.Api));

        await Expect(opened.Page.GetByText("Connecting again")).ToBeVisibleAsync();
        await Expect(roadmap.Cards).ToHaveCountAsync(SlowPages.WaitingPosts);
        await Expect(opened.Page.GetByText("Connecting again")).Not.ToBeVisibleAsync(new() { Timeout = Restart });
        await Expect(roadmap.Status).ToContainTextAsync("Scheduled", new() { Timeout = Restart });
        (await opened.IsMarkedAsync()).ShouldBeTrue("the page was reloaded");
    }
}

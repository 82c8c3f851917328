using static Microsoft.Playwright.Assertions;

namespace Janus.Tests.Browser;

/// <summary>A page that is only looked at shows what others do, as they do it.</summary>
public sealed class WatchingCampaignTests(PagesUnderTest pages) : PageTests(pages)
{
    [Fact]
    public async Task What_is_chosen_on_one_page_is_seen_on_another()
    {
        var (campaign, posts) = await Pages.MakeAsync("Seen by two");
        var one = await OpenAsync(Roadmap.PathOf(campaign, posts[0]));
        var other = await OpenAsync(Roadmap.PathOf(campaign));
        await other.MarkAsync();

        await new Roadmap(one.Page).Button("A", "Choose A").ClickAsync();

        await Expect(new Roadmap(one.Page).Face("A")).ToContainTextAsync("Chosen");
        await Expect(new Roadmap(other.Page).Card(posts[0]).Locator(".th.A.chosen")).ToHaveCountAsync(1);
        (await other.IsMarkedAsync()).ShouldBeTrue("the page was reloaded");
        one.ShouldBeQuiet();
        other.ShouldBeQuiet();
    }

    [Fact]
    public async Task A_page_whose_server_was_killed_comes_back_by_itself_at_the_same_address()
    {
        var (campaign, posts) = await Pages.MakeAsync("Outlives the web");
        var opened = await OpenAsync(Roadmap.PathOf(campaign, posts[1]));
        var (roadmap, address) = (new Roadmap(opened.Page), opened.Page.Url);
        await Expect(roadmap.Text("B")).ToBeVisibleAsync();

        await Pages.RestartAsync(Topology.Web);
        await Expect(opened.Page.Locator("#connection")).Not.ToBeVisibleAsync();
        await Pages.ChooseAsync(posts[1], "B");

        await Expect(roadmap.Card(posts[1]).Locator(".th.B.chosen")).ToHaveCountAsync(1);
        await Expect(roadmap.Face("B")).ToContainTextAsync("Chosen");
        opened.Page.Url.ShouldBe(address);
    }
}

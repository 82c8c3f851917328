using Janus.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace Janus.Tests.Pages;

/// <summary>Many pages of one campaign in a real browser cost the API one stream, and all of them are told.</summary>
public sealed class PagesAtOnceTests(PagesUnderTest pages) : PageTests(pages)
{
    private const int Many = 20;
    private const int AtOnce = 5;

    [Fact]
    public async Task Twenty_open_pages_hold_one_stream_and_all_show_what_is_chosen()
    {
        var (campaign, posts) = await Pages.MakeAsync("Seen by twenty");
        // A web process that has just begun holds no stream for a page that an earlier test has left.
        await Pages.RestartAsync(Topology.Web);
        var first = await OpenAsync(Roadmap.PathOf(campaign));
        var opened = new List<WatchedPage> { first };
        while (opened.Count < Many)
            opened.AddRange(await Task.WhenAll(Enumerable.Range(0, Math.Min(AtOnce, Many - opened.Count)).Select(_ => OpenBesideAsync(first, Roadmap.PathOf(campaign)))));

        await RunningPages.UntilAsync(async () => await OpenStreamsAsync() == 1);
        await Pages.ChooseAsync(posts[0], "B");

        foreach (var page in opened)
            await Expect(new Roadmap(page.Page).Card(posts[0]).Locator(".th.B.chosen")).ToHaveCountAsync(1);
        (await OpenStreamsAsync()).ShouldBe(1);
        opened.ForEach(page => page.ShouldBeQuiet());
    }

    private async Task<int> OpenStreamsAsync() => (await Pages.ReadAsync("/api/status")).GetProperty("open_event_streams").GetInt32();
}

using System.Net;
using static Microsoft.Playwright.Assertions;

namespace Janus.Tests.Browser;

/// <summary>What a person has put in its place is moved by nobody else.</summary>
public sealed class StillCanvasTests(SlowPages pages) : SlowPageTests(pages)
{
    [Fact]
    public async Task A_campaign_that_is_being_made_moves_nothing_that_a_person_looks_at()
    {
        var campaign = await Pages.BeginAsync();
        // Held back until the page stands as the person wants it, however long that takes.
        (await Pages.Marketer.CommandAsync(campaign, "pause")).ShouldBe(HttpStatusCode.OK);
        var opened = await OpenAsync(Roadmap.PathOf(campaign));
        var (roadmap, canvas) = (new Roadmap(opened.Page), new CanvasOnScreen(opened.Page));
        await roadmap.ShouldShowPostsAsync(SlowPages.WaitingPosts);
        var before = await canvas.WorldAsync();
        await canvas.PanAsync(120, -40);
        await canvas.MovedFromAsync(before);
        var places = await canvas.PlacesAsync();
        (await Pages.Marketer.CommandAsync(campaign, "resume")).ShouldBe(HttpStatusCode.OK);
        await Expect(roadmap.Status).ToContainTextAsync("Generating Content");
        await opened.Page.EvaluateAsync("""
            () => {
              window.moved = [];
              const watch = new MutationObserver(changes => window.moved.push(...changes.map(change => change.target.className)));
              for (const element of document.querySelectorAll('.world, .post'))
                watch.observe(element, { attributes: true, attributeFilter: ['style', 'data-x', 'data-y'] });
            }
            """);

        await Expect(roadmap.Status).ToContainTextAsync("Scheduled");
        await Expect(roadmap.Canvas.Locator(".th img")).ToHaveCountAsync(2 * SlowPages.WaitingPosts);

        (await canvas.PlacesAsync()).ShouldBe(places);
        (await opened.Page.EvaluateAsync<string[]>("() => window.moved")).ShouldBeEmpty();
        opened.ShouldBeQuiet();
    }
}

using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Janus.Tests.Browser;

/// <summary>A campaign in one hand.</summary>
public sealed class PhoneTests(PagesUnderTest pages) : PageTests(pages)
{
    private static readonly Device _phone = Device.Phone with { ReducedMotion = true };

    [Fact]
    public async Task A_campaign_is_found_opened_and_closed_with_a_thumb()
    {
        var opened = await OpenAsync("/?q=Grinder", _phone);
        var (page, roadmap) = (opened.Page, new Roadmap(opened.Page));
        await ShouldBeEasyAsync(page);

        await page.GetByRole(AriaRole.Link, new() { Name = "Grinder", Exact = true }).TapAsync();
        await roadmap.ShouldShowPostsAsync(6);
        await ShouldBeEasyAsync(page);

        await roadmap.Cards.First.TapAsync();
        await Expect(roadmap.Text("A")).ToBeVisibleAsync();
        var drawer = (await roadmap.Drawer.BoundingBoxAsync())!;
        (drawer.X, drawer.Width).ShouldBe((0, _phone.Width));
        await ShouldBeEasyAsync(page);

        await page.GetByRole(AriaRole.Link, new() { Name = "Close", Exact = true }).TapAsync();
        await Expect(roadmap.Drawer).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Link, new() { Name = "Posts", Exact = true }).TapAsync();
        await Expect(page.Locator(".post-row")).ToHaveCountAsync(6);
        await ShouldBeEasyAsync(page);
        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task A_finger_pans_and_two_fingers_zoom()
    {
        var opened = await OpenAsync(Roadmap.PathOf(Pages.CampaignId), _phone);
        var (roadmap, canvas) = (new Roadmap(opened.Page), new CanvasOnScreen(opened.Page));
        await roadmap.ShouldShowPostsAsync(6);
        var fingers = await opened.Page.Context.NewCDPSessionAsync(opened.Page);
        var before = await canvas.WorldAsync();

        await TouchAsync(fingers, [[(200, 500)], [(180, 470)], [(120, 420)]]);
        var panned = await canvas.MovedFromAsync(before);
        (panned.X - before.X).ShouldBe(-80, 12);
        (panned.Y - before.Y).ShouldBe(-80, 12);
        panned.Scale.ShouldBe(before.Scale);
        await Expect(roadmap.Drawer).ToHaveCountAsync(0);

        await TouchAsync(fingers, [[(150, 400), (250, 600)], [(140, 380), (260, 620)], [(100, 300), (300, 700)]]);
        var zoomed = await canvas.MovedFromAsync(panned);
        zoomed.Scale.ShouldBeGreaterThan(panned.Scale * 1.5);
        (zoomed.At(200, 500).X - panned.At(200, 500).X).ShouldBe(0, 3);
        (zoomed.At(200, 500).Y - panned.At(200, 500).Y).ShouldBe(0, 3);
        opened.ShouldBeQuiet();
    }

    // Wide enough for its window, and every target large enough for a finger (axe's rule target-size).
    private static async Task ShouldBeEasyAsync(IPage page)
    {
        await PageWidth.ShouldFitAsync(page);
        await Axe.ShouldHaveNoSeriousViolationsAsync(page);
    }

    /// <summary>Fingers that come down at the first places, go on to the next ones and are lifted from the last.</summary>
    private static async Task TouchAsync(ICDPSession fingers, (int X, int Y)[][] places)
    {
        foreach (var (step, at) in places.Index())
        {
            await fingers.SendAsync("Input.dispatchTouchEvent", new()
            {
                ["type"] = step == 0 ? "touchStart" : "touchMove",
                ["touchPoints"] = at.Select((point, id) => new { x = point.X, y = point.Y, id }).ToArray(),
            });
        }

        await fingers.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = "touchEnd", ["touchPoints"] = Array.Empty<object>() });
    }
}

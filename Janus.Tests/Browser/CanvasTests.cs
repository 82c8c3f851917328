using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Janus.Tests.Browser;

/// <summary>The canvas in a person's hands.</summary>
public sealed class CanvasTests(PagesUnderTest pages) : PageTests(pages)
{
    private const double Pixel = 1.5;

    [Fact]
    public async Task A_card_that_is_dragged_stays_there_with_its_edges_until_all_are_tidied_up()
    {
        var (opened, roadmap, canvas) = await OpenCanvasAsync();
        var card = roadmap.Cards.First;
        var tidy = opened.Page.GetByRole(AriaRole.Button, new() { Name = "Tidy up" });
        await Expect(tidy).ToBeHiddenAsync();
        (await canvas.LooseEndsAsync()).ShouldBeEmpty();
        var (tidied, before) = (await canvas.PlacesAsync(), await BoxAsync(card));

        await canvas.DragAsync(before.X + (before.Width / 2), before.Y + (before.Height / 2), 70, 90);

        var after = await BoxAsync(card);
        (after.X - before.X).ShouldBe(70, Pixel);
        (after.Y - before.Y).ShouldBe(90, Pixel);
        (await canvas.LooseEndsAsync()).ShouldBeEmpty();
        await Expect(roadmap.Drawer).ToHaveCountAsync(0);
        var transform = await TransformAsync(card);

        await opened.ReloadAsync();
        await roadmap.ShouldShowPostsAsync(6);
        (await TransformAsync(card)).ShouldBe(transform);
        (await canvas.LooseEndsAsync()).ShouldBeEmpty();

        await tidy.ClickAsync();
        await Expect(tidy).ToBeHiddenAsync();
        await Expect(opened.Page.Locator(".edges path").First).ToBeAttachedAsync();
        (await TransformAsync(card)).ShouldNotBe(transform);
        await opened.ReloadAsync();
        await roadmap.ShouldShowPostsAsync(6);
        (await canvas.PlacesAsync()).ShouldBe(tidied);
        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task A_card_that_is_clicked_opens_and_one_that_is_dragged_does_not()
    {
        var (opened, roadmap, canvas) = await OpenCanvasAsync();
        var box = await BoxAsync(roadmap.Cards.Nth(1));
        await canvas.DragAsync(box.X + 40, box.Y + 30, 0, 40);
        await Expect(roadmap.Drawer).ToHaveCountAsync(0);

        await roadmap.Cards.Nth(1).ClickAsync();
        await Expect(roadmap.Drawer).ToBeVisibleAsync();
        await Expect(roadmap.Text("A")).ToBeVisibleAsync();
        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task The_wheel_zooms_at_the_pointer()
    {
        var (opened, _, canvas) = await OpenCanvasAsync();
        foreach (var (x, y, turn) in new[] { (420f, 430f, -240f), (800f, 300f, 400f), (500f, 600f, -90f) })
        {
            await opened.Page.Mouse.MoveAsync(x, y);
            var before = await canvas.WorldAsync();
            await opened.Page.Mouse.WheelAsync(0, turn);
            var after = await canvas.MovedFromAsync(before);

            (after.Scale > before.Scale).ShouldBe(turn < 0);
            var (was, isNow) = (before.At(x, y), after.At(x, y));
            (isNow.X - was.X).ShouldBe(0, Pixel);
            (isNow.Y - was.Y).ShouldBe(0, Pixel);
        }

        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task Dragging_the_ground_pans_and_one_click_shows_every_card_again()
    {
        var (opened, roadmap, canvas) = await OpenCanvasAsync();
        var before = await canvas.WorldAsync();

        await canvas.PanAsync(180, -60);
        var after = await canvas.MovedFromAsync(before);
        (after.X - before.X).ShouldBe(180, Pixel);
        (after.Y - before.Y).ShouldBe(-60, Pixel);
        after.Scale.ShouldBe(before.Scale);

        await opened.Page.Mouse.WheelAsync(0, -900);
        var zoomed = await canvas.MovedFromAsync(after);
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Show everything" }).ClickAsync();
        await canvas.MovedFromAsync(zoomed);
        var stage = await BoxAsync(opened.Page.Locator(".stage"));
        foreach (var card in await roadmap.Cards.AllAsync())
        {
            var box = await BoxAsync(card);
            box.X.ShouldBeGreaterThanOrEqualTo(stage.X);
            box.Y.ShouldBeGreaterThanOrEqualTo(stage.Y);
            (box.X + box.Width).ShouldBeLessThanOrEqualTo(stage.X + stage.Width);
            (box.Y + box.Height).ShouldBeLessThanOrEqualTo(stage.Y + stage.Height);
        }

        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task Pictures_outside_the_window_are_not_fetched_before_they_are_needed()
    {
        var (opened, roadmap, _) = await OpenCanvasAsync();

        await Expect(roadmap.Canvas.Locator(".th img")).ToHaveCountAsync(12);
        await Expect(roadmap.Canvas.Locator(".th img[loading=lazy]")).ToHaveCountAsync(12);
        opened.ShouldBeQuiet();
    }

    private async Task<(WatchedPage Opened, Roadmap Roadmap, CanvasOnScreen Canvas)> OpenCanvasAsync()
    {
        var opened = await OpenAsync(Roadmap.PathOf(Pages.CampaignId));
        var roadmap = new Roadmap(opened.Page);
        await roadmap.ShouldShowPostsAsync(6);
        return (opened, roadmap, new CanvasOnScreen(opened.Page));
    }

    private static async Task<LocatorBoundingBoxResult> BoxAsync(ILocator element) => (await element.BoundingBoxAsync()).ShouldNotBeNull();

    private static Task<string> TransformAsync(ILocator card) => card.EvaluateAsync<string>("card => card.style.transform");
}

using static Microsoft.Playwright.Assertions;

namespace Janus.Tests.Browser;

/// <summary>The same without a mouse, and the focus is never lost on the way.</summary>
public sealed class DecidingByKeyboardTests(PagesUnderTest pages) : PageTests(pages)
{
    [Fact]
    public async Task A_post_is_approved_taken_back_and_rejected_with_the_keyboard_alone()
    {
        var (campaign, posts) = await Pages.MakeAsync("Decided by keys");
        var opened = await OpenAsync(Roadmap.PathOf(campaign, posts[0]));
        var (page, roadmap, deciding) = (opened.Page, new Roadmap(opened.Page), new DecidingOnScreen(opened.Page));
        await Expect(roadmap.Text("B")).ToBeVisibleAsync();

        await Keyboard.TabToAsync(page, deciding.Decide("Approve"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(deciding.Stands).ToContainTextAsync("Approved");
        await Expect(deciding.Decide("Undo")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(deciding.Stands).ToContainTextAsync("Draft");
        await Expect(deciding.Decide("Approve")).ToBeFocusedAsync();

        await Keyboard.TabToAsync(page, deciding.Decide("Reject…"), "Shift+Tab");
        await page.Keyboard.PressAsync("Enter");
        await Expect(deciding.Reason).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Half a th");
        await page.Keyboard.PressAsync("Escape");
        await Expect(deciding.Decide("Reject…")).ToBeFocusedAsync();
        await Expect(roadmap.Drawer).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(deciding.Reason).ToHaveValueAsync("Half a th");
        await Expect(deciding.Reason).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.TypeAsync("ought");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(deciding.Stands).ToContainTextAsync("Half a thought");
        await Expect(deciding.Decide("Undo")).ToBeFocusedAsync();
        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task Posts_are_selected_on_the_canvas_and_decided_together_with_the_keyboard_alone()
    {
        var (campaign, posts) = await Pages.MakeAsync("Selected by keys");
        var opened = await OpenAsync(Roadmap.PathOf(campaign));
        var (page, roadmap, deciding) = (opened.Page, new Roadmap(opened.Page), new DecidingOnScreen(opened.Page));
        await roadmap.ShouldShowPostsAsync(posts.Count);

        await Keyboard.TabToAsync(page, roadmap.Cards.Locator("a"));
        await page.Keyboard.PressAsync("Space");
        await deciding.ShouldHavePickedAsync(1);
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("Space");
        await deciding.ShouldHavePickedAsync(2);
        await page.Keyboard.PressAsync("Space");
        await deciding.ShouldHavePickedAsync(1);
        await page.Keyboard.PressAsync("Escape");
        await deciding.ShouldHavePickedAsync(0);
        (await Keyboard.HasFocusAsync(roadmap.Cards.Locator("a"))).ShouldBeTrue();

        await page.Keyboard.PressAsync("ControlOrMeta+a");
        await deciding.ShouldHavePickedAsync(6);
        await Keyboard.TabToAsync(page, deciding.Together("Approve 6"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(deciding.Dock).ToContainTextAsync("6 of 6 approved");
        await Expect(deciding.Dock).ToBeFocusedAsync();

        await Keyboard.TabToAsync(page, roadmap.Cards.Locator("a"), "Shift+Tab");
        await page.Keyboard.PressAsync("Space");
        await Keyboard.TabToAsync(page, deciding.Together("Reject 1…"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(deciding.Reason).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(roadmap.Dialog).ToHaveCountAsync(0);
        await deciding.ShouldHavePickedAsync(1);
        await Keyboard.TabToAsync(page, deciding.Together("Clear"));
        await page.Keyboard.PressAsync("Enter");
        await deciding.ShouldHavePickedAsync(0);
        await Expect(deciding.Dock).ToBeFocusedAsync();
        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task Posts_are_selected_in_the_list_and_decided_together_with_the_keyboard_alone()
    {
        var (campaign, _) = await Pages.MakeAsync("Listed by keys");
        var opened = await OpenAsync($"/campaigns/{campaign}/posts");
        var (page, deciding) = (opened.Page, new DecidingOnScreen(opened.Page));
        var boxes = page.Locator(".post-row input[type=checkbox]");
        await Expect(boxes).ToHaveCountAsync(6);

        await Keyboard.TabToAsync(page, boxes);
        await page.Keyboard.PressAsync("Space");
        await Expect(deciding.Dock).ToContainTextAsync("1 selected");
        await Keyboard.TabToAsync(page, deciding.Together("Approve 1"));
        await page.Keyboard.PressAsync("Space");
        await Expect(deciding.Dock).ToContainTextAsync("1 of 6 approved");
        await Expect(deciding.Dock).ToBeFocusedAsync();
        opened.ShouldBeQuiet();
    }
}

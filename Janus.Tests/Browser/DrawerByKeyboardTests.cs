using static Microsoft.Playwright.Assertions;

namespace Janus.Tests.Browser;

/// <summary>Everything that a post is for can be done without a mouse, and the focus is never lost on the way.</summary>
public sealed class DrawerByKeyboardTests(PagesUnderTest pages) : PageTests(pages)
{
    private const string FocusedPost = "() => document.activeElement.closest('.post')?.dataset.pk";

    [Fact]
    public async Task A_post_is_found_chosen_and_edited_with_the_keyboard_alone()
    {
        var (campaign, posts) = await Pages.MakeAsync("Keys only");
        var opened = await OpenAsync(Roadmap.PathOf(campaign));
        var (page, roadmap) = (opened.Page, new Roadmap(opened.Page));
        await roadmap.ShouldShowPostsAsync(posts.Count);

        await Keyboard.TabToAsync(page, roadmap.Cards.Locator("a"));
        var from = await page.EvaluateAsync<string>(FocusedPost);
        await page.Keyboard.PressAsync("ArrowRight");
        var to = await page.EvaluateAsync<string>(FocusedPost);
        to.ShouldNotBe(from);
        await Expect(page.Locator($".edges path[data-from='{from}'][data-to='{to}']")).ToHaveCountAsync(1);

        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#drawer-title")).ToBeFocusedAsync();
        await Expect(roadmap.Text("B")).ToBeVisibleAsync();
        await Keyboard.TabToAsync(page, roadmap.Button("B", "Choose B"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(roadmap.Button("B", "Chosen")).ToBeFocusedAsync();

        await Keyboard.TabToAsync(page, roadmap.Button("A", "Edit"), "Shift+Tab");
        await page.Keyboard.PressAsync("Enter");
        await Expect(roadmap.Editor("A")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ControlOrMeta+a");
        await page.Keyboard.TypeAsync("Typed by hand, without a mouse.");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(roadmap.Text("A")).ToHaveTextAsync("Typed by hand, without a mouse.");
        await Expect(roadmap.Face("A")).ToContainTextAsync("Edited");
        await Expect(roadmap.History).ToContainTextAsync("edited by a person");
        await Expect(roadmap.Button("A", "Edit")).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("Escape");
        await Expect(roadmap.Drawer).ToHaveCountAsync(0);
        await Expect(page.Locator($".post[data-pk='{to}'] a")).ToBeFocusedAsync();
        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task Escape_closes_only_what_lies_on_top()
    {
        var posts = await Pages.PostsOfAsync(Pages.CampaignId);
        var opened = await OpenAsync(Roadmap.PathOf(Pages.CampaignId, posts[0]));
        var (page, roadmap) = (opened.Page, new Roadmap(opened.Page));

        var editor = await roadmap.EditAsync("A");
        await page.Keyboard.TypeAsync("Half a thought");
        await page.Keyboard.PressAsync("Escape");
        await Expect(roadmap.Dialog).ToContainTextAsync("Drop your changes?");
        await Expect(roadmap.Answer("Go on writing")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(roadmap.Dialog).ToHaveCountAsync(0);
        await Expect(editor).ToBeVisibleAsync();

        await editor.PressAsync("Escape");
        await roadmap.Answer("Drop them").ClickAsync();
        await Expect(roadmap.Button("A", "Edit")).ToBeFocusedAsync();
        await Expect(roadmap.Drawer).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("Escape");
        await Expect(roadmap.Drawer).ToHaveCountAsync(0);
        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task Escape_closes_a_question_that_was_asked_a_moment_ago()
    {
        var posts = await Pages.PostsOfAsync(Pages.CampaignId);
        var opened = await OpenAsync(Roadmap.PathOf(Pages.CampaignId, posts[0]));
        var (page, roadmap) = (opened.Page, new Roadmap(opened.Page));
        // Quicker than any hand: as the question comes into the page.
        await page.EvaluateAsync("""
            () => new MutationObserver((_, watch) => {
              if (!document.querySelector(".rz-dialog-content")) return;
              watch.disconnect();
              window.hasAsked = true;
              document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
            }).observe(document, { childList: true, subtree: true })
            """);

        var editor = await roadmap.EditAsync("A");
        await page.Keyboard.TypeAsync("Half a thought");
        await page.Keyboard.PressAsync("Escape");

        await page.WaitForFunctionAsync("() => window.hasAsked");
        await Expect(roadmap.Dialog).ToHaveCountAsync(0);
        await Expect(editor).ToBeVisibleAsync();
        opened.ShouldBeQuiet();
    }
}

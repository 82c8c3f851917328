using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Janus.Tests.Browser;

/// <summary>Approving, rejecting and taking back, one post or several, with the mouse.</summary>
public sealed class DecidingTests(PagesUnderTest pages) : PageTests(pages)
{
    [Fact]
    public async Task A_post_is_rejected_with_a_reason_approved_and_taken_back_in_its_drawer()
    {
        var (campaign, posts) = await Pages.MakeAsync("Decided");
        var opened = await OpenAsync(Roadmap.PathOf(campaign, posts[0]));
        var (roadmap, deciding) = (new Roadmap(opened.Page), new DecidingOnScreen(opened.Page));
        await Expect(deciding.Stands).ToContainTextAsync("Draft");

        await deciding.Decide("Reject…").ClickAsync();
        await deciding.Decide("Reject this post").ClickAsync();
        await Expect(deciding.Verdict.GetByRole(AriaRole.Alert)).ToContainTextAsync("Say in a few words what is wrong.");
        await deciding.Reason.FillAsync("The offer is too loud");
        await deciding.Decide("Reject this post").ClickAsync();
        await Expect(deciding.Stands).ToContainTextAsync("The offer is too loud");
        await Expect(roadmap.Card(posts[0])).ToContainTextAsync("Rejected");
        (await DecisionOfAsync(posts[0])).ShouldBe(("rejected", "The offer is too loud"));

        await deciding.Decide("Undo").ClickAsync();
        await Expect(deciding.Stands).ToContainTextAsync("Draft");
        (await DecisionOfAsync(posts[0])).ShouldBe(("none", null));

        await deciding.Decide("Approve").ClickAsync();
        await Expect(deciding.Stands).ToContainTextAsync("Approved");
        await Expect(roadmap.Card(posts[0])).ToContainTextAsync("Approved");
        await Expect(deciding.Dock).ToContainTextAsync("1 of 6 approved");

        await (await roadmap.EditAsync("A")).FillAsync("Other words than those that were approved");
        await Expect(roadmap.Face("A")).ToContainTextAsync("With other words it is a draft again");
        await roadmap.Button("A", "Save").ClickAsync();
        await Expect(deciding.Stands).ToContainTextAsync("Draft");
        await Expect(deciding.Dock).ToContainTextAsync("0 of 6 approved");
        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task Whoever_rejects_what_was_approved_meanwhile_is_told_and_keeps_their_words()
    {
        var (campaign, posts) = await Pages.MakeAsync("Two deciders");
        var opened = await OpenAsync(Roadmap.PathOf(campaign, posts[0]));
        var deciding = new DecidingOnScreen(opened.Page);
        await deciding.Decide("Reject…").ClickAsync();
        await deciding.Reason.FillAsync("Not our tone");

        await Pages.SendAsync("/api/approve", new { pk = posts[0] });
        await deciding.Decide("Reject this post").ClickAsync();

        await Expect(deciding.Verdict.GetByRole(AriaRole.Alert).First).ToContainTextAsync("Somebody approved it meanwhile. Nothing of yours was written");
        await Expect(deciding.Reason).ToHaveValueAsync("Not our tone");
        (await DecisionOfAsync(posts[0])).ShouldBe(("approved", null));

        await deciding.Decide("Reject this post").ClickAsync();
        await Expect(deciding.Stands).ToContainTextAsync("Not our tone");
        (await DecisionOfAsync(posts[0])).ShouldBe(("rejected", "Not our tone"));
        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task Whoever_edits_what_was_approved_meanwhile_is_told_before_the_approval_is_lost()
    {
        var (campaign, posts) = await Pages.MakeAsync("Editor and decider");
        var opened = await OpenAsync(Roadmap.PathOf(campaign, posts[0]));
        var (roadmap, deciding) = (new Roadmap(opened.Page), new DecidingOnScreen(opened.Page));
        var editor = await roadmap.EditAsync("A");
        await editor.FillAsync("Better words");
        await Pages.SendAsync("/api/approve", new { pk = posts[0] });

        await roadmap.Button("A", "Save").ClickAsync();
        await Expect(roadmap.Face("A").GetByRole(AriaRole.Alert)).ToContainTextAsync("Somebody approved it meanwhile.");
        await Expect(editor).ToHaveValueAsync("Better words");
        (await DecisionOfAsync(posts[0])).ShouldBe(("approved", null));

        await roadmap.Button("A", "Save").ClickAsync();
        await Expect(roadmap.Text("A")).ToHaveTextAsync("Better words");
        await Expect(deciding.Stands).ToContainTextAsync("Draft");
        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task Posts_are_selected_on_the_canvas_by_clicks_and_by_a_frame_and_decided_together()
    {
        var (campaign, posts) = await Pages.MakeAsync("Selected");
        var opened = await OpenAsync(Roadmap.PathOf(campaign));
        var (roadmap, deciding, canvas) = (new Roadmap(opened.Page), new DecidingOnScreen(opened.Page), new CanvasOnScreen(opened.Page));
        await roadmap.ShouldShowPostsAsync(6);
        var card = roadmap.Card(posts[0]).Locator(".face-card");
        var size = await SizeOfAsync(card);

        await roadmap.Card(posts[0]).ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await deciding.ShouldHavePickedAsync(1);
        (await SizeOfAsync(card)).ShouldBe(size, "a card that is selected shows as much as before");
        await roadmap.Card(posts[3]).ClickAsync(new() { Modifiers = [KeyboardModifier.ControlOrMeta] });
        await deciding.ShouldHavePickedAsync(2);
        await roadmap.Card(posts[3]).ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await deciding.ShouldHavePickedAsync(1);
        await roadmap.Card(posts[1]).HoverAsync();
        await roadmap.Card(posts[1]).GetByRole(AriaRole.Checkbox).CheckAsync();
        await deciding.ShouldHavePickedAsync(2);
        await Expect(roadmap.Drawer).ToHaveCountAsync(0);

        await deciding.Together("Reject 2…").ClickAsync();
        await deciding.Reason.FillAsync("Both too loud");
        await roadmap.Answer("Reject 2 posts").ClickAsync();
        await deciding.ShouldHavePickedAsync(0);
        foreach (var pk in posts.Take(2))
            (await DecisionOfAsync(pk)).ShouldBe(("rejected", "Both too loud"));

        var places = await canvas.PlacesAsync();
        await opened.Page.Keyboard.DownAsync("Shift");
        var stage = (await opened.Page.Locator("janus-canvas").BoundingBoxAsync())!;
        await canvas.DragAsync(stage.X + 8, stage.Y + 132, stage.Width - 16, stage.Height - 220);
        await opened.Page.Keyboard.UpAsync("Shift");
        await deciding.ShouldHavePickedAsync(6);
        (await canvas.PlacesAsync()).ShouldBe(places, "a frame moves nothing");

        await deciding.Together("Approve 6").ClickAsync();
        await deciding.ShouldHavePickedAsync(0);
        await Expect(deciding.Dock).ToContainTextAsync("6 of 6 approved");
        await roadmap.Card(posts[2]).ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await deciding.Together("Undo 1").ClickAsync();
        await Expect(deciding.Dock).ToContainTextAsync("5 of 6 approved");
        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task What_could_not_be_decided_with_the_others_is_listed_with_its_reason_and_stays_selected()
    {
        var (campaign, posts) = await Pages.MakeAsync("One in the way");
        var opened = await OpenAsync(Roadmap.PathOf(campaign));
        var (roadmap, deciding) = (new Roadmap(opened.Page), new DecidingOnScreen(opened.Page));
        await roadmap.ShouldShowPostsAsync(6);
        foreach (var pk in posts.Take(2))
            await roadmap.Card(pk).ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await deciding.Together("Reject 2…").ClickAsync();
        await deciding.Reason.FillAsync("Both too loud");

        await Pages.SendAsync("/api/approve", new { pk = posts[0] });
        await roadmap.Answer("Reject 2 posts").ClickAsync();

        await Expect(deciding.Dock.GetByRole(AriaRole.Alert)).ToContainTextAsync("Rejected 1 post; 1 post could not be.");
        await Expect(deciding.Dock.GetByRole(AriaRole.Listitem)).ToContainTextAsync("Somebody approved it meanwhile.");
        await deciding.ShouldHavePickedAsync(1);
        (await DecisionOfAsync(posts[0])).ShouldBe(("approved", null));
        await deciding.Together("Reject 1…").ClickAsync();
        await Expect(deciding.Reason).ToHaveValueAsync("Both too loud");
        await roadmap.Answer("Reject 1 post").ClickAsync();
        await deciding.ShouldHavePickedAsync(0);
        (await DecisionOfAsync(posts[0])).ShouldBe(("rejected", "Both too loud"));
        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task All_drafts_are_approved_after_a_question_that_says_how_many_and_which_not()
    {
        var (campaign, posts) = await Pages.MakeAsync("All at once");
        await Pages.SendAsync("/api/graph", new { pk = posts[4], reject_message = "dull" });
        var opened = await OpenAsync($"/campaigns/{campaign}/posts");
        var (roadmap, deciding) = (new Roadmap(opened.Page), new DecidingOnScreen(opened.Page));
        await Expect(deciding.Dock).ToContainTextAsync("0 of 6 approved, 1 rejected");

        await deciding.Together("Approve all…").ClickAsync();
        await Expect(roadmap.Dialog).ToContainTextAsync("Approve 5 posts?");
        await Expect(roadmap.Dialog).ToContainTextAsync("1 rejected post stays rejected.");
        await roadmap.Answer("Approve 5 posts").ClickAsync();

        await Expect(deciding.Dock).ToContainTextAsync("5 of 6 approved, 1 rejected");
        await Expect(deciding.Together("Approve all…")).ToHaveCountAsync(0);
        (await DecisionOfAsync(posts[4])).ShouldBe(("rejected", "dull"));
        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task Posts_are_selected_in_the_list_and_decided_together()
    {
        var (campaign, posts) = await Pages.MakeAsync("Listed");
        var opened = await OpenAsync($"/campaigns/{campaign}/posts");
        var deciding = new DecidingOnScreen(opened.Page);
        var boxes = opened.Page.Locator(".post-row").GetByRole(AriaRole.Checkbox);
        await boxes.Nth(0).CheckAsync();
        await boxes.Nth(2).CheckAsync();
        await Expect(deciding.Dock).ToContainTextAsync("2 selected");

        await deciding.Together("Approve 2").ClickAsync();
        await Expect(deciding.Dock).ToContainTextAsync("2 of 6 approved");
        await Expect(opened.Page.Locator(".post-row .chip.ok")).ToHaveCountAsync(2);

        await opened.Page.GetByLabel("Select all").CheckAsync();
        await Expect(deciding.Dock).ToContainTextAsync("6 selected");
        await deciding.Together("Clear").ClickAsync();
        await Expect(boxes.Nth(0)).Not.ToBeCheckedAsync();
        await Expect(opened.Page.GetByLabel("Select all")).Not.ToBeCheckedAsync();
        posts.Count.ShouldBe(6);
        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task A_thumb_selects_and_decides()
    {
        var (campaign, posts) = await Pages.MakeAsync("With a thumb");
        var opened = await OpenAsync(Roadmap.PathOf(campaign), new Device(360, 740) { Touch = true, ReducedMotion = true });
        var (roadmap, deciding) = (new Roadmap(opened.Page), new DecidingOnScreen(opened.Page));
        await roadmap.ShouldShowPostsAsync(6);

        await roadmap.Card(posts[0]).GetByRole(AriaRole.Checkbox).TapAsync();
        await deciding.ShouldHavePickedAsync(1);
        await PageWidth.ShouldFitAsync(opened.Page);
        var dock = (await deciding.Dock.BoundingBoxAsync())!;
        dock.X.ShouldBeGreaterThanOrEqualTo(0);
        (dock.X + dock.Width).ShouldBeLessThanOrEqualTo(360);
        await Axe.ShouldHaveNoSeriousViolationsAsync(opened.Page);
        await deciding.Together("Approve 1").TapAsync();
        await Expect(deciding.Dock).ToContainTextAsync("1 of 6 approved");

        await opened.GoAsync($"/campaigns/{campaign}/posts");
        await opened.Page.GetByLabel("Select all").TapAsync();
        await Expect(deciding.Dock).ToContainTextAsync("6 selected");
        await PageWidth.ShouldFitAsync(opened.Page);
        await Axe.ShouldHaveNoSeriousViolationsAsync(opened.Page);
        opened.ShouldBeQuiet();
    }

    private static Task<string> SizeOfAsync(ILocator element) =>
        element.EvaluateAsync<string>("element => [element, ...element.querySelectorAll('h3, p, img')].map(part => `${part.tagName} ${part.clientWidth} x ${part.clientHeight}`).join(', ')");

    private async Task<(string? Approval, string? Reason)> DecisionOfAsync(int pk)
    {
        JsonElement post = await Pages.PostAsync(pk);
        return (post.GetProperty("approval").GetString(), post.GetProperty("reject_reason").GetString());
    }
}

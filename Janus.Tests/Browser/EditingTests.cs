using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Janus.Tests.Browser;

/// <summary>A person's words, and words and pictures made anew: nothing that was there is ever lost.</summary>
public sealed class EditingTests(PagesUnderTest pages) : PageTests(pages)
{
    private const int LimitOfX = 280;

    [Fact]
    public async Task A_text_that_is_too_long_is_counted_while_it_is_typed_and_not_stored()
    {
        var posts = await Pages.PostsOfAsync(Pages.CampaignId);
        var before = VersionsOf(await Pages.PostAsync(posts[0]), "A");
        var opened = await OpenAsync(Roadmap.PathOf(Pages.CampaignId, posts[0]));
        var roadmap = new Roadmap(opened.Page);

        await (await roadmap.EditAsync("A")).FillAsync(new string('x', LimitOfX + 20));
        await Expect(roadmap.Face("A")).ToContainTextAsync("300 / 280, 20 over");
        await roadmap.Button("A", "Save").ClickAsync();

        await Expect(roadmap.Face("A").GetByRole(AriaRole.Alert)).ToContainTextAsync("20 more than the 280 allowed");
        await Expect(roadmap.Editor("A")).ToHaveValueAsync(new string('x', LimitOfX + 20));
        VersionsOf(await Pages.PostAsync(posts[0]), "A").ShouldBe(before);
        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task Whoever_edits_a_text_that_has_changed_is_shown_both_and_may_win()
    {
        var (campaign, posts) = await Pages.MakeAsync("Two at one text");
        var one = await OpenAsync(Roadmap.PathOf(campaign, posts[0]));
        var two = await OpenBesideAsync(one, Roadmap.PathOf(campaign, posts[0]));
        var (first, second) = (new Roadmap(one.Page), new Roadmap(two.Page));
        var (firstBox, secondBox) = (await first.EditAsync("A"), await second.EditAsync("A"));

        await secondBox.FillAsync("The second one's words");
        await firstBox.FillAsync("The first one's words");
        await first.Button("A", "Save").ClickAsync();
        await Expect(first.Text("A")).ToHaveTextAsync("The first one's words");

        await Expect(second.Face("A").GetByRole(AriaRole.Alert)).ToContainTextAsync("Somebody else has changed this text");
        await Expect(second.Face("A").Locator(".theirs")).ToHaveTextAsync("The first one's words");
        await Expect(second.Face("A").Locator(".mine")).ToHaveTextAsync("The second one's words");
        await Expect(secondBox).ToHaveValueAsync("The second one's words");
        await second.Button("A", "Save mine as the newest").ClickAsync();

        await Expect(second.Text("A")).ToHaveTextAsync("The second one's words");
        await Expect(second.History).ToContainTextAsync("The first one's words");
        await Expect(first.Text("A")).ToHaveTextAsync("The second one's words");
        one.ShouldBeQuiet();
        two.ShouldBeQuiet();
    }

    [Fact]
    public async Task Leaving_unsaved_words_asks_first_and_keeps_them_as_a_draft()
    {
        var posts = await Pages.PostsOfAsync(Pages.CampaignId);
        var opened = await OpenAsync(Roadmap.PathOf(Pages.CampaignId, posts[1]));
        var roadmap = new Roadmap(opened.Page);
        var editor = await roadmap.EditAsync("B");
        await editor.FillAsync("Not saved yet");
        var close = opened.Page.GetByRole(AriaRole.Link, new() { Name = "Close", Exact = true });

        await close.ClickAsync();
        await Expect(roadmap.Dialog).ToContainTextAsync("Leave without saving?");
        await roadmap.Answer("Stay").ClickAsync();
        await Expect(roadmap.Dialog).ToHaveCountAsync(0);
        await Expect(editor).ToHaveValueAsync("Not saved yet");

        await close.ClickAsync();
        await roadmap.Answer("Leave").ClickAsync();
        await Expect(roadmap.Drawer).ToHaveCountAsync(0);

        await roadmap.Link(posts[1]).ClickAsync();
        await Expect(await roadmap.EditAsync("B")).ToHaveValueAsync("Not saved yet");
        await Expect(opened.Page.GetByText("Your unsaved words are back")).ToBeVisibleAsync();
        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task Closing_the_tab_on_unsaved_words_asks_first()
    {
        var posts = await Pages.PostsOfAsync(Pages.CampaignId);
        var opened = await OpenAsync(Roadmap.PathOf(Pages.CampaignId, posts[2]));
        var asked = new TaskCompletionSource<IDialog>(TaskCreationOptions.RunContinuationsAsynchronously);
        opened.Page.Dialog += (_, dialog) => asked.TrySetResult(dialog);
        var roadmap = new Roadmap(opened.Page);
        await (await roadmap.EditAsync("A")).FillAsync(new string('x', LimitOfX + 1));
        // The API has counted the words, so the page's server has seen them and holds the page.
        await Expect(roadmap.Face("A")).ToContainTextAsync("1 over");

        await opened.Page.CloseAsync(new() { RunBeforeUnload = true });

        var question = await asked.Task.WaitAsync(TimeSpan.FromSeconds(20));
        question.Type.ShouldBe("beforeunload");
        await question.DismissAsync();
        await Expect(roadmap.Editor("A")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_older_version_is_brought_back_from_the_history()
    {
        var (campaign, posts) = await Pages.MakeAsync("Back again");
        var first = CurrentOf(await Pages.PostAsync(posts[0]), "A").GetProperty("text").GetString()!;
        await Pages.SendAsync($"/api/posts/{posts[0]}/variants/A", new { text = "A passing idea", base_generation = Generation(await Pages.PostAsync(posts[0]), "A") });
        var opened = await OpenAsync(Roadmap.PathOf(campaign, posts[0]));
        var roadmap = new Roadmap(opened.Page);
        await Expect(roadmap.Text("A")).ToHaveTextAsync("A passing idea");
        await Expect(roadmap.Face("A")).ToContainTextAsync("Edited");

        await roadmap.History.Locator("li", new() { HasText = first }).First.GetByText("Use this").ClickAsync();

        await Expect(roadmap.Text("A")).ToHaveTextAsync(first);
        await Expect(roadmap.Face("A")).Not.ToContainTextAsync("Edited");
        await Expect(roadmap.History).ToContainTextAsync("A passing idea");
        CurrentOf(await Pages.PostAsync(posts[0]), "A").GetProperty("text").GetString().ShouldBe(first);
        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task A_new_text_follows_the_hint_and_the_old_one_stays_in_the_history()
    {
        var (campaign, posts) = await Pages.MakeAsync("Said anew");
        var opened = await OpenAsync(Roadmap.PathOf(campaign, posts[0]));
        var roadmap = new Roadmap(opened.Page);
        var (old, other) = (await roadmap.Text("A").InnerTextAsync(), await roadmap.Text("B").InnerTextAsync());

        await roadmap.Button("A", "New text").ClickAsync();
        await Expect(opened.Page.GetByLabel("What should be different?")).ToBeFocusedAsync();
        await opened.Page.Keyboard.TypeAsync("Shorter");
        await roadmap.Button("A", "Write A anew").ClickAsync();

        await Expect(roadmap.History).ToContainTextAsync("text written anew: “Shorter”");
        await Expect(roadmap.Text("A")).Not.ToHaveTextAsync(old);
        await Expect(roadmap.History.Locator(".old-text", new() { HasText = old })).Not.ToHaveCountAsync(0);
        (await roadmap.Text("A").InnerTextAsync()).Length.ShouldBeLessThan(old.Length);
        await Expect(roadmap.Text("B")).ToHaveTextAsync(other);
        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task A_new_picture_takes_the_place_of_the_old_one()
    {
        var (campaign, posts) = await Pages.MakeAsync("Drawn anew");
        var opened = await OpenAsync(Roadmap.PathOf(campaign, posts[0]));
        var roadmap = new Roadmap(opened.Page);
        var picture = roadmap.Face("B").Locator(".pic img");
        var (old, text) = (await picture.GetAttributeAsync("src"), await roadmap.Text("B").InnerTextAsync());

        await roadmap.Button("B", "New picture").ClickAsync();
        await roadmap.Button("B", "Make a new picture for B").ClickAsync();

        await Expect(picture).Not.ToHaveAttributeAsync("src", old!);
        await Expect(picture).ToHaveJSPropertyAsync("complete", true);
        (await picture.EvaluateAsync<int>("image => image.naturalWidth")).ShouldBeGreaterThan(0);
        await Expect(roadmap.Card(posts[0]).Locator(".th.B img")).ToHaveAttributeAsync("src", (await picture.GetAttributeAsync("src"))!);
        await Expect(roadmap.Text("B")).ToHaveTextAsync(text);
        await Expect(roadmap.History).ToContainTextAsync("picture made anew");
        opened.ShouldBeQuiet();
    }

    private static JsonElement FaceOf(JsonElement post, string letter) =>
        post.GetProperty("faces").EnumerateArray().Single(face => face.GetProperty("letter").GetString() == letter);

    private static JsonElement CurrentOf(JsonElement post, string letter) => FaceOf(post, letter).GetProperty("current");

    private static int Generation(JsonElement post, string letter) => CurrentOf(post, letter).GetProperty("generation").GetInt32();

    private static string VersionsOf(JsonElement post, string letter) => FaceOf(post, letter).GetProperty("history").GetRawText();
}

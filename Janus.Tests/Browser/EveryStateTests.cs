using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Janus.Tests.Browser;

/// <summary>What a page's address alone does not show keeps nobody out either.</summary>
public sealed class EveryStateTests(PagesUnderTest pages) : PageTests(pages)
{
    private static readonly Dictionary<string, Func<EveryStateTests, Device, Task<WatchedPage>>> _states = new(StringComparer.Ordinal)
    {
        ["a post is open"] = (tests, device) => tests.OpenPostAsync(device),
        ["a post is open in the list"] = (tests, device) => tests.OpenPostAsync(device, "/posts"),
        ["a text is edited"] = async (tests, device) =>
        {
            var opened = await tests.OpenPostAsync(device);
            await (await new Roadmap(opened.Page).EditAsync("A")).FillAsync(new string('x', 300));
            await Expect(opened.Page.Locator("#length-A")).ToContainTextAsync("20 over");
            return opened;
        },
        ["a post is rejected"] = async (tests, device) =>
        {
            var opened = await tests.OpenPostAsync(device);
            var deciding = new DecidingOnScreen(opened.Page);
            await deciding.Decide("Reject…").ClickAsync();
            await Expect(deciding.Reason).ToBeFocusedAsync();
            await deciding.Decide("Reject this post").ClickAsync();
            await Expect(deciding.Verdict.GetByRole(AriaRole.Alert)).ToContainTextAsync("Say in a few words");
            return opened;
        },
        ["posts are selected"] = async (tests, device) =>
        {
            var opened = await tests.OpenAsync(Roadmap.PathOf(tests.Pages.CampaignId), device);
            await new Roadmap(opened.Page).Cards.First.ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
            await new DecidingOnScreen(opened.Page).ShouldHavePickedAsync(1);
            return opened;
        },
        ["posts are selected in the list and rejected"] = async (tests, device) =>
        {
            var opened = await tests.OpenAsync($"/campaigns/{tests.Pages.CampaignId}/posts", device);
            await opened.Page.GetByLabel("Select all").CheckAsync();
            await new DecidingOnScreen(opened.Page).Together("Reject 6…").ClickAsync();
            await Expect(new Roadmap(opened.Page).Dialog).ToBeVisibleAsync();
            return opened;
        },
        ["a text is asked for anew"] = async (tests, device) =>
        {
            var opened = await tests.OpenPostAsync(device);
            await new Roadmap(opened.Page).Button("B", "New text").ClickAsync();
            await Expect(opened.Page.GetByLabel("What should be different?")).ToBeFocusedAsync();
            return opened;
        },
        ["a question is asked"] = async (tests, device) =>
        {
            var opened = await tests.OpenPostAsync(device);
            var roadmap = new Roadmap(opened.Page);
            await (await roadmap.EditAsync("A")).FillAsync("Not saved");
            await roadmap.Button("A", "Cancel").ClickAsync();
            await Expect(roadmap.Dialog).ToBeVisibleAsync();
            return opened;
        },
        ["a picture is large"] = async (tests, device) =>
        {
            var opened = await tests.OpenPostAsync(device);
            await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Show picture A large" }).ClickAsync();
            await Expect(opened.Page.Locator("dialog[open] img")).ToBeVisibleAsync();
            return opened;
        },
        ["a search finds nothing"] = async (tests, device) =>
        {
            var opened = await tests.OpenAsync("/?q=nothing-is-called-this", device);
            await Expect(opened.Page.GetByText("No campaign matches")).ToBeVisibleAsync();
            return opened;
        },
        ["a brief has errors"] = async (tests, device) =>
        {
            var opened = await tests.OpenAsync(BriefOnScreen.Path, device);
            var brief = new BriefOnScreen(opened.Page);
            await brief.More.ClickAsync();
            await brief.Name.FillAsync(new string('n', 205));
            await brief.PlanAsync();
            await Expect(brief.Product).ToBeFocusedAsync();
            return opened;
        },
    };

    public static TheoryData<string> States => [.. _states.Keys];

    [Theory]
    [MemberData(nameof(States))]
    public async Task A_page_keeps_nobody_out_in_either_theme_while(string state)
    {
        Axe.SkipWhereMissing();
        var opened = await _states[state](this, Device.Desktop with { ReducedMotion = true });

        await Axe.ShouldKeepNobodyOutAsync(opened.Page);
        opened.ShouldBeQuiet();
    }

    private async Task<WatchedPage> OpenPostAsync(Device device, string view = "")
    {
        var posts = await Pages.PostsOfAsync(Pages.CampaignId);
        var opened = await OpenAsync($"/campaigns/{Pages.CampaignId}{view}?post={posts[0]}", device);
        await Expect(new Roadmap(opened.Page).Text("B")).ToBeVisibleAsync();
        return opened;
    }
}

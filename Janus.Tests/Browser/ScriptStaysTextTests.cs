using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Janus.Tests.Browser;

/// <summary>What a person types is shown as it was typed, and never run.</summary>
public sealed partial class ScriptStaysTextTests(PagesUnderTest pages) : PageTests(pages)
{
    private const string Script = "<script>window.hit=1</script>";
    private const string Picture = """<img src=x onerror="window.hit=1">""";
    private const string Both = Script + Picture;

    [Fact]
    public async Task Script_in_every_field_of_a_brief_is_text_on_every_page()
    {
        var opened = await OpenAsync(BriefOnScreen.Path);
        var (page, brief, roadmap) = (opened.Page, new BriefOnScreen(opened.Page), new Roadmap(opened.Page));
        await brief.FillAsync($"{Both} is a lamp", $"Sell {Both}", $"Lamp {Both}");
        await brief.More.ClickAsync();
        await brief.Audience.FillAsync(Both);
        await brief.Tone.FillAsync(Both);
        await brief.UseWords.FillAsync(Picture);
        await brief.AvoidWords.FillAsync(Script);
        await brief.PlanAsync();
        await Expect(page).ToHaveURLAsync(OneCampaign());
        await Expect(roadmap.Status).ToContainTextAsync("Scheduled");
        await Expect(page.Locator(".top .crumb b")).ToHaveTextAsync($"Lamp {Both}");
        await ShouldNotHaveRunAsync(opened);

        var address = page.Url;
        foreach (var view in (string[])["", "/posts", "/activity"])
        {
            await opened.GoAsync(address + view);
            await Expect(page.Locator(".top .crumb b")).ToHaveTextAsync($"Lamp {Both}");
            await ShouldNotHaveRunAsync(opened);
        }

        foreach (var path in (string[])["/", "/status", $"/?q={Uri.EscapeDataString(Both)}"])
        {
            await opened.GoAsync(path);
            await ShouldNotHaveRunAsync(opened);
        }

        await Expect(page.GetByRole(AriaRole.Link, new() { Name = $"Lamp {Both}" })).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Search campaigns")).ToHaveValueAsync(Both);
        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task Script_in_an_edit_a_hint_and_a_search_is_text()
    {
        var (campaign, posts) = await Pages.MakeAsync("Hostile words");
        var opened = await OpenAsync(Roadmap.PathOf(campaign, posts[0]));
        var (page, roadmap) = (opened.Page, new Roadmap(opened.Page));

        await (await roadmap.EditAsync("A")).FillAsync(Both);
        await page.GetByLabel("Alt text: what the picture shows").FillAsync(Both);
        await roadmap.Button("A", "Save").ClickAsync();
        await Expect(roadmap.Text("A")).ToHaveTextAsync(Both);
        await Expect(roadmap.Face("A").Locator(".alt")).ToContainTextAsync(Both);
        await ShouldNotHaveRunAsync(opened);

        await roadmap.Button("A", "New text").ClickAsync();
        await page.GetByLabel("What should be different?").FillAsync(Both);
        await roadmap.Button("A", "Write A anew").ClickAsync();
        await Expect(roadmap.History).ToContainTextAsync($"text written anew: “{Both}”");
        await Expect(roadmap.History).ToContainTextAsync(Both);
        await ShouldNotHaveRunAsync(opened);

        await opened.GoAsync($"/campaigns/{campaign}/activity");
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync($"“{Both}”");
        await ShouldNotHaveRunAsync(opened);

        await opened.GoAsync("/");
        await page.GetByLabel("Search campaigns").FillAsync($"{Both} of nothing");
        await Expect(page.GetByText($"Nothing here fits “{Both} of nothing”.")).ToBeVisibleAsync();
        await ShouldNotHaveRunAsync(opened);
        opened.ShouldBeQuiet();
    }

    // A picture's error comes after it was inserted: it has come when the page's own pictures are there, and one that is made after it.
    private static async Task ShouldNotHaveRunAsync(WatchedPage opened)
    {
        await opened.Page.EvaluateAsync("""
            () => new Promise(resolve => { const probe = new Image(); probe.onload = probe.onerror = resolve; probe.src = '/janus.svg?probe'; })
            """);
        (await opened.Page.EvaluateAsync<bool>("() => window.hit === undefined")).ShouldBeTrue($"{opened.Page.Url} ran what was typed");
        (await opened.Page.Locator("img[src=x], img[onerror]").CountAsync()).ShouldBe(0);
    }

    [GeneratedRegex("/campaigns/(?!new)[^/?]+$", RegexOptions.None, 1000)]
    private static partial Regex OneCampaign();
}

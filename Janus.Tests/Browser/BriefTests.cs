using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Janus.Tests.Browser;

/// <summary>From a brief to a campaign, and what becomes of the words when it does not work at once.</summary>
public sealed partial class BriefTests(PagesUnderTest pages) : PageTests(pages)
{
    // Notes every state of the pill that can be seen, in the order in which they come.
    private const string WatchPill = """
        () => {
          window.pills = [];
          new MutationObserver(() => {
            const label = document.querySelector('.status .said b')?.textContent;
            if (!label) return;
            const seen = `${label}|${document.querySelector('.status .progress .num')?.textContent ?? ''}`;
            if (window.pills.at(-1) !== seen) window.pills.push(seen);
          }).observe(document.documentElement, { childList: true, subtree: true, characterData: true });
        }
        """;

    [Fact]
    public async Task A_brief_that_is_typed_becomes_a_scheduled_campaign_without_a_reload()
    {
        var opened = await OpenAsync(BriefOnScreen.Path);
        var (brief, roadmap) = (new BriefOnScreen(opened.Page), new Roadmap(opened.Page));
        await opened.MarkAsync();
        await opened.Page.EvaluateAsync(WatchPill);

        await brief.Product.PressSequentiallyAsync("Lumen, a reading lamp that dims by itself when the sun comes up");
        await brief.Goals.PressSequentiallyAsync("Win 500 preorders before the winter");
        await brief.Name.PressSequentiallyAsync("Lumen at dawn");
        await brief.ShouldHoldAsync("Lumen, a reading lamp that dims by itself when the sun comes up", "Win 500 preorders before the winter", "Lumen at dawn");
        await brief.PlanAsync();

        await Expect(opened.Page).ToHaveURLAsync(OneCampaign());
        await Expect(roadmap.Status).ToContainTextAsync("Scheduled");
        var count = await roadmap.Cards.CountAsync();
        count.ShouldBeGreaterThan(0);
        await Expect(roadmap.Canvas.Locator(".th img")).ToHaveCountAsync(2 * count);
        (await opened.IsMarkedAsync()).ShouldBeTrue("the page was reloaded");
        ShouldGrow(await opened.Page.EvaluateAsync<string[]>("() => window.pills"));
        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task What_is_missing_or_too_long_is_told_before_anything_is_sent()
    {
        var before = await Pages.CountAsync();
        var opened = await OpenAsync(BriefOnScreen.Path);
        var brief = new BriefOnScreen(opened.Page);

        await brief.PlanAsync();
        await Expect(opened.Page.GetByText("Say what the product is")).ToBeVisibleAsync();
        await Expect(opened.Page.GetByText("Say what the campaign should achieve")).ToBeVisibleAsync();
        await Expect(brief.Product).ToBeFocusedAsync();
        await Expect(brief.Product).ToHaveAttributeAsync("aria-invalid", "true");

        await brief.Product.FillAsync("Lumen, a reading lamp");
        await brief.PlanAsync();
        await Expect(brief.Goals).ToBeFocusedAsync();

        await brief.Goals.FillAsync("Win 500 preorders");
        await brief.Name.FillAsync(new string('n', 205));
        await Expect(opened.Page.GetByText("5 too many")).ToBeVisibleAsync();
        await brief.PlanAsync();
        await Expect(brief.Name).ToBeFocusedAsync();
        await Expect(brief.Name).ToHaveAttributeAsync("aria-invalid", "true");

        await brief.Name.FillAsync("Lumen");
        await brief.More.ClickAsync();
        await brief.UseWords.FillAsync("gentle, dawn");
        await brief.AvoidWords.FillAsync("cheap, Dawn");
        await brief.PlanAsync();
        await Expect(brief.AvoidWords).ToBeFocusedAsync();

        await Expect(opened.Page).ToHaveURLAsync(new Uri(Pages.BaseUri, BriefOnScreen.Path).ToString());
        (await Pages.CountAsync()).ShouldBe(before);
        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task What_the_API_refuses_keeps_everything_that_was_typed()
    {
        const string name = "A bell\u0007 rings";
        var opened = await OpenAsync(BriefOnScreen.Path);
        var brief = new BriefOnScreen(opened.Page);
        await brief.FillAsync("Lumen, a reading lamp", "Win 500 preorders", name);
        await brief.Platform("LinkedIn").CheckAsync();
        await brief.More.ClickAsync();
        await brief.Audience.FillAsync("Early risers");
        await brief.PlanAsync();

        await Expect(opened.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("What you typed is still here");
        await Expect(opened.Page.GetByText("The name must not contain control characters")).ToBeVisibleAsync();
        await Expect(brief.Name).ToBeFocusedAsync();
        await brief.ShouldHoldAsync("Lumen, a reading lamp", "Win 500 preorders", name);
        await Expect(brief.Platform("LinkedIn")).ToBeCheckedAsync();
        await Expect(brief.Audience).ToHaveValueAsync("Early risers");
        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task A_draft_is_back_when_the_page_is_opened_again_until_it_is_planned()
    {
        var opened = await OpenAsync(BriefOnScreen.Path);
        var brief = new BriefOnScreen(opened.Page);
        await brief.FillAsync("Tern, a folding kayak", "Sell the first hundred", "Tern unfolds");
        await brief.Platform("Bluesky").CheckAsync();
        await brief.More.ClickAsync();
        await brief.Tone.FillAsync("Bold");
        await brief.AvoidWords.FillAsync("revolutionary");
        var elsewhere = await OpenBesideAsync(opened, "/status");
        await opened.Page.CloseAsync();

        await elsewhere.GoAsync(BriefOnScreen.Path);
        var again = new BriefOnScreen(elsewhere.Page);
        await Expect(elsewhere.Page.GetByText("Your draft is back")).ToBeVisibleAsync();
        await again.ShouldHoldAsync("Tern, a folding kayak", "Sell the first hundred", "Tern unfolds");
        await Expect(again.Platform("Bluesky")).ToBeCheckedAsync();
        await Expect(again.Tone).ToHaveValueAsync("Bold");
        await Expect(again.AvoidWords).ToHaveValueAsync("revolutionary");

        await again.PlanAsync();
        await Expect(elsewhere.Page).ToHaveURLAsync(OneCampaign());
        await elsewhere.GoAsync(BriefOnScreen.Path);
        await Expect(again.Product).ToHaveValueAsync("");
        elsewhere.ShouldBeQuiet();
    }

    // From "3 of 24" to "9 of 24" and at last none, because a scheduled campaign has all of them.
    private static void ShouldGrow(string[] pills)
    {
        var said = JsonSerializer.Serialize(pills);
        pills[^1].ShouldStartWith("Scheduled|", customMessage: said);
        pills.Select(pill => pill.Split('|')[0]).Distinct().ShouldBeSubsetOf(["Planning", "Generating Content", "Scheduled"], said);
        var counts = pills.Where(pill => pill.StartsWith("Generating", StringComparison.Ordinal)).Select(pill => int.Parse(pill.Split('|')[1].Split(' ')[0], CultureInfo.InvariantCulture)).ToList();
        counts.Count.ShouldBeGreaterThan(1, said);
        counts.ShouldBeInOrder(SortDirection.Ascending, said);
    }

    [GeneratedRegex("/campaigns/(?!new)[^/?]+$", RegexOptions.None, 1000)]
    private static partial Regex OneCampaign();
}

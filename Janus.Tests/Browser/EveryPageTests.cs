using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Janus.Tests.Browser;

/// <summary>What holds for every page, whatever it shows.</summary>
public sealed class EveryPageTests(PagesUnderTest pages) : PageTests(pages)
{
    public static TheoryData<string> Routes => [.. PageRoutes.All];

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_page_opens_quietly_with_a_title_and_one_heading_and_keeps_nobody_out_in_either_theme(string route)
    {
        var opened = await OpenAsync(PathOf(route), Device.Desktop with { ReducedMotion = true });

        await Expect(opened.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveCountAsync(1);
        (await opened.Page.TitleAsync()).ShouldContain("Janus");
        opened.ShouldBeQuiet();
        await Axe.ShouldKeepNobodyOutAsync(opened.Page);
        opened.ShouldBeQuiet();
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_page_fits_a_phone(string route)
    {
        var opened = await OpenAsync(PathOf(route), Device.Phone with { ReducedMotion = true });

        await PageWidth.ShouldFitAsync(opened.Page);
        opened.ShouldBeQuiet();
    }

    private string PathOf(string route) => PageRoutes.PathOf(route, Pages.CampaignId);
}

using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Janus.Tests.Browser;

/// <summary>Light or dark, as the reader wants it, from the first moment.</summary>
public sealed class ThemeTests(PagesUnderTest pages) : PageTests(pages)
{
    // A page can be painted from when it has a body; nothing was painted before that.
    private const string NoteFirstTheme = """
        new MutationObserver((_, watch) => {
          if (!document.body) return;
          watch.disconnect();
          window.themeOfBody = document.documentElement.dataset.theme;
        }).observe(document, { childList: true, subtree: true });
        document.addEventListener('DOMContentLoaded', () => { window.themeOfDocument = document.documentElement.dataset.theme; });
        """;

    [Theory]
    [InlineData(ColorScheme.Light, "light", "dark")]
    [InlineData(ColorScheme.Dark, "dark", "light")]
    public async Task The_theme_is_the_systems_until_the_reader_chooses_and_right_before_the_first_paint(ColorScheme scheme, string first, string second)
    {
        var opened = await OpenAsync("/", Device.Desktop with { Scheme = scheme });
        await opened.Page.Context.AddInitScriptAsync(NoteFirstTheme);
        var root = opened.Page.Locator("html");
        await opened.ReloadAsync();
        await Expect(root).ToHaveAttributeAsync("data-theme", first);
        await ShouldHaveBegunAsync(opened, first);

        var toggle = opened.Page.GetByRole(AriaRole.Button, new() { Name = "Dark theme" });
        await toggle.ClickAsync();
        await Expect(root).ToHaveAttributeAsync("data-theme", second);

        await opened.ReloadAsync();
        await Expect(root).ToHaveAttributeAsync("data-theme", second);
        await ShouldHaveBegunAsync(opened, second);

        await toggle.ClickAsync();
        await Expect(root).ToHaveAttributeAsync("data-theme", first);
        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task The_button_says_whether_the_dark_theme_is_on()
    {
        var opened = await OpenAsync("/status", Device.Desktop with { Scheme = ColorScheme.Dark });
        var toggle = opened.Page.GetByRole(AriaRole.Button, new() { Name = "Dark theme" });

        await Expect(toggle).ToHaveAttributeAsync("aria-pressed", "true");
        await toggle.ClickAsync();
        await Expect(toggle).ToHaveAttributeAsync("aria-pressed", "false");
        await opened.ReloadAsync();
        await Expect(toggle).ToHaveAttributeAsync("aria-pressed", "false");
        opened.ShouldBeQuiet();
    }

    private static async Task ShouldHaveBegunAsync(WatchedPage opened, string theme)
    {
        (await opened.Page.EvaluateAsync<string?>("() => window.themeOfBody")).ShouldBe(theme);
        (await opened.Page.EvaluateAsync<string?>("() => window.themeOfDocument")).ShouldBe(theme);
    }
}

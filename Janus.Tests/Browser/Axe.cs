using System.Text.Json;
using Janus.Tests.House;
using Microsoft.Playwright;

namespace Janus.Tests.Browser;

/// <summary>
/// The accessibility rules of axe-core, https://github.com/dequelabs/axe-core: WCAG 2.2 A and AA and its best practices. It comes
/// from npm; package-lock.json beside this file says which one.
/// </summary>
internal static class Axe
{
    private static readonly string Script = Path.Combine(Solution.Root, "Janus.Tests", "Browser", "node_modules", "axe-core", "axe.min.js");

    // The size of targets is WCAG 2.2's, which axe-core has but leaves off.
    private const string Run = """
        async only => JSON.stringify((await axe.run(document, { resultTypes: ['violations'], ...(only ? { runOnly: only } : { rules: { 'target-size': { enabled: true } } }) }))
          .violations.map(violation => ({
            rule: violation.id,
            impact: violation.impact,
            help: `${violation.help}, ${violation.helpUrl}`,
            elements: violation.nodes.map(node => ({ target: node.target.flat().join(' '), html: node.html, why: node.failureSummary })),
          })))
        """;

    // What may be good in one theme and bad in another.
    private static readonly string[] Colours = ["color-contrast", "link-in-text-block"];

    /// <summary>Skips the running test, with the reason, where axe-core is not installed.</summary>
    public static void SkipWhereMissing() => Assert.SkipUnless(File.Exists(Script), "needs axe-core: run 'npm ci' in Janus.Tests/Browser");

    /// <summary>What keeps a person from using the page as it stands now, or makes it hard: violations of serious and critical impact.</summary>
    /// <param name="page">The page.</param>
    /// <param name="only">The rules; all when left out.</param>
    /// <remarks>The script is evaluated by the browser itself and not put into the page, so the page's Content-Security-Policy stays in force.</remarks>
    public static async Task<IReadOnlyList<AxeViolation>> SeriousViolationsAsync(IPage page, string[]? only = null)
    {
        SkipWhereMissing();
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
            await page.EvaluateAsync(await File.ReadAllTextAsync(Script));

        var found = JsonSerializer.Deserialize<AxeViolation[]>(await page.EvaluateAsync<string>(Run, only), JsonSerializerOptions.Web)!;
        return [.. found.Where(violation => violation.Impact is "serious" or "critical")];
    }

    /// <summary>No violation in the light theme and none in the dark one, for a reader who has chosen neither and so has the system's.</summary>
    public static async Task ShouldKeepNobodyOutAsync(IPage page)
    {
        // The second theme changes nothing but colours.
        foreach (var (scheme, theme, only) in new[] { (ColorScheme.Light, "light", null), (ColorScheme.Dark, "dark", Colours) })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", theme);
            await ShouldHaveNoSeriousViolationsAsync(page, only);
        }
    }

    /// <summary>No violation of serious or critical impact; otherwise the message lists rule, help and elements.</summary>
    public static async Task ShouldHaveNoSeriousViolationsAsync(IPage page, string[]? only = null) =>
        string.Join(Environment.NewLine, await SeriousViolationsAsync(page, only)).ShouldBeEmpty($"{page.Url} breaks rules of accessibility in its {await page.EvaluateAsync<string>("() => document.documentElement.dataset.theme")} theme");
}

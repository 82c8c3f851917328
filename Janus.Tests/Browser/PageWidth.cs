using System.Text.Json;
using Microsoft.Playwright;

namespace Janus.Tests.Browser;

/// <summary>Whether a page fits its window, so that nobody has to scroll sideways to read it (WCAG 2.2, 1.4.10 Reflow).</summary>
internal static class PageWidth
{
    // Measured against the window that was asked for: a phone gives a page a wider one when the page names no width of its own.
    // Elements inside something that scrolls by itself may be as wide as they like; the innermost culprits say most.
    private const string WhatSticksOut = """
        width => {
          const page = Math.max(document.documentElement.scrollWidth, document.body.scrollWidth);
          if (page <= width) return JSON.stringify([]);
          const scrolls = element => element !== document.body && element !== document.documentElement && getComputedStyle(element).overflowX !== 'visible';
          const inside = element => element && (scrolls(element) || inside(element.parentElement));
          const wide = [...document.body.querySelectorAll('*')].filter(element =>
            element.getBoundingClientRect().right + scrollX > width + 0.5 && !inside(element.parentElement));
          return JSON.stringify([`the page is ${page} px wide in a window of ${width} px`,
            ...wide.filter(element => !wide.some(other => other !== element && element.contains(other)))
              .map(element => `${Math.round(element.getBoundingClientRect().right + scrollX)} px: ${element.outerHTML.slice(0, 200)}`)]);
        }
        """;

    /// <summary>The page does not scroll sideways; otherwise the message names the elements that stick out.</summary>
    public static async Task ShouldFitAsync(IPage page)
    {
        var found = await page.EvaluateAsync<string>(WhatSticksOut, page.ViewportSize!.Width);
        JsonSerializer.Deserialize<string[]>(found)!.ShouldBeEmpty($"{page.Url} scrolls sideways");
    }
}

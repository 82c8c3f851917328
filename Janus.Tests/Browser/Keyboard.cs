using Microsoft.Playwright;

namespace Janus.Tests.Browser;

/// <summary>A person without a mouse.</summary>
internal static class Keyboard
{
    private const int MostStops = 80;

    /// <summary>Presses Tab until the focus is where it should be, as a person does who sees where it goes.</summary>
    /// <param name="page">The page.</param>
    /// <param name="target">Where to.</param>
    /// <param name="key">Tab, or Shift+Tab for the way back.</param>
    public static async Task TabToAsync(IPage page, ILocator target, string key = "Tab")
    {
        for (var stop = 0; stop < MostStops; stop++)
        {
            if (await HasFocusAsync(target))
                return;
            await page.Keyboard.PressAsync(key);
        }

        Assert.Fail($"{MostStops} times {key} do not lead to {target}");
    }

    /// <summary>Whether one of these has the focus.</summary>
    public static Task<bool> HasFocusAsync(ILocator target) =>
        target.EvaluateAllAsync<bool>("elements => elements.includes(document.activeElement)");
}

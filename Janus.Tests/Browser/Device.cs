using Microsoft.Playwright;

namespace Janus.Tests.Browser;

/// <summary>What a page is looked at with. Sizes are in CSS pixels.</summary>
internal sealed record Device(int Width, int Height)
{
    /// <summary>A laptop's window.</summary>
    public static Device Desktop { get; } = new(1280, 800);

    /// <summary>A phone held upright.</summary>
    public static Device Phone { get; } = new(390, 844) { Touch = true };

    /// <summary>The colour scheme that the reader has chosen.</summary>
    public ColorScheme Scheme { get; init; } = ColorScheme.Light;

    /// <summary>
    /// Whether the reader has asked for stillness. A test that measures colours or places wants it: nothing is then caught in the
    /// middle of a motion.
    /// </summary>
    public bool ReducedMotion { get; init; }

    /// <summary>Fingers instead of a mouse, and a phone's way of laying a page out.</summary>
    public bool Touch { get; init; }

    internal BrowserNewContextOptions ToOptions(Uri baseUri) => new()
    {
        BaseURL = baseUri.ToString(),
        ViewportSize = new ViewportSize { Width = Width, Height = Height },
        ColorScheme = Scheme,
        ReducedMotion = ReducedMotion ? Microsoft.Playwright.ReducedMotion.Reduce : Microsoft.Playwright.ReducedMotion.NoPreference,
        HasTouch = Touch,
        IsMobile = Touch,
    };
}

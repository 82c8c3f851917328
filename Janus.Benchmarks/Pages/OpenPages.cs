using Microsoft.Playwright;

namespace Janus.Benchmarks.Pages;

/// <summary>Chromium without a window, and the pages that are open in it.</summary>
internal sealed class OpenPages : IAsyncDisposable
{
    private static readonly string[] Switches =
        ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];

    // Where there is more than one, the first: its figures are those of the documentation.
    private static readonly string[] Names = ["chromium", "google-chrome", "chromium-headless-shell"];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private OpenPages(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>Starts the browser; null when there is none on PATH.</summary>
    public static async Task<OpenPages?> StartAsync()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var program = Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
        if (program is null)
            return null;
        var playwright = await Playwright.CreateAsync();
        return new OpenPages(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = Switches }));
    }

    /// <summary>Opens a page in a context of its own, and waits until it is alive.</summary>
    public async Task<IPage> OpenAsync(Uri address)
    {
        var context = await _browser.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        context.SetDefaultTimeout(120_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync(address.ToString(), new() { WaitUntil = WaitUntilState.Commit });
        await page.WaitForSelectorAsync("janus-canvas.ready");
        await page.WaitForSelectorAsync("html[data-alive]", new() { State = WaitForSelectorState.Attached });
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}

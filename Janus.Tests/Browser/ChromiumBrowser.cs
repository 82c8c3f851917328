using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Janus.Tests.Browser.ChromiumBrowser))]

namespace Janus.Tests.Browser;

/// <summary>
/// This machine's Chromium without a window, started when the first test asks for it and shared by all of them. Each test gets
/// contexts of its own, which share no cookie, no storage and no cache with another one.
/// </summary>
public sealed class ChromiumBrowser : IAsyncDisposable
{
    // Enough for a page on a busy machine; a page that is right is waited for only as long as it takes.
    private const float LimitMilliseconds = 20_000;

    private static readonly string[] Names = OperatingSystem.IsWindows()
        ? ["chrome.exe", "chromium.exe", "msedge.exe"]
        : ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];

    // Nothing but the tests may speak to the network, and root may not have a sandbox.
    private static readonly string[] Switches =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
    ];

    private static readonly string? Program = FindOnPath();

    private readonly SemaphoreSlim _starting = new(1, 1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Whether there is a browser to test with.</summary>
    internal static bool IsInstalled => Program is not null;

    /// <summary>Skips the running test, with the reason, where there is no browser.</summary>
    internal static void SkipWhereMissing() => Assert.SkipUnless(IsInstalled, $"needs a browser on PATH: {string.Join(" or ", Names)}");

    /// <summary>A window that knows nothing of any other.</summary>
    /// <param name="device">What the page is looked at with.</param>
    /// <param name="baseUri">Where relative addresses start.</param>
    internal async Task<IBrowserContext> NewContextAsync(Device device, Uri baseUri)
    {
        var context = await (await StartedAsync()).NewContextAsync(device.ToOptions(baseUri));
        context.SetDefaultTimeout(LimitMilliseconds);
        return context;
    }

    /// <summary>Ends the browser and Playwright's own process.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        _starting.Dispose();
    }

    private async Task<IBrowser> StartedAsync()
    {
        await _starting.WaitAsync();
        try
        {
            if (_browser is null)
            {
                _playwright ??= await Playwright.CreateAsync();
                _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, Headless = true, Args = Switches });
                Assertions.SetDefaultExpectTimeout(LimitMilliseconds);
            }

            return _browser;
        }
        finally
        {
            _starting.Release();
        }
    }

    private static string? FindOnPath() =>
        (from name in Names
         from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
         let program = Path.Combine(folder, name)
         where File.Exists(program)
         select program).FirstOrDefault();
}

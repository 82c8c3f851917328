using System.Text.RegularExpressions;
using Janus.Tests.House;
using Microsoft.Playwright;

namespace Janus.Tests.Browser;

/// <summary>
/// Opens pages for a test and closes them after it. A test that failed leaves a picture of each page in TestResults/screenshots;
/// when JANUS_SCREENSHOTS names a folder, every test leaves its pictures there.
/// </summary>
public abstract partial class PageTests<TPages>(TPages pages) : IAsyncLifetime
    where TPages : RunningPages
{
    private readonly List<WatchedPage> _open = [];

    /// <summary>The Janus behind the pages.</summary>
    protected TPages Pages => pages;

    public ValueTask InitializeAsync()
    {
        ChromiumBrowser.SkipWhereMissing();
        return ValueTask.CompletedTask;
    }

    /// <summary>Opens a page in a window of its own and returns when it is alive and everything that its document names has been loaded.</summary>
    /// <param name="path">The address, below the address of the pages.</param>
    /// <param name="device">What it is looked at with; a laptop unless told otherwise.</param>
    private protected async Task<WatchedPage> OpenAsync(string path, Device? device = null) =>
        await OpenInAsync(await pages.Browser.NewContextAsync(device ?? Device.Desktop, pages.BaseUri), path);

    /// <summary>Opens another tab beside a page: the same person, with the same browser.</summary>
    private protected Task<WatchedPage> OpenBesideAsync(WatchedPage beside, string path) => OpenInAsync(beside.Page.Context, path);

    private async Task<WatchedPage> OpenInAsync(IBrowserContext context, string path)
    {
        var opened = await WatchedPage.OpenAsync(context);
        _open.Add(opened);
        await opened.GoAsync(path);
        return opened;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        var failed = TestContext.Current.TestState?.Result == TestResult.Failed;
        var folder = Environment.GetEnvironmentVariable("JANUS_SCREENSHOTS") is { Length: > 0 } named ? named
            : failed ? Path.Combine(Solution.Root, "TestResults", "screenshots")
            : null;
        try
        {
            foreach (var (number, opened) in _open.Index())
                await KeepLooksAsync(opened, folder is null ? null : Path.Combine(folder, $"{FileName()}-{number + 1}.png"), failed);
            foreach (var context in _open.Select(opened => opened.Page.Context).Distinct())
                await context.DisposeAsync();
        }
        finally
        {
            if (failed && _open.Count > 0)
                TestContext.Current.TestOutputHelper?.WriteLine(pages.Janus.Lines.Tail);
        }
    }

    private static async Task KeepLooksAsync(WatchedPage opened, string? screenshot, bool failed)
    {
        if (screenshot is null || opened.Page.IsClosed)
            return;
        await opened.Page.ScreenshotAsync(new() { Path = screenshot, FullPage = true });
        TestContext.Current.TestOutputHelper?.WriteLine($"{opened.Page.Url} looked like {screenshot}");
        if (failed && opened.Complaints.Count > 0)
            TestContext.Current.TestOutputHelper?.WriteLine($"It complained:{Environment.NewLine}{string.Join(Environment.NewLine, opened.Complaints)}");
    }

    /// <summary>The test's name, as a file may be named everywhere.</summary>
    private static string FileName() => NotForFiles().Replace(TestContext.Current.Test?.TestDisplayName ?? "page", "-").Trim('-');

    [GeneratedRegex(@"[^\w.]+", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NotForFiles();
}

/// <summary>Tests of the pages of a quick Janus.</summary>
[Collection(PagesCollection.Name)]
public abstract class PageTests(PagesUnderTest pages) : PageTests<PagesUnderTest>(pages);

/// <summary>Tests of the pages of a slow Janus.</summary>
[Collection(SlowPagesCollection.Name)]
public abstract class SlowPageTests(SlowPages pages) : PageTests<SlowPages>(pages);

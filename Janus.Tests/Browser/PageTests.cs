using System.Text.RegularExpressions;
using Janus.Tests.House;
using Microsoft.Playwright;

namespace Janus.Tests.Browser;

/// <summary>
/// Opens pages for a test and closes them after it. A test that failed leaves a picture of each page in TestResults/screenshots;
/// when JANUS_SCREENSHOTS names a folder, every test leaves its pictures there.
/// </summary>
[Collection(PagesCollection.Name)]
public abstract partial class PageTests(PagesUnderTest pages) : IAsyncLifetime
{
    private readonly List<WatchedPage> _open = [];

    /// <summary>The Janus behind the pages.</summary>
    protected PagesUnderTest Pages => pages;

    public ValueTask InitializeAsync()
    {
        ChromiumBrowser.SkipWhereMissing();
        return ValueTask.CompletedTask;
    }

    /// <summary>Opens a page in a window of its own and returns when its document and everything that this names has been loaded.</summary>
    /// <param name="path">The address, below the address of the pages.</param>
    /// <param name="device">What it is looked at with; a laptop unless told otherwise.</param>
    private protected async Task<WatchedPage> OpenAsync(string path, Device? device = null)
    {
        var context = await pages.Browser.NewContextAsync(device ?? Device.Desktop, pages.BaseUri);
        var opened = await WatchedPage.OpenAsync(context);
        _open.Add(opened);
        await opened.Page.GotoAsync(path);
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
                await CloseAsync(opened.Page, folder is null ? null : Path.Combine(folder, $"{FileName()}-{number + 1}.png"));
        }
        finally
        {
            if (failed && _open.Count > 0)
                TestContext.Current.TestOutputHelper?.WriteLine(pages.Janus.Lines.Tail);
        }
    }

    private static async Task CloseAsync(IPage page, string? screenshot)
    {
        if (screenshot is not null && !page.IsClosed)
        {
            await page.ScreenshotAsync(new() { Path = screenshot, FullPage = true });
            TestContext.Current.TestOutputHelper?.WriteLine($"{page.Url} looked like {screenshot}");
        }

        await page.Context.DisposeAsync();
    }

    /// <summary>The test's name, as a file may be named everywhere.</summary>
    private static string FileName() => NotForFiles().Replace(TestContext.Current.Test?.TestDisplayName ?? "page", "-").Trim('-');

    [GeneratedRegex(@"[^\w.]+", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NotForFiles();
}

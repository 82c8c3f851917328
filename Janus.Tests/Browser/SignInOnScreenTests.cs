using System.Globalization;
using Janus.Campaigns.Accounts;
using Janus.Tests.Pages.Access;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Janus.Tests.Browser;

/// <summary>The tests that look at pages which people sign in to: like the others on screen, one after the other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SignInOnScreenCollection : ICollectionFixture<SignInPages>
{
    public const string Name = "sign in on screen";
}

/// <summary>Pages that people sign in to, in a real browser.</summary>
[Collection(SignInOnScreenCollection.Name)]
public sealed class SignInOnScreenTests(SignInPages pages, ChromiumBrowser browser) : IAsyncLifetime
{
    private static readonly Device Small = new(360, 740) { Touch = true, ReducedMotion = true };
    private static readonly Device Still = Device.Desktop with { ReducedMotion = true };
    private static int _browsers;
    private readonly List<IBrowserContext> _contexts = [];

    public ValueTask InitializeAsync()
    {
        ChromiumBrowser.SkipWhereMissing();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var context in _contexts)
            await context.DisposeAsync();
    }

    [Fact]
    public async Task The_first_admin_comes_in_with_the_token_from_the_log()
    {
        await using var janus = await FreshJanus.StartAsync();
        var page = await OpenAsync(janus.Web.Address, "/", Small);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Welcome to Janus" })).ToBeVisibleAsync();
        await ShouldBeGoodAsync(page, "welcome");

        await page.GetByLabel("One-time token").FillAsync(janus.FirstAdminToken);
        await page.GetByLabel("Your name here").FillAsync("ada");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(SignInPages.Password);
        await page.GetByLabel("The same password again").FillAsync(SignInPages.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the first account" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Campaigns", Exact = true })).ToBeVisibleAsync();
        // What is opened before the page lives is closed by its first breath.
        await AwaitLifeAsync(page);
        await page.GetByLabel("ada, admin: your menu").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Audit log" })).ToBeVisibleAsync();
        await KeepAsync(page, "menu");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Signing_in_says_what_is_wrong_and_then_leads_on()
    {
        var page = await OpenAsync("/status", Small);
        await page.GetByLabel("Name").FillAsync("vic");
        await page.GetByLabel("Password").FillAsync("no such password");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("do not go together");
        await Expect(page.GetByLabel("Name")).ToHaveValueAsync("vic");
        await Expect(page.GetByLabel("Password")).ToBeFocusedAsync();
        await ShouldBeGoodAsync(page, "sign-in");

        await page.GetByLabel("Password").FillAsync(SignInPages.Password);
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Status" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_admin_makes_accounts_and_reads_what_was_done()
    {
        var page = await SignedInAsync("ada", "/accounts");
        await page.GetByLabel("Name").FillAsync("newcomer");
        await page.GetByLabel("First password").FillAsync(SignInPages.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the account" }).ClickAsync();
        await page.GetByLabel("Role of newcomer").SelectOptionAsync("viewer");
        await Expect(page.GetByText("newcomer is a viewer now.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Shut out: newcomer" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Shut out", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Let in: newcomer" })).ToBeVisibleAsync();
        await ShouldBeGoodAsync(page, "accounts");

        await page.GotoAsync("/audit?subject=newcomer");
        await AwaitLifeAsync(page);
        await Expect(page.GetByRole(AriaRole.Row)).ToHaveCountAsync(4);
        await ShouldBeGoodAsync(page, "audit");
        await page.GotoAsync("/account");
        await ShouldBeGoodAsync(page, "account");
    }

    [Fact]
    public async Task A_viewer_sees_everything_and_is_offered_nothing_that_would_be_refused()
    {
        var page = await SignedInAsync("vic", $"/campaigns/{pages.CampaignId}");
        await Expect(page.Locator(".post")).Not.ToHaveCountAsync(0);
        await ShouldOfferAsync(page, "Zoom out", "Zoom in", "Dark theme");
        await KeepAsync(page, "viewer-canvas");

        await page.Locator(".post h3 a").First.ClickAsync();
        await Expect(page.Locator(".drawer .face .text").First).ToBeVisibleAsync();
        await ShouldOfferAsync(page, "Zoom out", "Zoom in", "Dark theme", "Show picture A large", "Show picture B large");
        await KeepAsync(page, "viewer-drawer");
        foreach (var view in (string[])["posts", "schedule"])
        {
            await page.GotoAsync($"/campaigns/{pages.CampaignId}/{view}");
            await AwaitLifeAsync(page);
            await Expect(page.Locator("h1[data-first-focus]")).ToBeVisibleAsync();
            await ShouldOfferAsync(page, "Dark theme", "Agenda", "Month");
        }

        var answer = await page.GotoAsync("/accounts");
        answer!.Status.ShouldBe(403);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "This page needs the role admin" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_was_typed_is_still_there_when_the_session_is_over()
    {
        var account = await pages.MakeAccountAsync("writer", Role.Editor);
        var page = await SignedInAsync("writer", "/campaigns/new");
        await page.GetByLabel("What is the product?").FillAsync("A kettle that sings");
        await page.GetByLabel("What should the campaign achieve?").FillAsync("Be heard");
        await pages.ChangeAccountAsync(account.Id, new AccountChange(null, null, "a kettle that whistles"));

        await page.GetByRole(AriaRole.Button, new() { Name = "Plan the campaign" }).ClickAsync();

        await Expect(page.Locator("#refusal")).ToContainTextAsync("Your session is over. Sign in again: what you typed is still here.");
        await Expect(page.GetByLabel("What is the product?")).ToHaveValueAsync("A kettle that sings");
        await KeepAsync(page, "session-over");
        await page.Locator(".session-over").GetByRole(AriaRole.Link).ClickAsync();
        // The page that is left has a name to fill in as well.
        await page.WaitForURLAsync("**/sign-in?**");
        await page.GetByLabel("Name").FillAsync("writer");
        await page.GetByLabel("Password").FillAsync("a kettle that whistles");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByLabel("What is the product?")).ToHaveValueAsync("A kettle that sings");
    }

    [Fact]
    public async Task An_admin_deletes_a_campaign_after_reading_what_is_lost()
    {
        var campaign = await pages.PlanAsync("Gone tomorrow");
        var page = await SignedInAsync("ada", $"/campaigns/{campaign}");
        await page.GetByLabel("More about this campaign").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete the campaign…" }).ClickAsync();
        await Expect(page.GetByText("are gone for good")).ToBeVisibleAsync();
        await KeepAsync(page, "delete");

        await page.GetByRole(AriaRole.Button, new() { Name = "Delete it for good" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Campaigns", Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Gone tomorrow" })).ToHaveCountAsync(0);
        (await page.GotoAsync($"/campaigns/{campaign}"))!.Status.ShouldBe(404);
    }

    private Task<IPage> OpenAsync(string path, Device? device = null) => OpenAsync(pages.Web.Address, path, device);

    private async Task<IPage> OpenAsync(Uri web, string path, Device? device = null)
    {
        var page = await (await NewContextAsync(web, device)).NewPageAsync();
        await page.GotoAsync(path);
        return page;
    }

    private async Task<IBrowserContext> NewContextAsync(Uri web, Device? device)
    {
        var context = await browser.NewContextAsync(device ?? Still, web);
        _contexts.Add(context);
        // Tries to sign in are counted by address: each browser here has one of its own.
        await context.SetExtraHTTPHeadersAsync([new("X-Forwarded-For", string.Create(CultureInfo.InvariantCulture, $"198.51.100.{Interlocked.Increment(ref _browsers)}"))]);
        return context;
    }

    // By a session from elsewhere: the form has tests of its own.
    private async Task<IPage> SignedInAsync(string name, string path)
    {
        using var visitor = await pages.VisitAsAsync(name);
        var context = await NewContextAsync(pages.Web.Address, device: null);
        await context.AddCookiesAsync(visitor.Cookies.GetCookies(pages.Web.Address).Select(cookie => new Cookie
        {
            Name = cookie.Name,
            Value = cookie.Value,
            Url = pages.Web.Address.ToString(),
        }));
        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        await AwaitLifeAsync(page);
        return page;
    }

    private static Task AwaitLifeAsync(IPage page) => page.Locator("html[data-alive]").WaitForAsync(new() { State = WaitForSelectorState.Attached });

    // What stands in the header's menu is not for this page.
    private static async Task ShouldOfferAsync(IPage page, params string[] known)
    {
        var buttons = await page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('button, input, select, textarea')].filter(e => e.type !== 'hidden' && !e.closest('.menu, dialog, .lane, .zoom') && e.checkVisibility()).map(e => e.getAttribute('aria-label') ?? e.textContent.trim())");
        buttons.Distinct().Where(name => !name.Contains('%', StringComparison.Ordinal)).Except(known).ShouldBeEmpty($"{page.Url} offers a viewer what would be refused");
    }

    private static async Task ShouldBeGoodAsync(IPage page, string name)
    {
        await PageWidth.ShouldFitAsync(page);
        await Axe.ShouldKeepNobodyOutAsync(page);
        await KeepAsync(page, $"{name}-dark");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await KeepAsync(page, name);
    }

    private static async Task KeepAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("JANUS_SCREENSHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"signed-{name}.png"), FullPage = true });
    }
}

using Microsoft.Playwright;

namespace Janus.Tests.Browser;

/// <summary>Whether these tests would see a flaw: each is put into a page that has none.</summary>
public sealed class WatchingTests(PagesUnderTest pages) : PageTests(pages)
{
    [Fact]
    public async Task Errors_of_a_page_are_heard()
    {
        var opened = await OpenAsync("/");
        opened.ShouldBeQuiet();

        await opened.Page.RouteAsync("**/broken", route => route.FulfillAsync(new() { Status = 503 }));
        await opened.Page.RouteAsync("**/unreachable", route => route.AbortAsync(RequestAbortErrorCode.ConnectionRefused));
        await HearAsync(opened, "() => console.error('said')", "console: said");
        await HearAsync(opened, "() => { setTimeout(() => { throw new Error('thrown'); }); }", "uncaught: Error: thrown");
        await HearAsync(opened, "() => { fetch('/broken'); }", "503: GET ");
        await HearAsync(opened, "() => { fetch('/unreachable').catch(() => {}); }", "net::ERR_CONNECTION_REFUSED: GET ");
        await HearAsync(opened, "() => { new Image().src = 'http://elsewhere.invalid/picture.png'; }", "Content Security Policy");

        Should.Throw<ShouldAssertException>(opened.ShouldBeQuiet).Message.ShouldContain("thrown");
    }

    [Fact]
    public async Task A_picture_without_words_and_a_text_without_contrast_are_seen()
    {
        var opened = await OpenAsync("/");
        await AddAsync(opened, "<img src='janus.svg'><p id='faint'>faint</p>");
        await opened.Page.EvaluateAsync("() => { document.getElementById('faint').style.cssText = 'color: #ccc; background: #fff'; }");

        var violations = await Axe.SeriousViolationsAsync(opened.Page);

        violations.Select(violation => violation.Rule).ShouldBe(["color-contrast", "image-alt"], ignoreOrder: true);
        violations.Single(violation => violation.Rule == "color-contrast").Elements.ShouldHaveSingleItem().Target.ShouldBe("#faint");
        (await Assert.ThrowsAsync<ShouldAssertException>(() => Axe.ShouldHaveNoSeriousViolationsAsync(opened.Page))).Message.ShouldContain("#faint");
    }

    [Fact]
    public async Task What_sticks_out_of_a_phone_is_named()
    {
        var opened = await OpenAsync("/", Device.Phone);
        await AddAsync(opened, "<p id='wide'>wide</p>");
        await opened.Page.EvaluateAsync("() => { document.getElementById('wide').style.width = '500px'; }");

        (await Assert.ThrowsAsync<ShouldAssertException>(() => PageWidth.ShouldFitAsync(opened.Page))).Message.ShouldContain("<p id=\"wide\"");
    }

    private static async Task AddAsync(WatchedPage opened, string html) =>
        await opened.Page.EvaluateAsync("html => document.querySelector('main').insertAdjacentHTML('beforeend', html)", html);

    private static async Task HearAsync(WatchedPage opened, string script, string complaint)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        await opened.Page.EvaluateAsync(script);
        while (!opened.Complaints.Any(heard => heard.Contains(complaint, StringComparison.Ordinal)))
            (await timer.WaitForNextTickAsync(deadline.Token)).ShouldBeTrue();
    }
}

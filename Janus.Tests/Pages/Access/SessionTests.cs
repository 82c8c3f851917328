using System.Net;
using Janus.Campaigns.Accounts;
using Janus.Web.Access;
using Microsoft.AspNetCore.Http;

namespace Janus.Tests.Pages.Access;

/// <summary>How long a session lasts, and what carries it.</summary>
[Collection(SignInCollection.Name)]
public sealed class SessionTests(SignInPages pages)
{
    [Fact]
    public async Task A_session_goes_on_when_the_pages_start_again()
    {
        using var visitor = await pages.VisitAsAsync(Role.Viewer);
        await using var again = pages.Start();
        using var same = Same(visitor, again);

        (await same.ReadAsync("/")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_session_goes_on_while_the_API_does_not_answer()
    {
        using var visitor = await pages.VisitAsAsync(Role.Viewer);
        // A port on which nobody listens any more.
        await using var again = pages.Start(api: new Uri("http://127.0.0.1:9"));
        using var same = Same(visitor, again);

        (await same.ReadAsync("/account")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData(null, "a kettle that whistles")]
    [InlineData(true, null)]
    public async Task A_session_is_over_when_an_admin_says_so(bool? isDisabled, string? password)
    {
        var name = $"leaver-{password?.Length ?? 0}";
        var account = await pages.MakeAccountAsync(name, Role.Viewer);
        using var visitor = await pages.VisitAsAsync(name);
        (await visitor.ReadAsync("/")).Status.ShouldBe(200);

        await pages.ChangeAccountAsync(account.Id, new AccountChange(null, isDisabled, password));

        // What the pages knew a moment ago still lets the first one begin; the API says while it is made that it is over.
        (await visitor.ReadAsync("/")).Status.ShouldBe(302);
        using var next = await visitor.GetAsync("/status");
        ((int)next.StatusCode).ShouldBe(302);
        next.Headers.Location!.OriginalString.ShouldBe("/sign-in?from=%2Fstatus");
    }

    [Fact]
    public async Task A_forged_cookie_is_nobody()
    {
        using var visitor = pages.Visit();
        visitor.Cookies.Add(pages.Web.Address, new Cookie(SessionCookies.Name, "CfDJ8Nonsense"));

        (await visitor.ReadAsync("/")).Status.ShouldBe(302);
    }

    [Fact]
    public async Task The_cookie_is_closed_to_scripts_and_to_other_sites_and_over_HTTPS_to_everything_else()
    {
        var name = await pages.NewNameAsync(Role.Viewer);
        using var plain = pages.Visit();
        using var answer = await plain.SignInAsync(name, SignInPages.Password);
        CookieOf(answer).ShouldSatisfyAllConditions(
            cookie => cookie.ShouldStartWith("janus="), cookie => cookie.ShouldContain("httponly"), cookie => cookie.ShouldContain("samesite=lax"),
            cookie => cookie.ShouldContain("path=/"), cookie => cookie.ShouldNotContain("secure"));

        using var secure = pages.Visit();
        secure.Http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        var form = await FormAsync(secure, name);
        using var content = new FormUrlEncodedContent(form);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = content };
        // The container does not send secure cookies to this address, which only the proxy knows to be HTTPS.
        request.Headers.Add("Cookie", string.Join("; ", secure.Cookies.GetAllCookies().Select(cookie => $"{cookie.Name}={cookie.Value}")));
        using var behindProxy = await secure.Http.SendAsync(request);
        CookieOf(behindProxy).ShouldSatisfyAllConditions(cookie => cookie.ShouldStartWith("__Host-janus="), cookie => cookie.ShouldContain("secure"), cookie => cookie.ShouldNotContain("domain"));
    }

    [Theory]
    [InlineData(false, "127.0.0.1", "127.0.0.1", false)]
    [InlineData(false, "127.0.0.1", "localhost", false)]
    [InlineData(false, "127.0.0.1", "janus.example", true)]
    [InlineData(false, "198.51.100.7", "localhost", true)]
    [InlineData(true, "198.51.100.7", "janus.example", false)]
    public void Without_HTTPS_the_cookie_stays_on_this_machine(bool isDevelopment, string client, string host, bool isSecure)
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(client) }, Request = { Scheme = "http", Host = new HostString(host) } };

        new SessionCookies(isDevelopment).AppendResponseCookie(context, SessionCookies.Name, "x", new CookieOptions());

        context.Response.Headers.SetCookie.ToString().Contains("secure", StringComparison.Ordinal).ShouldBe(isSecure);
    }

    private static Visitor Same(Visitor visitor, WebHost web)
    {
        var same = new Visitor(web.Address, "203.0.113.250");
        foreach (Cookie cookie in visitor.Cookies.GetAllCookies())
            same.Cookies.Add(web.Address, new Cookie(cookie.Name, cookie.Value));
        return same;
    }

    private static string CookieOf(HttpResponseMessage answer) =>
        answer.Headers.GetValues("Set-Cookie").Single(cookie => cookie.Contains("janus=", StringComparison.Ordinal));

    private static async Task<Dictionary<string, string>> FormAsync(Visitor visitor, string name)
    {
        var (_, page) = await visitor.ReadAsync("/sign-in");
        return new()
        {
            ["_handler"] = "sign-in",
            ["__RequestVerificationToken"] = page.Split("name=\"__RequestVerificationToken\" value=\"")[1].Split('"')[0],
            ["Form.UserName"] = name,
            ["Form.Password"] = SignInPages.Password,
        };
    }
}

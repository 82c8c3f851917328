namespace Janus.Tests.Pages.Access;

/// <summary>What every answer says to the browser about what pages may do.</summary>
[Collection(SignInCollection.Name)]
public sealed class HeaderTests(SignInPages pages)
{
    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/css/tokens.css")]
    [InlineData("/")]
    [InlineData("/error")]
    public async Task An_answer_is_not_framed_and_runs_nothing_that_is_not_a_file_of_ours(string path)
    {
        using var visitor = pages.Visit();
        using var answer = await visitor.GetAsync(path);

        var policy = answer.Headers.GetValues("Content-Security-Policy").ToList();
        policy.ShouldContain(rules => rules.Contains("frame-ancestors 'none'", StringComparison.Ordinal) && rules.Contains("form-action 'self'", StringComparison.Ordinal));
        policy.ShouldAllBe(rules => !rules.Contains("script-src", StringComparison.Ordinal));
        answer.Headers.GetValues("Permissions-Policy").Single().ShouldContain("camera=()");
        answer.Headers.GetValues("Cross-Origin-Opener-Policy").Single().ShouldBe("same-origin");
        answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        answer.Headers.Contains("Server").ShouldBeFalse();
    }

    [Theory]
    [InlineData("http", false)]
    [InlineData("https", true)]
    public async Task Only_over_HTTPS_the_browser_is_told_to_stay_with_it(string scheme, bool isTold)
    {
        await using var web = pages.Start("Production");
        using var visitor = pages.Visit(web);
        visitor.Http.DefaultRequestHeaders.Add("X-Forwarded-Proto", scheme);
        visitor.Http.DefaultRequestHeaders.Host = "janus.example";

        using var answer = await visitor.GetAsync("/sign-in");

        answer.Headers.Contains("Strict-Transport-Security").ShouldBe(isTold);
    }

    [Fact]
    public async Task A_body_beyond_all_measure_is_refused()
    {
        using var visitor = pages.Visit();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in")
        {
            Content = new StringContent(new string('x', 2 * 1024 * 1024), System.Text.Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        // A server that refuses closes the connection: who is sending still may find it broken before the answer is read.
        request.Headers.ExpectContinue = true;

        using var answer = await visitor.Http.SendAsync(request);

        ((int)answer.StatusCode).ShouldBeOneOf(400, 413);
    }
}

using Janus.Campaigns.Accounts;

namespace Janus.Tests.Pages.Access;

/// <summary>Getting in by the form, as a browser sends it.</summary>
[Collection(SignInCollection.Name)]
public sealed class SignInTests(SignInPages pages)
{
    [Fact]
    public async Task Whoever_signs_in_goes_on_to_the_page_that_they_wanted()
    {
        using var visitor = pages.Visit();
        var wanted = $"/campaigns/{pages.CampaignId}/posts?post=1";
        using var sent = await visitor.GetAsync(wanted);
        ((int)sent.StatusCode).ShouldBe(302);
        sent.Headers.Location!.OriginalString.ShouldBe($"/sign-in?from={Uri.EscapeDataString(wanted)}");

        var name = await pages.NewNameAsync(Role.Viewer);
        using var answer = await visitor.SignInAsync(name, SignInPages.Password, wanted);

        ((int)answer.StatusCode).ShouldBe(302);
        answer.Headers.Location!.OriginalString.ShouldEndWith(wanted);
        var (status, text) = await visitor.ReadAsync(wanted);
        status.ShouldBe(200);
        text.ShouldContain($"{name}, viewer: your menu");
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example")]
    [InlineData("/\\elsewhere.example")]
    [InlineData("/\t/elsewhere.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("elsewhere")]
    public async Task Nobody_is_sent_elsewhere_after_signing_in(string from)
    {
        using var visitor = pages.Visit();

        using var answer = await visitor.SignInAsync(await pages.NewNameAsync(Role.Viewer), SignInPages.Password, from);

        ((int)answer.StatusCode).ShouldBe(302);
        new Uri(pages.Web.Address, answer.Headers.Location!).ShouldBe(pages.Web.Address);
    }

    [Theory]
    [InlineData("vic", "a kettle that hums")]
    [InlineData("nobody", SignInPages.Password)]
    public async Task A_wrong_name_and_a_wrong_password_are_refused_alike_and_the_name_is_kept(string name, string password)
    {
        using var visitor = pages.Visit();

        using var answer = await visitor.SignInAsync(name, password);

        ((int)answer.StatusCode).ShouldBe(401);
        var page = await answer.Content.ReadAsStringAsync();
        page.ShouldContain("This name and this password do not go together.");
        page.ShouldContain($"value=\"{name}\"");
        page.ShouldNotContain(password);
        (await visitor.ReadAsync("/")).Status.ShouldBe(302);
    }

    [Fact]
    public async Task The_eleventh_try_of_an_address_within_a_minute_is_refused_unseen()
    {
        using var visitor = pages.Visit();
        for (var i = 0; i < 10; i++)
        {
            using var tried = await visitor.SignInAsync($"somebody-{i}", "no such password");
            ((int)tried.StatusCode).ShouldBe(401);
        }

        var name = await pages.NewNameAsync(Role.Viewer);
        using var answer = await visitor.SignInAsync(name, SignInPages.Password);

        ((int)answer.StatusCode).ShouldBe(429);
        answer.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        (await answer.Content.ReadAsStringAsync()).ShouldContain("Too many tries");
        using var other = await pages.VisitAsAsync(name);
    }

    [Fact]
    public async Task A_form_without_its_token_is_not_taken()
    {
        await using var web = pages.Start("Production");
        using var visitor = pages.Visit(web);
        using var content = new FormUrlEncodedContent([new("_handler", "sign-in"), new("Form.UserName", "vic"), new("Form.Password", SignInPages.Password)]);

        using var answer = await visitor.Http.PostAsync(new Uri("/sign-in", UriKind.Relative), content);

        ((int)answer.StatusCode).ShouldBe(400);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("This could not be taken");
    }

    [Fact]
    public async Task Whoever_signs_out_is_out_and_nobody_else_can_do_it_for_them()
    {
        using var visitor = await pages.VisitAsAsync(Role.Viewer);
        using var foreign = new FormUrlEncodedContent([]);
        using var refused = await visitor.Http.PostAsync(new Uri("/sign-out", UriKind.Relative), foreign);
        ((int)refused.StatusCode).ShouldBe(400);
        (await visitor.ReadAsync("/")).Status.ShouldBe(200);

        using var answer = await visitor.SubmitAsync("/account", "/sign-out");

        ((int)answer.StatusCode).ShouldBe(302);
        (await visitor.ReadAsync("/")).Status.ShouldBe(302);
    }

    [Fact]
    public async Task A_new_password_keeps_this_session_and_ends_every_other_one()
    {
        await pages.MakeAccountAsync("changer", Role.Viewer);
        using var here = await pages.VisitAsAsync("changer");
        using var there = await pages.VisitAsAsync("changer");
        const string Replacement = "a kettle that hums a tune";

        using var answer = await here.SubmitAsync(
            "/account", "password", ("Passwords.Current", SignInPages.Password), ("Passwords.Replacement", Replacement), ("Passwords.Again", Replacement));

        ((int)answer.StatusCode).ShouldBe(200);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("Your password is changed.");
        (await here.ReadAsync("/")).Status.ShouldBe(200);
        (await there.ReadAsync("/")).Status.ShouldBe(302);
        using var again = await pages.VisitAsAsync("changer", Replacement);
    }

    [Fact]
    public async Task A_token_is_shown_once_and_can_be_revoked()
    {
        await pages.MakeAccountAsync("programmer", Role.Editor);
        using var visitor = await pages.VisitAsAsync("programmer");

        using var made = await visitor.SubmitAsync("/account", "token", ("Wanted.Name", "nightly export"), ("Wanted.Scope", "viewer"), ("Wanted.Days", "30"));

        (await made.Content.ReadAsStringAsync()).ShouldContain("jns_");
        var (_, page) = await visitor.ReadAsync("/account");
        page.ShouldContain("nightly export");
        page.ShouldNotContain("data-copy=\"jns_");
        var id = page.Split("name=\"Revoked.Id\" value=\"")[1].Split('"')[0];
        using var revoked = await visitor.SubmitAsync("/account", "revoke", ("Revoked.Id", id));
        (await revoked.Content.ReadAsStringAsync()).ShouldContain("You have none.");
    }
}

using Janus.Campaigns;
using Janus.Campaigns.Accounts;
using Janus.Campaigns.Auditing;
using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;

namespace Janus.Tests.Access;

public sealed class SignInTests(AccountsHost host) : IClassFixture<AccountsHost>
{
    [Fact]
    public async Task The_first_admin_is_made_once_with_the_token_from_the_log()
    {
        await using var fresh = new AccountsHost();
        await fresh.InitializeAsync();
        (await fresh.GetAsync("/api/access")).Json.GetProperty("needs_first_admin").GetBoolean().ShouldBeTrue();
        var token = fresh.FirstAdminToken;
        token.ShouldNotBeEmpty();

        (await FirstAsync(fresh, "first_guessed", "mira")).ShouldBeProblem(404);
        var made = await FirstAsync(fresh, token, "mira");
        made.Status.ShouldBe(200, made.Text);
        made.Json.GetProperty("account").GetProperty("role").GetString().ShouldBe("admin");
        (await FirstAsync(fresh, token, "somebody-else")).ShouldBeProblem(404);

        (await fresh.GetAsync("/api/access")).Json.GetProperty("needs_first_admin").GetBoolean().ShouldBeFalse();
        (await SignInAsync(fresh, "MIRA", AccountsHost.Password)).Status.ShouldBe(200);
        (await fresh.Get<FirstAdmin>().OfferAsync(CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_wrong_password_a_name_that_nobody_has_and_an_account_shut_out_get_one_answer()
    {
        await host.MakeAsync("wrong-answers", Role.Editor);
        var shutOut = await host.MakeAsync("shut-out", Role.Editor);
        (await host.Get<AccountCommands>().ChangeAsync(shutOut.Id, new AccountChange(Role.Viewer, null, null), CancellationToken.None)).IsAccepted.ShouldBeTrue();
        await host.AccountAsync(Role.Admin);
        (await host.Get<AccountCommands>().ChangeAsync(shutOut.Id, new AccountChange(null, true, null), CancellationToken.None)).IsAccepted.ShouldBeTrue();

        var answers = new[]
        {
            await SignInAsync(host, "wrong-answers", "not the password at all"),
            await SignInAsync(host, "nobody-of-that-name", "not the password at all"),
            await SignInAsync(host, "shut-out", AccountsHost.Password),
        };
        foreach (var answer in answers)
            answer.ShouldBeProblem(401).GetProperty("message").GetString().ShouldBe("The name or the password is not right.");
    }

    [Theory]
    [InlineData("guessed-at")]
    [InlineData("guessed-at-but-nobody")]
    public async Task Too_many_tries_have_to_wait_whether_the_name_is_anybodys_or_not(string name)
    {
        if (name == "guessed-at")
            await host.MakeAsync(name, Role.Viewer);
        for (var tries = 0; tries < AccountIdentity.MostFailures; tries++)
            (await SignInAsync(host, name, $"guess number {tries}")).Status.ShouldBeOneOf(401, 429);

        var answer = await SignInAsync(host, name, AccountsHost.Password);
        answer.ShouldBeProblem(429).GetProperty("message").GetString().ShouldBe("Too many tries. Wait a few minutes, then try again.");
        int.Parse(answer["Retry-After"]!, System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(1, 300);
    }

    [Fact]
    public async Task Whoever_signs_in_often_is_not_taken_for_somebody_who_guesses()
    {
        await host.MakeAsync("often", Role.Viewer);
        for (var tries = 0; tries <= AccountIdentity.MostFailures; tries++)
            (await SignInAsync(host, "often", AccountsHost.Password)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_lock_holds_in_a_process_that_counted_none_of_the_tries_until_an_admin_resets_the_password()
    {
        var account = await host.MakeAsync("locked-out", Role.Viewer);
        var signIns = host.Get<SignIns>();
        for (var tries = 0; tries < AccountIdentity.MostFailures; tries++)
            (await signIns.SignInAsync("locked-out", "no", CancellationToken.None)).Account.ShouldBeNull();

        (await signIns.SignInAsync("locked-out", AccountsHost.Password, CancellationToken.None)).LockedUntil.ShouldNotBeNull();
        const string another = "copper violin meadow twelve";
        (await host.Get<AccountCommands>().ChangeAsync(account.Id, new AccountChange(null, null, another), CancellationToken.None)).IsAccepted.ShouldBeTrue();
        (await signIns.SignInAsync("locked-out", another, CancellationToken.None)).Account.ShouldNotBeNull();

        var entries = await host.Get<CampaignDatabase>().ReadAsync(
            "test", (context, token) => context.Audit.Where(entry => entry.Subject == "locked-out").OrderBy(entry => entry.Id).Select(entry => entry.Action).ToListAsync(token), CancellationToken.None);
        entries.ShouldBe(["account_created", .. Enumerable.Repeat(AuditAction.SignInRefused.ToWord(), AccountIdentity.MostFailures - 1), "account_locked", "account_changed", "signed_in"]);
    }

    [Fact]
    public async Task A_session_is_over_when_the_password_changes_and_goes_on_with_the_new_stamp_for_whoever_changed_it()
    {
        var account = await host.MakeAsync("changes-it", Role.Editor);
        var session = AccountsHost.SessionOf(account);
        (await host.GetAsync("/api/accounts/me", session)).Json.GetProperty("user_name").GetString().ShouldBe("changes-it");

        (await host.AskAsync(HttpMethod.Post, "/api/accounts/me/password", new { current_password = "wrong", new_password = "velvet anchor puzzle nine" }, session))
            .ShouldName("current_password");
        var changed = await host.AskAsync(
            HttpMethod.Post, "/api/accounts/me/password", new { current_password = AccountsHost.Password, new_password = "velvet anchor puzzle nine" }, session);
        changed.Status.ShouldBe(200, changed.Text);

        (await host.GetAsync("/api/accounts/me", session)).ShouldBeProblem(401);
        account.SecurityStamp = changed.Json.GetProperty("stamp").GetString();
        (await host.GetAsync("/api/accounts/me", AccountsHost.SessionOf(account))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Whoever_took_a_session_over_cannot_guess_the_password_with_it()
    {
        var session = AccountsHost.SessionOf(await host.MakeAsync("taken-over", Role.Editor));
        for (var tries = 0; tries < AccountIdentity.MostFailures; tries++)
            (await ChangeAsync("guess")).Status.ShouldBeOneOf(400, 429);

        (await ChangeAsync(AccountsHost.Password)).ShouldBeProblem(429);
        (await SignInAsync(host, "taken-over", AccountsHost.Password)).ShouldBeProblem(429);

        Task<Api.Answer> ChangeAsync(string current) => host.AskAsync(
            HttpMethod.Post, "/api/accounts/me/password", new { current_password = current, new_password = "velvet anchor puzzle nine" }, session);
    }

    [Fact]
    public async Task Only_the_pages_let_people_in()
    {
        var admin = await host.AccountAsync(Role.Admin);
        var body = new { user_name = "some-admin", password = AccountsHost.Password };
        (await host.AskAsync(HttpMethod.Post, "/api/accounts/sign-in", body)).ShouldBeProblem(401);
        (await host.AskAsync(HttpMethod.Post, "/api/accounts/sign-in", body, ("Authorization", "Janus-Service the wrong key, which is long enough too"))).ShouldBeProblem(401);
        (await host.AskAsync(HttpMethod.Post, "/api/accounts/sign-in", body, AccountsHost.Bearing(await host.TokenAsync(admin, Role.Admin)))).ShouldBeProblem(403);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("aaaaaaaaaaaaaaa")]
    [InlineData("password1234!")]
    [InlineData("P@ssw0rdP@ssw0rd")]
    [InlineData("1234567890123456")]
    [InlineData("qwertyuiop123")]
    [InlineData("Liverpool2026!!!")]
    [InlineData("my-name-is-passed-in")]
    public async Task A_password_that_is_short_or_everybodys_is_refused_with_the_reason(string password)
    {
        var admin = await host.AccountAsync(Role.Admin);
        (await host.AskAsync(HttpMethod.Post, "/api/accounts", new { user_name = "passed-in", role = "viewer", password }, AccountsHost.SessionOf(admin)))
            .ShouldName("password")["password"].ShouldStartWith("password ");
    }

    [Fact]
    public async Task Names_are_one_persons_however_they_are_written_and_the_last_admin_stays()
    {
        await using var fresh = new AccountsHost();
        await fresh.InitializeAsync();
        var admin = await fresh.MakeAsync("only-admin", Role.Admin);
        var session = AccountsHost.SessionOf(admin);

        (await fresh.AskAsync(HttpMethod.Post, "/api/accounts", new { user_name = "ONLY-admin", role = "viewer", password = AccountsHost.Password }, session)).ShouldBeProblem(409);
        (await fresh.AskAsync(HttpMethod.Patch, $"/api/accounts/{admin.Id}", new { role = "editor" }, session)).ShouldBeProblem(409);
        (await fresh.AskAsync(HttpMethod.Patch, $"/api/accounts/{admin.Id}", new { is_disabled = true }, session)).ShouldBeProblem(409);
        (await fresh.AskAsync(HttpMethod.Patch, "/api/accounts/999", new { role = "editor" }, session)).ShouldBeProblem(404);
    }

    private static Task<Api.Answer> SignInAsync(AccountsHost host, string name, string password) =>
        host.AskAsync(HttpMethod.Post, "/api/accounts/sign-in", new { user_name = name, password }, AccountsHost.ThePages);

    private static Task<Api.Answer> FirstAsync(AccountsHost host, string token, string name) =>
        host.AskAsync(HttpMethod.Post, "/api/accounts/first-admin", new { token, user_name = name, password = AccountsHost.Password }, AccountsHost.ThePages);
}

using Janus.Campaigns.Accounts;
using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;

namespace Janus.Tests.Access;

public sealed class TokenTests(AccountsHost host) : IClassFixture<AccountsHost>
{
    [Fact]
    public async Task A_token_is_shown_once_and_only_its_hash_is_stored()
    {
        var editor = await host.AccountAsync(Role.Editor);
        var secret = await host.TokenAsync(editor, Role.Editor);

        var listed = await host.GetAsync("/api/accounts/me/tokens", AccountsHost.SessionOf(editor));
        listed.Text.ShouldNotContain(secret);
        listed.Json.GetProperty("tokens").GetArrayLength().ShouldBeGreaterThanOrEqualTo(1);
        var stored = await host.Get<CampaignDatabase>().ReadAsync("test", (context, token) => context.AccessTokens.Select(t => t.Hash).ToListAsync(token), CancellationToken.None);
        stored.ShouldContain(TokenSecret.HashOf(secret));
        stored.ShouldNotContain(secret);
        string.Join('\n', host.Logs.Lines).ShouldNotContain(secret);
    }

    [Fact]
    public async Task A_token_may_do_what_its_scope_says_and_no_more_than_its_account_may_by_now()
    {
        var account = await host.MakeAsync("demoted", Role.Editor);
        var reading = AccountsHost.Bearing(await host.TokenAsync(account, Role.Viewer));
        var writing = AccountsHost.Bearing(await host.TokenAsync(account, Role.Editor));

        (await host.GetAsync("/api/agents/campaigns/", reading)).Status.ShouldBe(200);
        (await host.PostAsync("/api/strategy/plan/", "{}", reading)).ShouldBeProblem(403);
        (await host.PostAsync("/api/strategy/plan/", "{}", writing)).ShouldBeProblem(400);
        (await host.GetAsync("/api/accounts", writing)).ShouldBeProblem(403);

        await host.AccountAsync(Role.Admin);
        (await host.Get<AccountCommands>().ChangeAsync(account.Id, new AccountChange(Role.Viewer, null, null), CancellationToken.None)).IsAccepted.ShouldBeTrue();
        (await host.PostAsync("/api/strategy/plan/", "{}", writing)).ShouldBeProblem(403);
    }

    [Fact]
    public async Task Who_is_shut_out_hears_nothing_more_of_a_stream_that_is_open()
    {
        var account = await host.MakeAsync("listens", Role.Viewer);
        var token = await host.TokenAsync(account, Role.Viewer);
        await using var bearer = await Api.Listener.OpenAsync(host, "/api/campaigns/changes", headers: AccountsHost.Bearing(token));
        await using var session = await Api.Listener.OpenAsync(host, "/api/campaigns/changes", headers: AccountsHost.SessionOf(account));
        await bearer.NextAsync(beats: true);
        await session.NextAsync(beats: true);

        (await host.AskAsync(HttpMethod.Delete, $"/api/accounts/me/tokens/{await IdOfAsync(token)}", null, AccountsHost.SessionOf(account))).Status.ShouldBe(200);
        await bearer.EndAsync();
        await session.NextAsync(beats: true);

        await host.AccountAsync(Role.Admin);
        (await host.Get<AccountCommands>().ChangeAsync(account.Id, new AccountChange(null, true, null), CancellationToken.None)).IsAccepted.ShouldBeTrue();
        await session.EndAsync();
    }

    [Fact]
    public async Task Nobody_makes_a_token_that_may_do_more_than_they_may_or_with_a_token()
    {
        var editor = await host.AccountAsync(Role.Editor);
        (await host.AskAsync(HttpMethod.Post, "/api/accounts/me/tokens", new { name = "more", scope = "admin" }, AccountsHost.SessionOf(editor))).ShouldName("scope");
        (await host.AskAsync(HttpMethod.Post, "/api/accounts/me/tokens", new { name = " ", scope = "editr", days = 0 }, AccountsHost.SessionOf(editor))).ShouldName("name", "scope", "days");

        var bearer = AccountsHost.Bearing(await host.TokenAsync(editor, Role.Editor));
        (await host.AskAsync(HttpMethod.Post, "/api/accounts/me/tokens", new { name = "another", scope = "viewer" }, bearer)).ShouldBeProblem(403);
        (await host.AskAsync(HttpMethod.Post, "/api/accounts/me/password", new { current_password = AccountsHost.Password, new_password = "velvet anchor puzzle nine" }, bearer)).ShouldBeProblem(403);
    }

    [Fact]
    public async Task A_revoked_token_an_ended_one_and_one_of_an_account_shut_out_are_nobodys()
    {
        var account = await host.MakeAsync("leaves", Role.Viewer);
        var (revoked, kept) = (await host.TokenAsync(account, Role.Viewer), await host.TokenAsync(account, Role.Viewer));
        var id = await IdOfAsync(revoked);
        (await host.AskAsync(HttpMethod.Delete, $"/api/accounts/me/tokens/{id}", null, AccountsHost.SessionOf(await host.AccountAsync(Role.Admin)))).ShouldBeProblem(404);
        (await host.AskAsync(HttpMethod.Delete, $"/api/accounts/me/tokens/{id}", null, AccountsHost.SessionOf(account))).Status.ShouldBe(200);
        (await host.GetAsync("/api/agents/campaigns/", AccountsHost.Bearing(revoked))).ShouldBeProblem(401);
        (await host.GetAsync("/api/agents/campaigns/", AccountsHost.Bearing(kept))).Status.ShouldBe(200);

        var ended = await host.TokenAsync(account, Role.Viewer);
        var endedId = await IdOfAsync(ended);
        await host.Get<CampaignDatabase>().WriteAsync(
            "test",
            async (context, token) => (await context.AccessTokens.Where(t => t.Id == endedId)
                .ExecuteUpdateAsync(set => set.SetProperty(t => t.ExpiresAt, TimeProvider.System.GetUtcNow()), token), true),
            CancellationToken.None);
        (await host.GetAsync("/api/agents/campaigns/", AccountsHost.Bearing(ended))).ShouldBeProblem(401);

        (await host.Get<AccountCommands>().ChangeAsync(account.Id, new AccountChange(null, true, null), CancellationToken.None)).IsAccepted.ShouldBeTrue();
        (await host.GetAsync("/api/agents/campaigns/", AccountsHost.Bearing(kept))).ShouldBeProblem(401);
        (await host.GetAsync("/api/agents/campaigns/", AccountsHost.SessionOf(account))).ShouldBeProblem(401);
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer jns_wrong")]
    [InlineData("Basic YWRtaW46YWRtaW4=")]
    [InlineData("Janus-Service wrong")]
    [InlineData("Janus-Service ")]
    public async Task A_wrong_credential_gets_401_without_detail(string sent)
    {
        var answer = await host.GetAsync("/api/agents/campaigns/", ("Authorization", sent));
        answer.ShouldBeProblem(401).GetProperty("message").GetString().ShouldBe("Sign in first, or send a personal API token.");
        answer["WWW-Authenticate"].ShouldBe("Bearer");
    }

    private Task<int> IdOfAsync(string secret)
    {
        var hash = TokenSecret.HashOf(secret);
        return host.Get<CampaignDatabase>().ReadAsync("test", (context, token) => context.AccessTokens.Where(t => t.Hash == hash).Select(t => t.Id).SingleAsync(token), CancellationToken.None);
    }
}

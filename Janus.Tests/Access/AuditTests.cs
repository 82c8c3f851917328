using System.Text.Json;
using Janus.Campaigns.Accounts;
using Janus.Campaigns.Steps;
using Janus.Campaigns.Storage;
using Janus.Tests.Api;
using Microsoft.EntityFrameworkCore;

namespace Janus.Tests.Access;

public sealed class AuditTests(AccountsHost host) : IClassFixture<AccountsHost>
{
    [Fact]
    public async Task The_wrong_role_is_refused_and_audited()
    {
        var viewer = await host.AccountAsync(Role.Viewer);
        (await host.PostAsync("/api/approveAll", "{}", AccountsHost.SessionOf(viewer))).ShouldBeProblem(403)
            .GetProperty("message").GetString().ShouldBe("This needs the role editor; yours is viewer.");

        var entry = (await AuditAsync($"actor={viewer.UserName}")).First(entry => entry.GetProperty("action").GetString() == "refused");
        entry.GetProperty("subject").GetString().ShouldBe("POST /api/approveAll");
        entry.GetProperty("data").GetProperty("needs").GetString().ShouldBe("editor");
    }

    [Fact]
    public async Task What_a_person_does_says_who_in_the_log_of_the_campaign_and_in_the_audit_log()
    {
        var editor = await host.AccountAsync(Role.Editor);
        var session = AccountsHost.SessionOf(editor);
        var (id, posts) = await PlanAsync(session);
        (await host.PostAsync("/api/graph", new { pk = posts[0], reject_message = "Too loud" }, session)).Status.ShouldBe(200);

        var log = (await host.GetAsync($"/api/campaigns/{id}/log", session)).Json.GetProperty("events").EnumerateArray().ToList();
        log.Select(entry => (entry.GetProperty("kind").GetString(), entry.GetProperty("actor").GetString())).ShouldBe(
            [("post_rejected", editor.UserName), ("campaign_planned", editor.UserName)]);
        var audit = await AuditAsync($"subject={id}");
        audit.Select(entry => (entry.GetProperty("action").GetString(), entry.GetProperty("actor").GetString())).ShouldBe(
            [("post_rejected", editor.UserName), ("campaign_planned", editor.UserName)]);
        audit[0].GetProperty("data").GetProperty("post_pk").GetInt32().ShouldBe(posts[0]);
        audit[0].GetRawText().ShouldNotContain("Too loud");
    }

    [Fact]
    public async Task A_deleted_campaign_is_gone_with_every_row_and_picture_and_who_did_what_to_it_is_kept()
    {
        var editor = AccountsHost.SessionOf(await host.AccountAsync(Role.Editor));
        var admin = await host.AccountAsync(Role.Admin);
        var (kept, _) = await PlanAsync(editor);
        var (id, posts) = await PlanAsync(editor);
        await host.MakeContentAsync();
        (await host.PostAsync("/api/approve", new { pk = posts[0] }, editor)).Status.ShouldBe(200);
        var pictures = await PicturesAsync(posts, editor);
        pictures.Count.ShouldBe(posts.Count * 2);
        foreach (var picture in pictures)
            (await host.GetAsync(picture, editor)).Status.ShouldBe(200);

        (await host.AskAsync(HttpMethod.Delete, $"/api/campaigns/{id}", null, editor)).ShouldBeProblem(403);
        var deleted = await host.AskAsync(HttpMethod.Delete, $"/api/campaigns/{id}", null, AccountsHost.SessionOf(admin));
        deleted.Status.ShouldBe(200, deleted.Text);
        deleted.Json.GetProperty("pictures").GetInt32().ShouldBe(pictures.Count);

        (await host.GetAsync($"/api/nodesJson/?campaign_id={id}", editor)).Status.ShouldBe(404);
        foreach (var picture in pictures)
            (await host.GetAsync(picture, editor)).Status.ShouldBe(404);
        (await RowsOfOtherCampaignsAsync(kept)).ShouldBe(0);
        (await AuditAsync($"subject={id}")).Select(entry => entry.GetProperty("action").GetString()).ShouldBe(["campaign_deleted", "post_approved", "campaign_planned"]);
        (await host.AskAsync(HttpMethod.Delete, $"/api/campaigns/{id}", null, AccountsHost.SessionOf(admin))).ShouldBeProblem(404);
    }

    [Fact]
    public async Task What_was_being_made_for_a_deleted_campaign_comes_to_nothing()
    {
        var (id, _) = await PlanAsync(AccountsHost.SessionOf(await host.AccountAsync(Role.Editor)));
        var queue = host.Get<StepQueue>();
        var claimed = (await queue.ClaimAsync("tester", 50, 50, CancellationToken.None)).Where(step => step.CampaignPublicId == id).ToList();
        claimed.ShouldNotBeEmpty();
        (await host.AskAsync(HttpMethod.Delete, $"/api/campaigns/{id}", null, AccountsHost.SessionOf(await host.AccountAsync(Role.Admin)))).Status.ShouldBe(200);

        foreach (var step in claimed)
        {
            (await queue.RenewAsync([step.Claim], CancellationToken.None)).ShouldBeEmpty();
            (await queue.CompleteTextAsync(
                step.Claim, [new MadeText("A", "a", "bold", "A kite"), new MadeText("B", "b", "calm", "A kite")], Janus.Campaigns.Author.Ai,
                new AttemptUsage("test-model", 1, 1, 0), CancellationToken.None)).IsAccepted.ShouldBeFalse();
        }
    }

    [Fact]
    public async Task Whoever_follows_a_campaign_that_is_deleted_is_told_by_the_end_of_the_stream_and_lists_by_a_change()
    {
        var editor = AccountsHost.SessionOf(await host.AccountAsync(Role.Editor));
        var (id, _) = await PlanAsync(editor);
        await using var own = await Listener.OpenAsync(host, $"/api/campaigns/{id}/events", headers: editor);
        await using var all = await Listener.OpenAsync(host, "/api/campaigns/changes", headers: editor);
        (await host.AskAsync(HttpMethod.Delete, $"/api/campaigns/{id}", null, AccountsHost.SessionOf(await host.AccountAsync(Role.Admin)))).Status.ShouldBe(200);

        await own.EndAsync();
        var told = await all.NextAsync();
        while (!told.Data.Contains(id, StringComparison.Ordinal) || !told.Data.Contains("\"deleted\":true", StringComparison.Ordinal))
            told = await all.NextAsync();
    }

    private async Task<(string Id, IReadOnlyList<int> Posts)> PlanAsync((string Name, string Value)[] session)
    {
        var answer = await host.PostAsync("/api/strategy/plan/", Briefs.Named("Audited"), session);
        answer.Status.ShouldBe(201, answer.Text);
        var id = answer.Json.GetProperty("campaign_id").GetString()!;
        var graph = await host.GetAsync($"/api/nodesJson/?campaign_id={id}", session);
        return (id, [.. graph.Json.GetProperty("diagram").EnumerateArray().Select(node => node.GetProperty("pk").GetInt32())]);
    }

    private async Task<IReadOnlyList<string>> PicturesAsync(IReadOnlyList<int> posts, (string Name, string Value)[] session)
    {
        var pictures = new List<string>();
        foreach (var pk in posts)
        {
            var variants = (await host.GetAsync($"/getVariants/?pk={pk}", session)).Json.GetProperty("variants").EnumerateArray();
            pictures.AddRange(variants.Select(variant => variant.GetProperty("asset").GetString()!));
        }

        return pictures;
    }

    // Every table that hangs on a campaign.
    private Task<int> RowsOfOtherCampaignsAsync(string kept) => host.Get<CampaignDatabase>().ReadAsync(
        "test",
        async (context, token) =>
        {
            var known = await context.Campaigns.Where(c => c.PublicId != kept).Select(c => c.Id).ToListAsync(token);
            var posts = context.Posts.Select(p => p.Id);
            return await context.Posts.CountAsync(p => !context.Campaigns.Any(c => c.Id == p.CampaignId), token)
                + await context.Edges.CountAsync(e => !context.Campaigns.Any(c => c.Id == e.CampaignId), token)
                + await context.Variants.CountAsync(v => !posts.Contains(v.PostId), token)
                + await context.Steps.CountAsync(s => !posts.Contains(s.PostId), token)
                + await context.Attempts.CountAsync(a => !context.Steps.Any(s => s.Id == a.StepId), token)
                + await context.Events.CountAsync(e => !context.Campaigns.Any(c => c.Id == e.CampaignId), token)
                + await context.IdempotencyKeys.CountAsync(k => !context.Campaigns.Any(c => c.Id == k.CampaignId), token);
        },
        CancellationToken.None);

    private async Task<IReadOnlyList<JsonElement>> AuditAsync(string query) =>
        [.. (await host.GetAsync($"/api/audit?{query}", AccountsHost.SessionOf(await host.AccountAsync(Role.Admin)))).Json.GetProperty("entries").EnumerateArray()];
}

using System.Text.Json;
using Janus.Campaigns;
using Janus.Campaigns.Events;
using Janus.Campaigns.Planning;
using Janus.Campaigns.Posts;
using Janus.Campaigns.Steps;
using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;

namespace Janus.Tests.Engine;

/// <summary>What people decide about posts, and that nobody decides about what somebody else has changed.</summary>
public sealed class DecisionTests
{
    private static CancellationToken Never => CancellationToken.None;

    [Fact]
    public async Task A_posts_number_moves_with_everything_that_people_decide_about_and_with_nothing_else()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 2);
        var (pk, other) = await KeysAsync(engine, campaign);
        (await SeenAsync(engine, pk)).ShouldBe(1);

        var texts = await engine.ClaimAsync(pictures: 0);
        await ShouldStayAsync(engine, pk, "a claim", () => engine.ClaimAsync(texts: 0));
        await ShouldMoveAsync(engine, pk, "its texts", () => engine.CompleteAsync(texts.Single(step => step.PostId == pk)));
        var pictures = await engine.ClaimAsync(texts: 0);
        await ShouldMoveAsync(engine, pk, "a picture", () => engine.CompleteAsync(pictures[0]));
        (await SeenAsync(engine, other)).ShouldBe(1, "nothing came to the other post");
        await engine.CompleteAsync(pictures[1]);

        await ShouldMoveAsync(engine, pk, "a choice", () => engine.Posts.SelectAsync(pk, "B", Never));
        await ShouldMoveAsync(engine, pk, "an edit", () => engine.Editing.EditAsync(pk, "A", "By hand", null, 1, Never));
        await ShouldMoveAsync(engine, pk, "an earlier generation", () => engine.Editing.UseAsync(pk, "A", 1, Never));
        await ShouldMoveAsync(engine, pk, "an approval", () => engine.Posts.ApproveAsync(pk, Never));
        await ShouldMoveAsync(engine, pk, "a rejection", () => engine.Posts.RejectAsync(pk, "dull", Never));
        await ShouldMoveAsync(engine, pk, "another reason", () => engine.Posts.RejectAsync(pk, "loud", Never));
        await ShouldMoveAsync(engine, pk, "an undo", () => engine.Posts.ReopenAsync(pk, Never));

        await ShouldStayAsync(engine, pk, "a wish", () => engine.Regeneration.AskAsync(pk, "A", StepKind.Text, null, Never));
        await engine.Editing.EditAsync(pk, "A", "By another hand", null, 1, Never);
        await ShouldStayAsync(engine, pk, "a text that only joins the history", () => RemakeAsync(engine));
        await engine.Regeneration.AskAsync(pk, "A", StepKind.Text, null, Never);
        await ShouldMoveAsync(engine, pk, "a text that comes into use", () => RemakeAsync(engine));
        await engine.Regeneration.AskAsync(pk, "B", StepKind.Picture, null, Never);
        await ShouldMoveAsync(engine, pk, "a picture that comes into use", () => RemakeAsync(engine));
        await ShouldMoveAsync(engine, pk, "all approved", () => engine.Posts.ApproveAllAsync(campaign.PublicId, Never));
    }

    [Fact]
    public async Task The_number_moves_also_with_the_picture_that_ends_a_generation_in_failure()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 1);
        await engine.CompleteAsync((await engine.ClaimAsync()).ShouldHaveSingleItem());
        var pictures = await engine.ClaimAsync();
        await engine.FailAsync(pictures[0]);
        var pk = pictures[1].PostId;

        await ShouldMoveAsync(engine, pk, "the last picture", () => engine.CompleteAsync(pictures[1]));

        (await engine.GraphAsync(campaign)).Campaign.Phase.ShouldBe(Phase.Planning);
    }

    [Fact]
    public async Task Who_decides_about_what_was_changed_meanwhile_is_told_what_happened_and_nothing_is_written()
    {
        await using var engine = await TestEngine.StartAsync();
        var (campaign, pk) = await WrittenAsync(engine);
        var seen = await SeenAsync(engine, pk);

        await engine.Posts.ApproveAsync(pk, Never, seen);
        await ShouldBeStaleAsync(engine, campaign, "Somebody approved it meanwhile.", () => engine.Posts.RejectAsync(pk, "dull", Never, seen));
        await ShouldBeStaleAsync(engine, campaign, "Somebody approved it meanwhile.", () => engine.Posts.ApproveAsync(pk, Never, seen));
        seen = await SeenAsync(engine, pk);

        await engine.Editing.EditAsync(pk, "B", "By hand", null, 1, Never);
        await ShouldBeStaleAsync(engine, campaign, "The text B was edited meanwhile.", () => engine.Posts.SelectAsync(pk, "B", Never, seen));
        await engine.Posts.RejectAsync(pk, "Too \"loud\"\nby far", Never);
        await ShouldBeStaleAsync(
            engine, campaign, "The text B was edited, and somebody rejected it (“Too \"loud\" by far”) meanwhile.", () => engine.Posts.ApproveAsync(pk, Never, seen));
        await engine.Posts.ReopenAsync(pk, Never);
        await engine.Posts.SelectAsync(pk, "A", Never);
        await ShouldBeStaleAsync(
            engine, campaign, "Somebody rejected it (“Too \"loud\" by far”), somebody took back what was decided about it, and somebody chose A meanwhile.",
            () => engine.Posts.ReopenAsync(pk, Never, seen));

        (await engine.Posts.ApproveAsync(pk, Never, await SeenAsync(engine, pk))).IsAccepted.ShouldBeTrue();
        seen = await SeenAsync(engine, pk);
        await engine.Regeneration.AskAsync(pk, "A", StepKind.Picture, null, Never);
        await RemakeAsync(engine);
        await ShouldBeStaleAsync(engine, campaign, "The picture A came meanwhile.", () => engine.Posts.RejectAsync(pk, null, Never, seen));
    }

    [Fact]
    public async Task Who_does_not_say_what_they_saw_decides_as_before()
    {
        await using var engine = await TestEngine.StartAsync();
        var (_, pk) = await WrittenAsync(engine);

        (await engine.Posts.ApproveAsync(pk, Never)).Value.Status.ShouldBe(PostStatus.Approved);
        (await engine.Posts.RejectAsync(pk, "dull", Never)).Value.Status.ShouldBe(PostStatus.Rejected);
        (await engine.Posts.ApproveAsync(pk, Never)).Value.RejectReason.ShouldBeNull();
    }

    [Fact]
    public async Task What_stands_already_is_said_and_not_written_again()
    {
        await using var engine = await TestEngine.StartAsync();
        var (campaign, pk) = await WrittenAsync(engine);

        await ShouldBeAsync(engine, campaign, RefusalKind.Unchanged, "It is a draft already; there is nothing to take back.", () => engine.Posts.ReopenAsync(pk, Never));
        await engine.Posts.ApproveAsync(pk, Never);
        var seen = await SeenAsync(engine, pk);
        await ShouldBeAsync(engine, campaign, RefusalKind.Unchanged, "It is approved already.", () => engine.Posts.ApproveAsync(pk, Never, seen));
        await engine.Posts.RejectAsync(pk, "dull", Never);
        await ShouldBeAsync(engine, campaign, RefusalKind.Unchanged, "It is rejected already, for the same reason.", () => engine.Posts.RejectAsync(pk, "dull", Never));
    }

    [Fact]
    public async Task A_reason_that_was_taken_back_stays_in_the_log()
    {
        await using var engine = await TestEngine.StartAsync();
        var (campaign, pk) = await WrittenAsync(engine);
        await engine.Posts.RejectAsync(pk, "dull", Never);

        (await engine.Posts.ReopenAsync(pk, Never)).Value.ShouldSatisfyAllConditions(post => post.Status.ShouldBe(PostStatus.Draft), post => post.RejectReason.ShouldBeNull());

        var reopened = await LastAsync(engine, campaign, EventKind.PostReopened);
        (Word(reopened, "from"), Word(reopened, "reason")).ShouldBe(("rejected", "dull"));
    }

    [Fact]
    public async Task Other_words_or_another_picture_make_an_approved_post_a_draft_again_and_the_log_says_so()
    {
        await using var engine = await TestEngine.StartAsync();
        var (campaign, pk) = await WrittenAsync(engine);

        await ShouldReopenAsync(EventKind.VariantEdited, async () => (await engine.Editing.EditAsync(pk, "A", "By hand", null, 1, Never)).IsAccepted.ShouldBeTrue());
        await ShouldReopenAsync(EventKind.VariantRestored, async () => (await engine.Editing.UseAsync(pk, "A", 1, Never)).IsAccepted.ShouldBeTrue());
        await engine.Regeneration.AskAsync(pk, "B", StepKind.Text, null, Never);
        await ShouldReopenAsync(EventKind.StepDone, () => RemakeAsync(engine));
        await engine.Regeneration.AskAsync(pk, "B", StepKind.Picture, null, Never);
        await ShouldReopenAsync(EventKind.StepDone, () => RemakeAsync(engine));

        await engine.Posts.RejectAsync(pk, "dull", Never);
        await engine.Editing.UseAsync(pk, "A", 2, Never);
        (await PostAsync(engine, pk)).Status.ShouldBe(PostStatus.Rejected, "only a person takes a rejection back");

        async Task ShouldReopenAsync(EventKind kind, Func<Task> change)
        {
            (await engine.Posts.ApproveAsync(pk, Never)).IsAccepted.ShouldBeTrue();
            await change();
            (await PostAsync(engine, pk)).Status.ShouldBe(PostStatus.Draft, kind.ToString());
            Word(await LastAsync(engine, campaign, kind), "reopened_from").ShouldBe("approved");
        }
    }

    [Fact]
    public async Task A_post_with_a_date_loses_it_with_its_words()
    {
        await using var engine = await TestEngine.StartAsync();
        var (campaign, pk) = await WrittenAsync(engine);
        await using (var tables = engine.Get<DatabaseEngine>().NewContext())
        {
            await tables.Posts.Where(post => post.Id == pk).ExecuteUpdateAsync(set => set
                .SetProperty(post => post.Status, PostStatus.Scheduled).SetProperty(post => post.ScheduledAt, DateTimeOffset.UnixEpoch));
        }

        await ShouldBeAsync(engine, campaign, RefusalKind.Conflict, "\"Title 1\" has a date. Take its date away first.", () => engine.Posts.RejectAsync(pk, null, Never));
        await ShouldBeAsync(engine, campaign, RefusalKind.Conflict, "\"Title 1\" has a date. Take its date away first.", () => engine.Posts.ReopenAsync(pk, Never));
        await engine.Editing.EditAsync(pk, "A", "By hand", null, 1, Never);

        (await PostAsync(engine, pk)).ShouldSatisfyAllConditions(post => post.Status.ShouldBe(PostStatus.Draft), post => post.ScheduledAt.ShouldBeNull());
        Word(await LastAsync(engine, campaign, EventKind.VariantEdited), "reopened_from").ShouldBe("scheduled");
    }

    [Fact]
    public async Task A_first_picture_is_no_other_picture()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 1);
        var (pk, _) = await KeysAsync(engine, campaign);
        await engine.CompleteAsync((await engine.ClaimAsync()).ShouldHaveSingleItem());

        await ShouldBeAsync(engine, campaign, RefusalKind.Conflict, "\"Title 1\" has no picture A yet.", () => engine.Posts.ApproveAsync(pk, Never, withoutPictures: false));
        (await engine.Posts.ApproveAsync(pk, Never)).IsAccepted.ShouldBeTrue();
        await engine.CompleteAllAsync();

        (await PostAsync(engine, pk)).Status.ShouldBe(PostStatus.Approved);
        await engine.Posts.ReopenAsync(pk, Never);
        (await engine.Posts.ApproveAsync(pk, Never, withoutPictures: false)).IsAccepted.ShouldBeTrue();
    }

    [Fact]
    public async Task Who_writes_is_in_nobodys_way_but_a_decision_is_in_theirs()
    {
        await using var engine = await TestEngine.StartAsync();
        var (campaign, pk) = await WrittenAsync(engine);
        var seen = await SeenAsync(engine, pk);

        await engine.Posts.SelectAsync(pk, "B", Never);
        (await engine.Editing.EditAsync(pk, "A", "While somebody chose", null, 1, Never, seen)).IsAccepted.ShouldBeTrue();
        seen = await SeenAsync(engine, pk);
        await engine.Posts.ApproveAsync(pk, Never);
        await ShouldBeStaleAsync(engine, campaign, "Somebody approved it meanwhile.", () => engine.Editing.EditAsync(pk, "A", "Too late", null, 2, Never, seen));
        await ShouldBeStaleAsync(engine, campaign, "Somebody approved it meanwhile.", () => engine.Editing.UseAsync(pk, "A", 1, Never, seen));
        (await engine.Editing.EditAsync(pk, "A", "All the same", null, 2, Never, await SeenAsync(engine, pk))).IsAccepted.ShouldBeTrue();
    }

    [Fact]
    public async Task Several_posts_are_decided_in_one_change_and_each_answers_for_itself()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 4);
        await engine.CompleteAllAsync();
        var posts = (await engine.GraphAsync(campaign)).Posts.Select(view => view.Post.Id).ToList();
        await engine.Posts.ApproveAsync(posts[1], Never);
        var seen = await SeenAsync(engine, posts[2]);
        await engine.Posts.RejectAsync(posts[2], "dull", Never);

        var decided = (await engine.Posts.DecideAsync(
            [new(posts[0], null), new(posts[1], null), new(posts[2], seen), new(int.MaxValue, null), new(posts[3], await SeenAsync(engine, posts[3]))],
            new Verdict(VerdictKind.Approve), Never)).Value;

        decided.CampaignId.ShouldBe(campaign.PublicId);
        decided.Outcomes.Select(outcome => outcome.Refusal?.Kind)
            .ShouldBe([null, RefusalKind.Unchanged, RefusalKind.Stale, RefusalKind.NotFound, null]);
        var events = await engine.EventsAsync(campaign);
        events.TakeLast(2).Select(entry => entry.Kind).ShouldBe([EventKind.PostApproved, EventKind.PostApproved]);
        (await SeenAsync(engine, posts[0])).ShouldBe(events[^1].Version, "both are of one change");
        (await SeenAsync(engine, posts[3])).ShouldBe(events[^1].Version);

        (await engine.Posts.DecideAsync([new(posts[0], null), new(posts[3], null)], new Verdict(VerdictKind.Approve), Never)).Value.Outcomes
            .ShouldAllBe(outcome => outcome.Refusal!.Kind == RefusalKind.Unchanged);
        (await engine.EventsAsync(campaign)).Count.ShouldBe(events.Count);
    }

    [Fact]
    public async Task Posts_of_two_campaigns_are_not_decided_together()
    {
        await using var engine = await TestEngine.StartAsync();
        var (_, one) = await WrittenAsync(engine);
        var (_, two) = await WrittenAsync(engine);

        (await engine.Posts.DecideAsync([new(one, null), new(two, null)], new Verdict(VerdictKind.Reject), Never)).Refusal!.Kind.ShouldBe(RefusalKind.Invalid);
        (await engine.Posts.DecideAsync([new(int.MaxValue, null)], new Verdict(VerdictKind.Reject), Never)).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);
        (await PostAsync(engine, one)).Status.ShouldBe(PostStatus.Draft);
    }

    private static async Task<(StoredCampaign Campaign, int Pk)> WrittenAsync(TestEngine engine)
    {
        var campaign = await engine.PlanAsync(posts: 1);
        await engine.CompleteAllAsync();
        return (campaign, (await engine.GraphAsync(campaign)).Posts[0].Post.Id);
    }

    private static async Task<(int First, int Last)> KeysAsync(TestEngine engine, StoredCampaign campaign)
    {
        var posts = (await engine.GraphAsync(campaign)).Posts;
        return (posts[0].Post.Id, posts[^1].Post.Id);
    }

    private static async Task RemakeAsync(TestEngine engine) => await engine.CompleteAllAsync();

    private static async Task<Post> PostAsync(TestEngine engine, int pk)
    {
        await using var tables = engine.Get<DatabaseEngine>().NewContext();
        return await tables.Posts.AsNoTracking().SingleAsync(post => post.Id == pk);
    }

    private static async Task<long> SeenAsync(TestEngine engine, int pk) => (await PostAsync(engine, pk)).ChangedVersion;

    private static async Task ShouldMoveAsync(TestEngine engine, int pk, string what, Func<Task> change)
    {
        var before = await SeenAsync(engine, pk);
        await change();
        (await SeenAsync(engine, pk)).ShouldBeGreaterThan(before, what);
    }

    private static async Task ShouldStayAsync(TestEngine engine, int pk, string what, Func<Task> change)
    {
        var before = await SeenAsync(engine, pk);
        await change();
        (await SeenAsync(engine, pk)).ShouldBe(before, what);
    }

    private static Task ShouldBeStaleAsync(TestEngine engine, StoredCampaign campaign, string reason, Func<Task<Decision<Post>>> decide) =>
        ShouldBeAsync(engine, campaign, RefusalKind.Stale, reason, decide);

    private static async Task ShouldBeAsync(TestEngine engine, StoredCampaign campaign, RefusalKind kind, string reason, Func<Task<Decision<Post>>> decide)
    {
        var before = (await engine.EventsAsync(campaign)).Count;
        (await decide()).Refusal.ShouldBe(new Refusal(kind, reason));
        (await engine.EventsAsync(campaign)).Count.ShouldBe(before);
    }

    private static async Task<JsonElement> LastAsync(TestEngine engine, StoredCampaign campaign, EventKind kind)
    {
        using var data = JsonDocument.Parse((await engine.EventsAsync(campaign)).Last(entry => entry.Kind == kind).Data);
        return data.RootElement.Clone();
    }

    private static string? Word(JsonElement data, string name) => data.TryGetProperty(name, out var value) ? value.GetString() : null;
}

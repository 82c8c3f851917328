using Janus.Campaigns;
using Janus.Campaigns.Planning;
using Janus.Campaigns.Posts;
using Janus.Campaigns.Steps;
using Janus.Campaigns.Storage;
using Janus.Tests.Engine;
using Janus.Tests.Planning;
using Microsoft.EntityFrameworkCore;

namespace Janus.Tests.Arrows;

/// <summary>Every command that can reach a post, in every status that a post can have.</summary>
public sealed class PostArrowsTests
{
    // "unwritten" says that it has no text yet.
    private static readonly ArrowTable Table = ArrowTable.Parse(
        """
                            draft     approved  rejected  draft_unwritten  rejected_unwritten  scheduled  published  analyzed  archived
        approve             approved  .         approved  .                .                   .          .          .         .
        approve_stale       .         .         .         .                .                   .          .          .         .
        approve_together    approved  .         approved  .                .                   .          .          .         .
        approve_all         approved  .         .         .                .                   .          .          .         .
        reject              rejected  rejected  =         rejected         =                   .          .          .         .
        reject_alike        rejected  rejected  .         rejected         .                   .          .          .         .
        reject_stale        .         .         .         .                .                   .          .          .         .
        reject_together     rejected  rejected  =         rejected         =                   .          .          .         .
        reopen              .         draft     draft     .                draft               .          .          .         .
        reopen_stale        .         .         .         .                .                   .          .          .         .
        reopen_together     .         draft     draft     .                draft               .          .          .         .
        select              =         =         =         .                .                   =          .          .         .
        select_stale        .         .         .         .                .                   .          .          .         .
        edit                =         draft     =         .                .                   draft      .          .         .
        edit_stale          .         .         .         .                .                   .          .          .         .
        use_earlier         =         draft     =         .                .                   draft      .          .         .
        use_current         .         .         .         .                .                   .          .          .         .
        regenerate_text     =         =         =         .                .                   =          .          .         .
        regenerate_picture  =         =         =         .                .                   =          .          .         .
        made_anew           =         draft     =         .                .                   draft      .          .         .
        retry_post          .         .         .         .                .                   .          .          .         .
        follow_up           =         =         =         =                =                   =          =          =         .
        replan              archived  =         archived  archived         archived            =          =          =         =
        """);

    private static CancellationToken Never => CancellationToken.None;

    [Fact]
    public async Task Every_command_in_every_status_of_a_post_comes_to_what_the_page_draws_or_is_refused_with_nothing_written()
    {
        await using var engine = await TestEngine.StartAsync();
        var arrows = new List<Arrow>();
        var walk = new ArrowWalk<PostSubject>(engine, Table, StatesOf(engine), CommandsOf(engine), subject => StatusAsync(engine, subject))
        {
            Carried = (_, walked) =>
            {
                // The others change what is in the post, and where it stands only when what was approved were other words.
                var cause = walked.Command is "replan"
                    ? "planned anew"
                    : walked.Command.Replace("_together", "", StringComparison.Ordinal).Replace("_alike", "", StringComparison.Ordinal).Replace('_', ' ');
                if (walked.From != walked.To || cause is "approve" or "approve all" or "reject" or "reopen")
                    arrows.Add(new Arrow(walked.From, walked.To, cause));
                return Task.CompletedTask;
            },
        };

        await walk.RunAsync();

        var planned = await PlannedAsync(engine);
        arrows.Add(new Arrow(Arrow.Start, await StatusAsync(engine, planned), "planned"));
        await ArrowPage.ShouldDrawAsync("Post", arrows);
    }

    private static Dictionary<string, Func<Task<PostSubject>>> StatesOf(TestEngine engine) => new()
    {
        ["draft"] = () => WrittenAsync(engine),
        ["approved"] = () => AfterAsync(WrittenAsync(engine), pk => engine.Posts.ApproveAsync(pk, Never)),
        ["rejected"] = () => AfterAsync(WrittenAsync(engine), pk => engine.Posts.RejectAsync(pk, "dull", Never)),
        ["draft_unwritten"] = () => PlannedAsync(engine),
        ["rejected_unwritten"] = () => AfterAsync(PlannedAsync(engine), pk => engine.Posts.RejectAsync(pk, "dull", Never)),
        ["scheduled"] = () => MarkedAsync(engine, PostStatus.Scheduled),
        ["published"] = () => MarkedAsync(engine, PostStatus.Published),
        ["analyzed"] = () => MarkedAsync(engine, PostStatus.Analyzed),
        ["archived"] = () => MarkedAsync(engine, PostStatus.Archived),
    };

    private static Dictionary<string, Func<PostSubject, Task<bool?>>> CommandsOf(TestEngine engine) => new()
    {
        ["approve"] = async subject => (await engine.Posts.ApproveAsync(subject.Pk, Never)).IsAccepted,
        ["approve_stale"] = async subject => (await engine.Posts.ApproveAsync(subject.Pk, Never, seen: 0)).IsAccepted,
        ["approve_together"] = subject => TogetherAsync(engine, subject, new Verdict(VerdictKind.Approve)),
        ["approve_all"] = async subject => (await engine.Posts.ApproveAllAsync(subject.Campaign.PublicId, Never)).Value.Approved > 0,
        ["reject"] = async subject => (await engine.Posts.RejectAsync(subject.Pk, "off the brief", Never)).IsAccepted,
        ["reject_alike"] = async subject => (await engine.Posts.RejectAsync(subject.Pk, "dull", Never)).IsAccepted,
        ["reject_stale"] = async subject => (await engine.Posts.RejectAsync(subject.Pk, "off the brief", Never, seen: 0)).IsAccepted,
        ["reject_together"] = subject => TogetherAsync(engine, subject, new Verdict(VerdictKind.Reject, "off the brief")),
        ["reopen"] = async subject => (await engine.Posts.ReopenAsync(subject.Pk, Never)).IsAccepted,
        ["reopen_stale"] = async subject => (await engine.Posts.ReopenAsync(subject.Pk, Never, seen: 0)).IsAccepted,
        ["reopen_together"] = subject => TogetherAsync(engine, subject, new Verdict(VerdictKind.Reopen)),
        ["select_stale"] = async subject => (await engine.Posts.SelectAsync(subject.Pk, "B", Never, seen: 0)).IsAccepted,
        ["select"] = async subject => (await engine.Posts.SelectAsync(subject.Pk, "B", Never)).IsAccepted,
        ["edit"] = async subject => (await engine.Editing.EditAsync(subject.Pk, "A", "By hand, once more", null, baseGeneration: 2, Never)).IsAccepted,
        ["edit_stale"] = async subject => (await engine.Editing.EditAsync(subject.Pk, "A", "By another hand", null, baseGeneration: 1, Never)).IsAccepted,
        ["use_earlier"] = async subject => (await engine.Editing.UseAsync(subject.Pk, "A", 1, Never)).IsAccepted,
        ["use_current"] = async subject => (await engine.Editing.UseAsync(subject.Pk, "A", 2, Never)).IsAccepted,
        ["regenerate_text"] = async subject => (await engine.Regeneration.AskAsync(subject.Pk, "A", StepKind.Text, null, Never)).IsAccepted,
        ["regenerate_picture"] = async subject => (await engine.Regeneration.AskAsync(subject.Pk, "A", StepKind.Picture, null, Never)).IsAccepted,
        ["made_anew"] = async subject =>
        {
            if (!(await engine.Regeneration.AskAsync(subject.Pk, "A", StepKind.Text, null, Never)).IsAccepted)
                return false;
            await engine.CompleteAllAsync();
            return true;
        },
        ["retry_post"] = async subject => (await engine.Commands.RetryPostAsync(subject.Pk, Never)).IsAccepted,
        ["follow_up"] = async subject => (await engine.FollowAsync(subject.Pk)).IsAccepted,
        ["replan"] = async subject => (await engine.ReplanAsync(subject.Campaign, 1)).IsAccepted,
    };

    private static async Task<bool?> TogetherAsync(TestEngine engine, PostSubject subject, Verdict verdict) =>
        (await engine.Posts.DecideAsync([new SeenPost(subject.Pk, null)], verdict, Never)).Value.Outcomes.ShouldHaveSingleItem().Refusal is null;

    private static async Task<string> StatusAsync(TestEngine engine, PostSubject subject)
    {
        await using var tables = engine.Get<Func<CampaignsContext>>()();
        var post = await tables.Posts.AsNoTracking().SingleAsync(row => row.Id == subject.Pk);
        (post.RejectReason is null || post.Status == PostStatus.Rejected).ShouldBeTrue();
        return post.Status.ToWord();
    }

    private static async Task<PostSubject> PlannedAsync(TestEngine engine)
    {
        var campaign = await engine.PlanAsync(posts: 1);
        return new PostSubject(campaign, (await engine.GraphAsync(campaign)).Posts[0].Post.Id);
    }

    // Everything is made, and A has a second generation by hand.
    private static async Task<PostSubject> WrittenAsync(TestEngine engine)
    {
        var subject = await PlannedAsync(engine);
        await engine.CompleteAllAsync();
        (await engine.Editing.EditAsync(subject.Pk, "A", "By hand", null, baseGeneration: 1, CancellationToken.None)).IsAccepted.ShouldBeTrue();
        return subject;
    }

    private static async Task<PostSubject> AfterAsync(Task<PostSubject> situation, Func<int, Task<Decision<Post>>> decide)
    {
        var subject = await situation;
        (await decide(subject.Pk)).IsAccepted.ShouldBeTrue();
        return subject;
    }

    // No command leads there yet, so the row is written.
    private static async Task<PostSubject> MarkedAsync(TestEngine engine, PostStatus status)
    {
        var subject = await WrittenAsync(engine);
        await using var tables = engine.Get<Func<CampaignsContext>>()();
        (await tables.Posts.Where(post => post.Id == subject.Pk).ExecuteUpdateAsync(set => set.SetProperty(post => post.Status, status))).ShouldBe(1);
        return subject;
    }

    private sealed record PostSubject(StoredCampaign Campaign, int Pk) : Subject(Campaign);
}

using Janus.Campaigns;
using Janus.Campaigns.Planning;
using Janus.Campaigns.Posts;
using Janus.Campaigns.Scheduling;
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
        approve_all_stale   .         .         .         .                .                   .          .          .         .
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
        schedule            .         scheduled .         .                .                   =          .          .         .
        schedule_past       .         .         .         .                .                   .          .          .         .
        schedule_stale      .         .         .         .                .                   .          .          .         .
        schedule_same       .         .         .         .                .                   .          .          .         .
        apply_dates         .         scheduled .         .                .                   .          .          .         .
        unschedule          .         .         .         .                .                   approved   .          .         .
        publish             .         published .         .                .                   published  .          .         .
        publish_later       .         .         .         .                .                   .          .          .         .
        publish_stale       .         .         .         .                .                   .          .          .         .
        metrics             .         .         .         .                .                   .          analyzed   =         .
        import_metrics      .         .         .         .                .                   .          analyzed   =         .
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
                if (walked.From != walked.To || cause is "approve" or "approve all" or "reject" or "reopen" or "schedule" or "apply dates" or "metrics" or "import metrics")
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
        ["scheduled"] = () => ScheduledAsync(engine),
        ["published"] = () => AfterAsync(ScheduledAsync(engine), pk => PublishAsync(engine, pk)),
        ["analyzed"] = () => AfterAsync(AfterAsync(ScheduledAsync(engine), pk => PublishAsync(engine, pk)), pk => engine.Get<Publishing>().ReportAsync(pk, Numbers, Never)),
        ["archived"] = () => MarkedAsync(engine, PostStatus.Archived),
    };

    private static Dictionary<string, Func<PostSubject, Task<bool?>>> CommandsOf(TestEngine engine) => new()
    {
        ["approve"] = async subject => (await engine.Posts.ApproveAsync(subject.Pk, Never)).IsAccepted,
        ["approve_stale"] = async subject => (await engine.Posts.ApproveAsync(subject.Pk, Never, seen: 0)).IsAccepted,
        ["approve_together"] = subject => TogetherAsync(engine, subject, new Verdict(VerdictKind.Approve)),
        ["approve_all"] = async subject => (await engine.Posts.ApproveAllAsync(subject.Campaign.PublicId, Never)).Value.Approved > 0,
        ["approve_all_stale"] = async subject => (await engine.Posts.ApproveAllAsync(subject.Campaign.PublicId, Never, seen: 0)).Value.Approved > 0,
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
        ["schedule"] = subject => ScheduleAsync(engine, subject.Pk, TimeSpan.FromDays(3)),
        ["schedule_past"] = subject => ScheduleAsync(engine, subject.Pk, TimeSpan.FromDays(-3)),
        ["schedule_stale"] = subject => ScheduleAsync(engine, subject.Pk, TimeSpan.FromDays(3), seen: -1),
        ["schedule_same"] = async subject => (await engine.Get<ScheduleReader>().OfPostAsync(subject.Pk, Never))!.Posts is [{ Date: { } date }]
            && (await engine.Get<ScheduleCommands>().SetDateAsync(subject.Pk, new WantedTime(null, date.At), null, Never)).IsAccepted,
        ["apply_dates"] = async subject => (await engine.Get<ScheduleCommands>().ApplyAsync(subject.Campaign.PublicId, Never)).IsAccepted,
        ["unschedule"] = async subject => (await engine.Get<ScheduleCommands>().UnscheduleAsync(subject.Pk, Never)).IsAccepted,
        ["publish"] = async subject => (await PublishAsync(engine, subject.Pk)).IsAccepted,
        ["publish_later"] = async subject => (await engine.Get<Publishing>().PublishAsync(subject.Pk, engine.Time.GetUtcNow().AddDays(1), null, null, Never)).IsAccepted,
        ["publish_stale"] = async subject => (await engine.Get<Publishing>().PublishAsync(subject.Pk, null, null, seen: -1, Never)).IsAccepted,
        ["metrics"] = async subject => (await engine.Get<Publishing>().ReportAsync(subject.Pk, Numbers, Never)).IsAccepted,
        ["import_metrics"] = async subject => (await engine.Get<Publishing>().ImportAsync(
            subject.Campaign.PublicId, new Dictionary<int, ReportedNumbers> { [subject.Pk] = Numbers }, new Dictionary<int, string>(), Never)).IsAccepted,
    };

    private static ReportedNumbers Numbers => new(1, null, null, 0);

    private static async Task<bool?> ScheduleAsync(TestEngine engine, int pk, TimeSpan ahead, long? seen = null) =>
        (await engine.Get<ScheduleCommands>().SetDateAsync(pk, new WantedTime(null, engine.Time.GetUtcNow() + ahead), seen, Never)).IsAccepted;

    private static Task<Decision<Post>> PublishAsync(TestEngine engine, int pk) =>
        engine.Get<Publishing>().PublishAsync(pk, null, new Uri("https://example.com/1"), null, Never);

    private static async Task<PostSubject> ScheduledAsync(TestEngine engine)
    {
        var subject = await AfterAsync(WrittenAsync(engine), pk => engine.Posts.ApproveAsync(pk, Never));
        (await ScheduleAsync(engine, subject.Pk, TimeSpan.FromDays(2))).ShouldBe(true);
        return subject;
    }

    private static async Task<bool?> TogetherAsync(TestEngine engine, PostSubject subject, Verdict verdict) =>
        (await engine.Posts.DecideAsync([new SeenPost(subject.Pk, null)], verdict, Never)).Value.Outcomes.ShouldHaveSingleItem().Refusal is null;

    private static async Task<string> StatusAsync(TestEngine engine, PostSubject subject)
    {
        await using var tables = engine.Get<DatabaseEngine>().NewContext();
        var post = await tables.Posts.AsNoTracking().SingleAsync(row => row.Id == subject.Pk);
        (post.RejectReason is null || post.Status == PostStatus.Rejected).ShouldBeTrue();
        // A date stands exactly as long as the post is on its way out, or out.
        (post.PublishedAt is not null).ShouldBe(post.Status is PostStatus.Published or PostStatus.Analyzed);
        (post.ScheduledAt is null || post.Status is PostStatus.Scheduled or PostStatus.Published or PostStatus.Analyzed).ShouldBeTrue();
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
        await using var tables = engine.Get<DatabaseEngine>().NewContext();
        (await tables.Posts.Where(post => post.Id == subject.Pk).ExecuteUpdateAsync(set => set.SetProperty(post => post.Status, status))).ShouldBe(1);
        return subject;
    }

    private sealed record PostSubject(StoredCampaign Campaign, int Pk) : Subject(Campaign);
}

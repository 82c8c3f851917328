using Janus.Campaigns;
using Janus.Campaigns.Planning;
using Janus.Campaigns.Spending;
using Janus.Campaigns.Steps;
using Janus.Campaigns.Storage;
using Janus.Tests.Engine;
using Janus.Tests.Planning;
using Microsoft.EntityFrameworkCore;

namespace Janus.Tests.Arrows;

/// <summary>A step, and what it takes to speak of it.</summary>
/// <param name="Campaign">Its campaign.</param>
/// <param name="PostId">Its post.</param>
/// <param name="Claim">Its latest attempt; one that never was when it was not claimed yet.</param>
/// <param name="Text">The attempt at the text of its post.</param>
/// <param name="Sibling">Another attempt in the same campaign.</param>
internal sealed record StepSubject(StoredCampaign Campaign, int PostId, StepClaim Claim, StepClaim Text, StepClaim Sibling) : Subject(Campaign);

/// <summary>Brings a step into each of its states, by the engine's own commands alone, and gives it the commands.</summary>
internal sealed class StepSituations(TestEngine engine)
{
    private const string Worker = "worker-1";

    public IReadOnlyDictionary<string, Func<Task<StepSubject>>> States => new Dictionary<string, Func<Task<StepSubject>>>
    {
        ["waiting"] = WaitingAsync,
        ["ready"] = () => AfterAsync(RunningAsync, ReleaseAsync),
        ["not_due"] = () => AfterAsync(RunningAsync, FailAsync),
        ["paused"] = () => AfterAsync(RunningAsync, ReleaseAsync, PauseAsync),
        ["running"] = RunningAsync,
        ["out"] = () => AfterAsync(RunningAsync, RunOutAsync),
        ["last_failure"] = async () => await ClaimAgainAsync(await AfterAsync(RunningAsync, FailAsync, RunOutAsync)),
        ["last_loss"] = async () => await AfterAsync(async () => await ClaimAgainAsync(await AfterAsync(RunningAsync, RunOutAsync, ReclaimAsync)), RunOutAsync),
        ["stopped"] = () => AfterAsync(RunningAsync, StopCampaignAsync),
        ["stopped_out"] = () => AfterAsync(RunningAsync, StopCampaignAsync, RunOutAsync),
        ["done"] = () => AfterAsync(RunningAsync, CompleteAsync),
        ["dead"] = () => AfterAsync(RunningAsync, FailForGoodAsync),
        ["cancelled"] = () => AfterAsync(RunningAsync, CancelAsync),
        ["unwritten"] = () => AfterAsync(WaitingAsync, CancelAsync),
    };

    /// <summary>The same for a step that makes a picture anew, while another picture of the plan runs.</summary>
    public IReadOnlyDictionary<string, Func<Task<StepSubject>>> RemakeStates => new Dictionary<string, Func<Task<StepSubject>>>
    {
        ["ready"] = AskedAnewAsync,
        ["running"] = RemakingAsync,
        ["stopped"] = () => AfterAsync(RemakingAsync, StopCampaignAsync),
        ["done"] = () => AfterAsync(RemakingAsync, CompleteAsync),
        ["dead"] = () => AfterAsync(RemakingAsync, FailForGoodAsync),
        ["cancelled"] = () => AfterAsync(RemakingAsync, CancelAsync),
    };

    /// <summary>The commands. Each says whether it was carried out; null when it says nothing.</summary>
    public IReadOnlyDictionary<string, Func<StepSubject, Task<bool?>>> Commands => new Dictionary<string, Func<StepSubject, Task<bool?>>>
    {
        ["claim"] = async _ => (await engine.ClaimAsync()).Count > 0,
        ["renew"] = async subject => (await engine.Queue.RenewAsync([subject.Claim], CancellationToken.None)).Count > 0,
        ["complete"] = CompleteAsync,
        ["fail"] = FailAsync,
        ["fail_for_good"] = FailForGoodAsync,
        ["outage"] = subject => FailAsync(subject.Claim, new AttemptFailure("down", "The provider is down.", IsTransient: true, StopsCampaign: false, null, IsOutage: true)),
        ["release"] = ReleaseAsync,
        ["reclaim"] = ReclaimAsync,
        ["by_another"] = ByAnotherAsync,
        ["complete_text"] = subject => CompleteTextAsync(subject.Text),
        ["fail_text"] = subject => FailAsync(subject.Text, new AttemptFailure("refused", "It was refused.", IsTransient: false, StopsCampaign: false, null)),
        ["stop_campaign"] = StopCampaignAsync,
        ["cancel"] = CancelAsync,
        ["accept"] = async subject => (await engine.Commands.AcceptAsync(subject.Campaign.PublicId, CancellationToken.None)).IsAccepted,
        ["retry"] = async subject => (await engine.Commands.RetryAsync(subject.Campaign.PublicId, CancellationToken.None)).IsAccepted,
        ["retry_post"] = async subject => (await engine.Commands.RetryPostAsync(subject.PostId, CancellationToken.None)).IsAccepted,
        ["follow_up"] = async subject => (await engine.FollowAsync(subject.PostId)).IsAccepted,
        ["replan"] = async subject => (await engine.ReplanAsync(subject.Campaign, 1)).IsAccepted,
        ["pause"] = PauseAsync,
        ["resume"] = async subject => (await engine.Get<PauseCommands>().ResumeAsync(subject.Campaign.PublicId, CancellationToken.None)).IsAccepted,
    };

    /// <summary>The step's state and how its latest attempt ended, as the database spells them.</summary>
    public async Task<(string State, string Outcome)> RowAsync(StepSubject subject)
    {
        await using var tables = engine.Get<DatabaseEngine>().NewContext();
        var step = await tables.Steps.AsNoTracking().SingleAsync(row => row.Id == subject.Claim.StepId);
        var attempt = await tables.Attempts.AsNoTracking().SingleOrDefaultAsync(row => row.StepId == step.Id && row.Number == step.Attempt);
        return (step.State.ToWord(), attempt?.Outcome.ToWord() ?? "");
    }

    /// <summary>The states that steps begin in.</summary>
    public async Task<IReadOnlyList<Arrow>> FirstArrowsAsync()
    {
        var campaign = await engine.PlanAsync(posts: 1);
        await using var tables = engine.Get<DatabaseEngine>().NewContext();
        var planned = await tables.Steps.AsNoTracking().Where(step => step.CampaignId == campaign.Id).ToListAsync();
        await engine.CompleteAllAsync();
        (await engine.Regeneration.AskAsync(planned[0].PostId, "A", StepKind.Picture, null, CancellationToken.None)).IsAccepted.ShouldBeTrue();
        var asked = await tables.Steps.AsNoTracking().SingleAsync(step => step.CampaignId == campaign.Id && step.BaseGeneration != null);
        return
        [
            .. planned.Select(step => new Arrow(Arrow.Start, step.State.ToWord(), step.Kind == StepKind.Text ? "text planned" : "picture planned")),
            new Arrow(Arrow.Start, asked.State.ToWord(), "part asked for anew"),
        ];
    }

    // Something else of the campaign is done, so that there is something to accept; its pictures are held, so that there is nothing else to claim.
    private async Task<StepSubject> WaitingAsync()
    {
        var campaign = await engine.PlanAsync(posts: 2);
        var texts = await engine.ClaimAsync();
        await engine.CompleteAsync(texts[1]);
        await engine.ClaimAsync();
        await using var tables = engine.Get<DatabaseEngine>().NewContext();
        var picture = await tables.Steps.AsNoTracking().SingleAsync(step => step.PostId == texts[0].PostId && step.Kind == StepKind.Picture && step.Variant == "A");
        return new StepSubject(campaign, picture.PostId, new StepClaim(picture.Id, campaign.Id, 1, Worker), texts[0].Claim, texts[0].Claim);
    }

    private async Task<StepSubject> RunningAsync()
    {
        var campaign = await engine.PlanAsync(posts: 1);
        var text = (await engine.ClaimAsync()).ShouldHaveSingleItem();
        await engine.CompleteAsync(text);
        var pictures = await engine.ClaimAsync();
        pictures.Count.ShouldBe(2);
        return new StepSubject(campaign, text.PostId, pictures[0].Claim, text.Claim, pictures[1].Claim);
    }

    private async Task<StepSubject> AskedAnewAsync()
    {
        var planned = await AfterAsync(RunningAsync, CompleteAsync);
        (await engine.Regeneration.AskAsync(planned.PostId, "A", StepKind.Picture, null, CancellationToken.None)).IsAccepted.ShouldBeTrue();
        await using var tables = engine.Get<DatabaseEngine>().NewContext();
        var asked = await tables.Steps.AsNoTracking().SingleAsync(step => step.CampaignId == planned.Campaign.Id && step.BaseGeneration != null);
        return planned with { Claim = planned.Claim with { StepId = asked.Id } };
    }

    private async Task<StepSubject> RemakingAsync() => await ClaimAgainAsync(await AskedAnewAsync());

    private async Task<StepSubject> ClaimAgainAsync(StepSubject subject)
    {
        var claim = (await engine.ClaimAsync()).ShouldHaveSingleItem().Claim;
        claim.StepId.ShouldBe(subject.Claim.StepId);
        return subject with { Claim = claim };
    }

    private static async Task<StepSubject> AfterAsync(Func<Task<StepSubject>> situation, params Func<StepSubject, Task<bool?>>[] commands)
    {
        var subject = await situation();
        foreach (var command in commands)
            (await command(subject)).ShouldNotBe(false);
        return subject;
    }

    // Longer than a lease, and than the wait after a failure; the sibling's worker lives and has renewed.
    private async Task<bool?> RunOutAsync(StepSubject subject)
    {
        engine.Time.Shift += TimeSpan.FromMinutes(11);
        await engine.Queue.RenewAsync([subject.Sibling], CancellationToken.None);
        return null;
    }

    private async Task<bool?> CompleteAsync(StepSubject subject) =>
        (await engine.Queue.CompletePictureAsync(subject.Claim, $"{subject.Claim.StepId:x32}.svg", AttemptUsage.None, CancellationToken.None)).IsAccepted;

    private async Task<bool?> CompleteTextAsync(StepClaim claim) => (await engine.Queue.CompleteTextAsync(
        claim, [new MadeText("A", "text", "benefit", "caption"), new MadeText("B", "text", "curiosity", "caption")], Author.Sample, AttemptUsage.None, CancellationToken.None)).IsAccepted;

    private Task<bool?> FailAsync(StepSubject subject) =>
        FailAsync(subject.Claim, new AttemptFailure("overloaded", "Overloaded.", IsTransient: true, StopsCampaign: false, null));

    private Task<bool?> FailForGoodAsync(StepSubject subject) =>
        FailAsync(subject.Claim, new AttemptFailure("refused", "It was refused.", IsTransient: false, StopsCampaign: false, null));

    private Task<bool?> StopCampaignAsync(StepSubject subject) =>
        FailAsync(subject.Sibling, new AttemptFailure("key", "The key was refused.", IsTransient: false, StopsCampaign: true, null));

    private async Task<bool?> FailAsync(StepClaim claim, AttemptFailure failure) =>
        (await engine.Queue.FailAsync(claim, failure, AttemptUsage.None, CancellationToken.None)).IsAccepted;

    private async Task<bool?> ReleaseAsync(StepSubject subject)
    {
        await engine.Queue.ReleaseAsync([subject.Claim], CancellationToken.None);
        return null;
    }

    private async Task<bool?> ReclaimAsync(StepSubject subject) => await engine.ReclaimExpiredAsync() > 0;

    private async Task<bool?> CancelAsync(StepSubject subject) => (await engine.Commands.CancelAsync(subject.Campaign.PublicId, null, CancellationToken.None)).IsAccepted;

    private async Task<bool?> PauseAsync(StepSubject subject) => (await engine.Get<PauseCommands>().PauseAsync(subject.Campaign.PublicId, null, CancellationToken.None)).IsAccepted;

    // All that a worker can say, by one that has another attempt, and by another worker that says it has this one.
    private async Task<bool?> ByAnotherAsync(StepSubject subject)
    {
        var said = new List<bool?>();
        foreach (var claim in (StepClaim[])[subject.Claim with { Attempt = subject.Claim.Attempt - 1 }, subject.Claim with { Attempt = subject.Claim.Attempt + 1 }, subject.Claim with { Worker = "worker-2" }])
        {
            var other = subject with { Claim = claim };
            said.AddRange([await CompleteAsync(other), await FailAsync(other), await FailForGoodAsync(other), await ReleaseAsync(other)]);
            said.Add((await engine.Queue.RenewAsync([claim], CancellationToken.None)).Count > 0);
            said.Add((await engine.Queue.StillHeldAsync([claim], CancellationToken.None)).Count > 0);
        }

        return said.Contains(true);
    }
}

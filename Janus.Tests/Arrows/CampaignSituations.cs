using Janus.Campaigns;
using Janus.Campaigns.Planning;
using Janus.Campaigns.Scheduling;
using Janus.Campaigns.Spending;
using Janus.Campaigns.Steps;
using Janus.Campaigns.Storage;
using Janus.Tests.Engine;
using Janus.Tests.Planning;
using Microsoft.EntityFrameworkCore;

namespace Janus.Tests.Arrows;

/// <summary>A campaign of one post.</summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="PostId">Its post.</param>
/// <param name="Running">An attempt that runs; where none does, one that never was.</param>
internal sealed record CampaignSubject(StoredCampaign Campaign, int PostId, StepClaim Running) : Subject(Campaign);

/// <summary>Brings a campaign into each of its situations, by the engine's own commands alone, and gives it the commands.</summary>
internal sealed class CampaignSituations(TestEngine engine)
{
    public IReadOnlyDictionary<string, Func<Task<CampaignSubject>>> States => new Dictionary<string, Func<Task<CampaignSubject>>>
    {
        ["planning"] = PlannedAsync,
        ["planning+"] = () => AfterAsync(PlannedAsync, PauseAsync),
        ["failed"] = () => AfterAsync(() => PicturesAsync(slots: 2), FailOtherAsync, CompleteAsync),
        ["creating"] = () => PicturesAsync(slots: 1),
        ["creating+"] = () => AfterAsync(() => PicturesAsync(slots: 1), PauseAsync),
        ["last"] = () => AfterAsync(() => PicturesAsync(slots: 2), CompleteOtherAsync),
        ["last+"] = () => AfterAsync(() => PicturesAsync(slots: 2), CompleteOtherAsync, PauseAsync),
        ["last_of_dead"] = () => AfterAsync(() => PicturesAsync(slots: 2), FailOtherAsync),
        ["stopped"] = () => AfterAsync(() => PicturesAsync(slots: 2), StopByOtherAsync),
        ["scheduled"] = ScheduledAsync,
        ["accepted"] = () => AfterAsync(() => PicturesAsync(slots: 1), AcceptAsync),
        ["remaking"] = () => AfterAsync(ScheduledAsync, RegenerateAsync),
        ["remaking+"] = () => AfterAsync(ScheduledAsync, RegenerateAsync, PauseAsync),
        ["active"] = () => AfterAsync(ScheduledAsync, FirstPostOutAsync),
        ["analyzing"] = () => AfterAsync(ScheduledAsync, FirstPostOutAsync, SaidSoAsync),
        ["completed"] = () => AfterAsync(ScheduledAsync, FirstPostOutAsync, SaidSoAsync, SaidSoAsync),
    };

    /// <summary>The commands. Each says whether it was carried out; null when it says nothing.</summary>
    public IReadOnlyDictionary<string, Func<CampaignSubject, Task<bool?>>> Commands => new Dictionary<string, Func<CampaignSubject, Task<bool?>>>
    {
        ["claim"] = async _ => (await engine.ClaimAsync()).Count > 0,
        ["complete"] = CompleteAsync,
        ["fail_for_good"] = subject => FailAsync(subject.Running, stopsCampaign: false),
        ["release"] = async subject =>
        {
            await engine.Queue.ReleaseAsync([subject.Running], CancellationToken.None);
            return null;
        },
        ["cancel"] = async subject => (await engine.Commands.CancelAsync(subject.Campaign.PublicId, "wrong product", CancellationToken.None)).IsAccepted,
        ["accept"] = AcceptAsync,
        ["retry"] = async subject => (await engine.Commands.RetryAsync(subject.Campaign.PublicId, CancellationToken.None)).IsAccepted,
        ["pause"] = PauseAsync,
        ["resume"] = async subject => (await engine.Get<PauseCommands>().ResumeAsync(subject.Campaign.PublicId, CancellationToken.None)).IsAccepted,
        ["regenerate"] = RegenerateAsync,
        ["follow_up"] = async subject => (await engine.FollowAsync(subject.PostId)).IsAccepted,
        ["propose"] = async subject => (await engine.ProposeAsync(subject.Campaign, 1)).IsAccepted,
        ["replan"] = async subject => (await engine.ReplanAsync(subject.Campaign, 1)).IsAccepted,
        ["first_post_out"] = FirstPostOutAsync,
        ["said_so"] = SaidSoAsync,
    };

    /// <summary>The phase as the database spells it, with a plus when it is paused.</summary>
    public async Task<string> StateAsync(CampaignSubject subject)
    {
        await using var tables = engine.Get<DatabaseEngine>().NewContext();
        var campaign = await tables.Campaigns.AsNoTracking().SingleAsync(row => row.Id == subject.Campaign.Id);
        // A reason stands exactly as long as it has something to say.
        (campaign.PauseReason is not null && campaign.PauseCause is not null && campaign.PausedAt is not null).ShouldBe(campaign.Paused);
        (campaign.LastError is null || campaign.Phase is Phase.Planning or Phase.ContentCreation).ShouldBeTrue();
        return campaign.Phase.ToWord() + (campaign.Paused ? "+" : "");
    }

    private async Task<CampaignSubject> PlannedAsync()
    {
        var campaign = await engine.PlanAsync(posts: 1);
        await using var tables = engine.Get<DatabaseEngine>().NewContext();
        var text = await tables.Steps.AsNoTracking().SingleAsync(step => step.CampaignId == campaign.Id && step.Kind == StepKind.Text);
        return new CampaignSubject(campaign, text.PostId, new StepClaim(text.Id, campaign.Id, 1, "worker-1"));
    }

    // The text is there, and one picture runs; the other runs too, or waits to be claimed.
    private async Task<CampaignSubject> PicturesAsync(int slots)
    {
        var planned = await PlannedAsync();
        await engine.CompleteAsync((await engine.ClaimAsync()).ShouldHaveSingleItem());
        // Whether it may go out is then a question of the campaign alone.
        (await engine.Posts.ApproveAsync(planned.PostId, CancellationToken.None)).IsAccepted.ShouldBeTrue();
        var pictures = await engine.ClaimAsync(pictures: slots);
        pictures.Count.ShouldBe(slots);
        return planned with { Running = pictures[0].Claim };
    }

    private Task<CampaignSubject> ScheduledAsync() => AfterAsync(() => PicturesAsync(slots: 2), CompleteOtherAsync, CompleteAsync);

    private static async Task<CampaignSubject> AfterAsync(Func<Task<CampaignSubject>> situation, params Func<CampaignSubject, Task<bool?>>[] commands)
    {
        var subject = await situation();
        foreach (var command in commands)
            (await command(subject)).ShouldBe(true);
        return subject;
    }

    private Task<bool?> CompleteAsync(CampaignSubject subject) => CompleteAsync(subject.Running);

    private async Task<bool?> CompleteOtherAsync(CampaignSubject subject) => await CompleteAsync(await OtherAsync(subject));

    private async Task<bool?> FailOtherAsync(CampaignSubject subject) => await FailAsync(await OtherAsync(subject), stopsCampaign: false);

    private async Task<bool?> StopByOtherAsync(CampaignSubject subject) => await FailAsync(await OtherAsync(subject), stopsCampaign: true);

    private async Task<StepClaim> OtherAsync(CampaignSubject subject)
    {
        await using var tables = engine.Get<DatabaseEngine>().NewContext();
        var other = await tables.Steps.AsNoTracking()
            .SingleAsync(step => step.CampaignId == subject.Campaign.Id && step.State == StepState.Running && step.Id != subject.Running.StepId);
        return new StepClaim(other.Id, other.CampaignId, other.Attempt, other.Worker!);
    }

    private async Task<bool?> CompleteAsync(StepClaim claim) =>
        (await engine.Queue.CompletePictureAsync(claim, $"{claim.StepId:x32}.svg", AttemptUsage.None, CancellationToken.None)).IsAccepted;

    private async Task<bool?> FailAsync(StepClaim claim, bool stopsCampaign) => (await engine.Queue.FailAsync(
        claim, new AttemptFailure("refused", "It was refused.", IsTransient: false, stopsCampaign, null), AttemptUsage.None, CancellationToken.None)).IsAccepted;

    private async Task<bool?> AcceptAsync(CampaignSubject subject) => (await engine.Commands.AcceptAsync(subject.Campaign.PublicId, CancellationToken.None)).IsAccepted;

    private async Task<bool?> PauseAsync(CampaignSubject subject) => (await engine.Get<PauseCommands>().PauseAsync(subject.Campaign.PublicId, null, CancellationToken.None)).IsAccepted;

    private async Task<bool?> RegenerateAsync(CampaignSubject subject) =>
        (await engine.Regeneration.AskAsync(subject.PostId, "A", StepKind.Text, null, CancellationToken.None)).IsAccepted;

    private async Task<bool?> FirstPostOutAsync(CampaignSubject subject) =>
        (await engine.Get<Publishing>().PublishAsync(subject.PostId, null, null, null, CancellationToken.None)).IsAccepted;

    private Task<bool?> SaidSoAsync(CampaignSubject subject) =>
        MoveAsync(subject, from => from == Phase.Active ? Phase.Analyzing : Phase.Completed, PhaseCause.SaidSo);

    // Nobody's command yet: what the engine has for whoever will say so.
    private async Task<bool?> MoveAsync(CampaignSubject subject, Func<Phase, Phase> to, PhaseCause cause) => (await engine.Get<CampaignWriter>().ChangeAsync(
        "move", subject.Campaign.Id,
        (change, _) => Task.FromResult(change.Move(to(change.Campaign.Phase), cause, null) is { } refusal ? Decision<bool>.Refuse(refusal) : Decision<bool>.Accept(true)),
        CancellationToken.None)).IsAccepted;
}

using Janus.Campaigns.Steps;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Spending;

/// <summary>Pause and resume: while a campaign is paused nothing new of it is claimed, and what runs is left to end.</summary>
public sealed class PauseCommands(CampaignWriter writer, BudgetOptions options)
{
    /// <summary>Pauses. A campaign that a limit has paused is the person's to resume from then on.</summary>
    public Task<Decision<CampaignStanding>> PauseAsync(string publicId, string? reason, CancellationToken cancellationToken) =>
        writer.ChangeAsync("pause", publicId, async (change, token) =>
        {
            if (change.Campaign is { Paused: true, PauseCause: null or PauseCause.Person })
                return Decision<CampaignStanding>.Refuse(RefusalKind.Unchanged, "It is paused already.");
            var isOpen = await change.Context.Steps.AnyAsync(
                step => step.CampaignId == change.Campaign.Id && (step.State == StepState.Waiting || step.State == StepState.Ready || step.State == StepState.Running), token);
            if (!isOpen)
                return Decision<CampaignStanding>.Refuse(RefusalKind.Conflict, "Nothing of this campaign is left to be made, so there is nothing to pause.");

            change.Pause(PauseCause.Person, string.IsNullOrWhiteSpace(reason) ? "A person paused it." : $"A person paused it: {reason.Trim()}");
            return Decision<CampaignStanding>.Accept(CampaignStanding.Of(change, 0));
        }, cancellationToken);

    /// <summary>Goes on. A limit that is used up must be raised first.</summary>
    public Task<Decision<CampaignStanding>> ResumeAsync(string publicId, CancellationToken cancellationToken) =>
        writer.ChangeAsync("resume", publicId, async (change, token) =>
        {
            if (!change.Campaign.Paused)
                return Decision<CampaignStanding>.Refuse(RefusalKind.Unchanged, "It is not paused.");
            if (await UsedUpAsync(change, token) is { } reason)
                return Decision<CampaignStanding>.Refuse(RefusalKind.Conflict, reason);

            change.Resume(ResumeCause.Person);
            return Decision<CampaignStanding>.Accept(CampaignStanding.Of(change, 0));
        }, cancellationToken);

    private async Task<string?> UsedUpAsync(CampaignChange change, CancellationToken cancellationToken)
    {
        switch (change.Campaign.PauseCause)
        {
            case PauseCause.CampaignBudget:
                var cap = options.CampaignCap(change.Campaign.CapMicroUsd);
                return change.Campaign.SpentMicroUsd < cap ? null : Reasons.Campaign(change.Campaign.SpentMicroUsd, cap, 0);
            case PauseCause.DayBudget:
                var day = await DayShare.ReadAsync(change.Context, options, change.Now, cancellationToken);
                return day.Spent < day.Cap ? null : Reasons.Day(day.Spent, day.Cap, 0);
            default:
                return null;
        }
    }
}

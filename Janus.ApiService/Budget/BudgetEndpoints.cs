using System.Globalization;
using Janus.ApiService.Access;
using Janus.ApiService.Campaigns;
using Janus.ApiService.Http;
using Janus.Campaigns;
using Janus.Campaigns.Accounts;
using Janus.Campaigns.Reading;
using Janus.Campaigns.Spending;
using Janus.Contracts;
using Janus.Generation.Providers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Janus.ApiService.Budget;

/// <summary>What is spent and what may be; pause and resume.</summary>
internal static class BudgetEndpoints
{
    private const int LongestReason = 500;

    public static void MapBudget(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Budget");
        group.MapGet("/api/budget", ReadAsync).WithSummary("What today and the last 30 days cost, and today's limit").Fails(503);
        group.MapPut("/api/budget/day", SetDayAsync).WithSummary("Set what all campaigns together may cost today").For(Role.Admin).Takes<CapRequest>().Fails(400, 413, 503);
        group.MapPut("/api/campaigns/{campaign_id}/budget", SetCampaignAsync).WithSummary("Set what a campaign may cost")
            .Takes<CapRequest>().Fails(400, 404, 413, 503);
        group.MapPost("/api/campaigns/{campaign_id}/pause", PauseAsync).WithSummary("Begin nothing new; what is being made is finished")
            .Takes<PauseRequest>(isOptional: true).Fails(400, 404, 409, 413, 503);
        group.MapPost("/api/campaigns/{campaign_id}/resume", ResumeAsync).WithSummary("Go on").Fails(404, 409, 503);
    }

    private static async Task<Ok<BudgetResponse>> ReadAsync(
        SpendingReader spending, BudgetOptions options, PriceBook prices, GeneratorInUse generator, CancellationToken cancellationToken)
    {
        var overview = await spending.ReadAsync(cancellationToken);
        return TypedResults.Ok(new BudgetResponse(
            overview.Today.Day, overview.Today.SpentMicroUsd, overview.CapMicroUsd, overview.Waiting, prices.Know(generator), options.DayCap(null),
            options.CampaignCap(null), [.. overview.Days.Select(day => new DaySpendingDto(day.Day, day.SpentMicroUsd, day.CapMicroUsd))]));
    }

    private static async Task<Results<Ok<BudgetResponse>, ProblemHttpResult>> SetDayAsync(
        HttpRequest request, BudgetCommands commands, SpendingReader spending, BudgetOptions options, PriceBook prices, GeneratorInUse generator,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        if (await ReadCapAsync(request, errors, cancellationToken) is not { } cap)
            return Problems.Invalid(errors);
        await commands.SetDayCapAsync(cap, cancellationToken);
        return await ReadAsync(spending, options, prices, generator, cancellationToken);
    }

    private static async Task<Results<Ok<CampaignCommandResponse>, ProblemHttpResult>> SetCampaignAsync(
        string campaign_id, HttpRequest request, BudgetCommands commands, CampaignReader reader, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        if (await ReadCapAsync(request, errors, cancellationToken) is not { } cap)
            return Problems.Invalid(errors);
        var limit = $"The limit is {Money.Say(Money.MicroUsd(cap))}";
        return await AnswerAsync(
            campaign_id, await commands.SetCampaignCapAsync(campaign_id, cap, cancellationToken),
            standing => standing.Affected > 0 ? $"{limit}, and it goes on." : $"{limit}.", reader, cancellationToken);
    }

    private static async Task<Results<Ok<CampaignCommandResponse>, ProblemHttpResult>> PauseAsync(
        string campaign_id, HttpRequest request, PauseCommands commands, CampaignReader reader, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var body = await RequestBody.ReadAsync<PauseRequest>(request, errors, cancellationToken, isOptional: true);
        var reason = errors.CheckText("reason", body?.Reason, LongestReason, hasLines: true);
        return errors.Any
            ? Problems.Invalid(errors)
            : await AnswerAsync(
                campaign_id, await commands.PauseAsync(campaign_id, reason, cancellationToken), _ => "Paused. What is being made now is still finished.", reader,
                cancellationToken);
    }

    private static async Task<Results<Ok<CampaignCommandResponse>, ProblemHttpResult>> ResumeAsync(
        string campaign_id, PauseCommands commands, CampaignReader reader, CancellationToken cancellationToken) =>
        await AnswerAsync(campaign_id, await commands.ResumeAsync(campaign_id, cancellationToken), _ => "It goes on.", reader, cancellationToken);

    // Asked for what is so already: the same answer as the first time, whatever else has changed since.
    private static async Task<Results<Ok<CampaignCommandResponse>, ProblemHttpResult>> AnswerAsync(
        string id, Decision<CampaignStanding> decision, Func<CampaignStanding, string> say, CampaignReader reader, CancellationToken cancellationToken) =>
        decision.Refusal switch
        {
            null => CampaignEndpoints.Answer(decision, _ => say(decision.Value)),
            { Kind: RefusalKind.Unchanged } unchanged when await reader.StandingAsync(id, cancellationToken) is { } standing =>
                CampaignEndpoints.Answer(Decision<CampaignStanding>.Accept(standing), _ => unchanged.Reason),
            var refusal => Problems.Refused(refusal),
        };

    private static async Task<decimal?> ReadCapAsync(HttpRequest request, FieldErrors errors, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync<CapRequest>(request, errors, cancellationToken);
        if (body is null || errors.Has("cap_usd"))
            return null;
        if (body.CapUsd is null)
            errors.Add("cap_usd", "is required.");
        else if (body.CapUsd is < 0 or > BudgetOptions.MostUsd)
            errors.Add("cap_usd", string.Create(CultureInfo.InvariantCulture, $"must be 0 to {BudgetOptions.MostUsd:N0} US dollars."));
        return errors.Any ? null : body.CapUsd;
    }
}

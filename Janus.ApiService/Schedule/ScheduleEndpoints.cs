using Janus.ApiService.Http;
using Janus.Campaigns;
using Janus.Campaigns.Scheduling;
using Janus.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Janus.ApiService.Schedule;

/// <summary>When the posts of a campaign go out: its rules, its dates, and files for calendars and spreadsheets.</summary>
internal static class ScheduleEndpoints
{
    public const string NoSuchCampaign = "There is no such campaign.";

    public static void MapSchedule(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/campaigns/{campaign_id}").WithTags("Schedule");
        group.MapGet("/schedule", ReadAsync).WithSummary("When the posts of a campaign go out, and which have no date").Fails(404, 503);
        group.MapPut("/schedule", SetRulesAsync).WithSummary("Set first and last day, time zone and quiet hours; dates that posts have stay")
            .Takes<ScheduleRulesRequest>().Fails(400, 404, 413, 503);
        group.MapPost("/schedule/propose", ProposeAsync).WithSummary("Dates for the approved posts that have none; nothing is stored").Fails(404, 409, 503);
        group.MapPost("/schedule/apply", ApplyAsync).WithSummary("Give the approved posts without a date the proposed ones").Fails(404, 409, 503);
        group.MapGet("/schedule.ics", CalendarAsync).WithSummary("The dates as an iCalendar file (RFC 5545)").Produces(200, contentType: "text/calendar").Fails(404, 503);
        group.MapGet("/schedule.csv", TableAsync).WithSummary("The schedule and its numbers as a table, safe for spreadsheets").Produces(200, contentType: "text/csv").Fails(404, 503);
    }

    private static async Task<Results<Ok<ScheduleResponse>, ProblemHttpResult>> ReadAsync(
        string campaign_id, ScheduleReader reader, CancellationToken cancellationToken) =>
        await FindAsync(campaign_id, reader, cancellationToken) is { } times ? TypedResults.Ok(times.ToResponse()) : Problems.NotFound(NoSuchCampaign);

    private static async Task<Results<Ok<ScheduleResponse>, ProblemHttpResult>> SetRulesAsync(
        string campaign_id, HttpRequest request, ScheduleReader reader, ScheduleCommands commands, TimeProvider time, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var body = await RequestBody.ReadAsync<ScheduleRulesRequest>(request, errors, cancellationToken);
        if (body is null)
            return Problems.Invalid(errors);
        if (await FindAsync(campaign_id, reader, cancellationToken) is not { } times)
            return Problems.NotFound(NoSuchCampaign);
        if (errors.CheckRules(body, times.Rules, time.GetUtcNow()) is not { } rules)
            return Problems.Invalid(errors);

        var decision = await commands.SetRulesAsync(campaign_id, rules, cancellationToken);
        return decision.Refusal is { Kind: not RefusalKind.Unchanged } refusal
            ? Problems.Refused(refusal)
            : await ReadAsync(campaign_id, reader, cancellationToken);
    }

    private static async Task<Results<Ok<ProposedDatesResponse>, ProblemHttpResult>> ProposeAsync(
        string campaign_id, ScheduleReader reader, CancellationToken cancellationToken) =>
        await AnswerAsync(campaign_id, await reader.ProposeAsync(campaign_id, cancellationToken), isApplied: false, reader, cancellationToken);

    private static async Task<Results<Ok<ProposedDatesResponse>, ProblemHttpResult>> ApplyAsync(
        string campaign_id, ScheduleReader reader, ScheduleCommands commands, CancellationToken cancellationToken) =>
        await AnswerAsync(campaign_id, await commands.ApplyAsync(campaign_id, cancellationToken), isApplied: true, reader, cancellationToken);

    private static async Task<Results<Ok<ProposedDatesResponse>, ProblemHttpResult>> AnswerAsync(
        string campaignId, Decision<IReadOnlyList<ProposedDate>> decision, bool isApplied, ScheduleReader reader, CancellationToken cancellationToken)
    {
        if (decision.Refusal is { } refusal)
            return Problems.Refused(refusal);
        return await FindAsync(campaignId, reader, cancellationToken) is { } times
            ? TypedResults.Ok(decision.Value.ToResponse(times, isApplied))
            : Problems.NotFound(NoSuchCampaign);
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> CalendarAsync(
        string campaign_id, ScheduleReader reader, CancellationToken cancellationToken) =>
        await FindAsync(campaign_id, reader, cancellationToken) is { } times
            ? TypedResults.File(ScheduleCalendar.Write(times), "text/calendar; charset=utf-8", times.FileName("ics"))
            : Problems.NotFound(NoSuchCampaign);

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> TableAsync(
        string campaign_id, ScheduleReader reader, CancellationToken cancellationToken) =>
        await FindAsync(campaign_id, reader, cancellationToken) is { } times
            ? TypedResults.File(await ScheduleTable.WriteAsync(times), Janus.ServiceDefaults.SpreadsheetCsv.ContentType, times.FileName("csv"))
            : Problems.NotFound(NoSuchCampaign);

    private static async Task<CampaignTimes?> FindAsync(string campaignId, ScheduleReader reader, CancellationToken cancellationToken) =>
        PublicId.IsCampaign(campaignId) ? await reader.ReadAsync(campaignId, cancellationToken) : null;
}

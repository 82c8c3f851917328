using System.Globalization;
using Janus.ApiService.Http;
using Janus.ApiService.Planning;
using Janus.Campaigns.Operating;
using Janus.Campaigns.Storage.Backups;
using Janus.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Timeouts;

namespace Janus.ApiService.Operator;

/// <summary>
/// What the operator does to the whole system: the dashboard's buttons. They are there only when a key is set, and are no part of the public API, so
/// not of its document either.
/// </summary>
internal static class OperatorEndpoints
{
    private const int LongestHold = 60;
    private const int UsualHold = 10;

    public static void MapOperator(this WebApplication app)
    {
        if (app.Configuration[OperatorKey.Setting] is not { Length: > 0 } key)
            return;

        var group = app.MapGroup("/operator").AddEndpointFilter(new OperatorKey(key)).ExcludeFromDescription().WithMetadata(new DisableRequestTimeoutAttribute());
        group.MapPost("/sample-campaign", PlanSampleAsync);
        group.MapPost("/pause", PauseAsync);
        group.MapPost("/resume", ResumeAsync);
        group.MapPost("/retry", RetryAsync);
        group.MapPost("/backup", BackUpAsync);
        // Nobody's users wait for an experiment.
        if (app.Environment.IsDevelopment())
            group.MapPost("/hold-lock", HoldLockAsync);
    }

    public static void AddOperator(this IServiceCollection services) => services.AddSingleton<OperatorCommands>().AddSingleton<LockHolder>();

    private static Task<Results<Created<PlanResponse>, ProblemHttpResult>> PlanSampleAsync(HttpContext http, PlanCampaign planner, CancellationToken cancellationToken) =>
        PlanEndpoints.MakeAsync(http, SampleOrder.Order, null, planner, cancellationToken);

    private static async Task<Ok<OperatorResponse>> PauseAsync(OperatorCommands commands, CancellationToken cancellationToken)
    {
        var reach = await commands.PauseAllAsync(cancellationToken);
        return Done($"Paused {Campaigns(reach)}. What is being made now is still finished.", reach);
    }

    private static async Task<Ok<OperatorResponse>> ResumeAsync(OperatorCommands commands, CancellationToken cancellationToken)
    {
        var reach = await commands.ResumeAllAsync(cancellationToken);
        return Done($"Resumed {Campaigns(reach)}.", reach);
    }

    private static async Task<Ok<OperatorResponse>> RetryAsync(OperatorCommands commands, CancellationToken cancellationToken)
    {
        var reach = await commands.RetryAllAsync(cancellationToken);
        return Done($"Making {(reach.Parts == 1 ? "1 part" : $"{reach.Parts} parts")} of {Campaigns(reach)} again.", reach);
    }

    private static async Task<Results<Ok<OperatorResponse>, ProblemHttpResult>> BackUpAsync(BackupWriter backups, CancellationToken cancellationToken)
    {
        try
        {
            var path = (await backups.MakeAsync(new BackupWish(), cancellationToken)).Path;
            return TypedResults.Ok(new OperatorResponse(true, $"Backed up to {path}.", Path: path));
        }
        catch (BackupRefusedException refused)
        {
            return Problems.Of(StatusCodes.Status409Conflict, refused.Message);
        }
    }

    // Answers at the end: whoever pressed the button sees for how long it lasts. Whoever goes away lets go of the lock, and so does a service that stops.
    private static async Task<Results<Ok<OperatorResponse>, ProblemHttpResult>> HoldLockAsync(
        string? seconds, LockHolder holder, IHostApplicationLifetime life, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var length = TimeSpan.FromSeconds(errors.CheckNumber("seconds", seconds, UsualHold, 1, LongestHold));
        if (errors.Any)
            return Problems.Invalid(errors);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(life.ApplicationStopping, cancellationToken);
        var held = await holder.HoldAsync(length, either.Token);
        return held.Refusal is { } refusal
            ? Problems.Refused(refusal)
            : TypedResults.Ok(new OperatorResponse(true, string.Create(CultureInfo.InvariantCulture, $"Held the database's write lock for {held.Value.TotalSeconds:0.0} s.")));
    }

    private static Ok<OperatorResponse> Done(string message, OperatorReach reach) => TypedResults.Ok(new OperatorResponse(true, message, reach.Campaigns));

    private static string Campaigns(OperatorReach reach) => reach.Campaigns == 1 ? "1 campaign" : $"{reach.Campaigns} campaigns";
}

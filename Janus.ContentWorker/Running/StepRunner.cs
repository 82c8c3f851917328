using System.Diagnostics;
using System.Diagnostics.Metrics;
using Janus.Campaigns;
using Janus.Campaigns.Faults;
using Janus.Campaigns.Media;
using Janus.Campaigns.Steps;
using Janus.Campaigns.Storage;
using Janus.Generation;
using Janus.Generation.Providers;
using Janus.Generation.Telemetry;

namespace Janus.ContentWorker.Running;

/// <summary>
/// Runs one claimed step: the model call outside any transaction, then its record in one. What was made is recorded however
/// long the database is busy, because it was paid for; a claim that is no longer held writes nothing.
/// </summary>
internal sealed partial class StepRunner(
    StepQueue queue, ContentCreator contentCreator, MediaCreator mediaCreator, IMediaStore media, KeptPicture kept, GeneratorInUse generator, FaultPoints faults, DatabaseEngine database,
    WorkerOptions options, TimeProvider time, ILogger<StepRunner> log)
{
    private const string Queue = "generation_steps";
    private static readonly ActivitySource Source = new("Janus.ContentWorker");
    private static readonly Meter Meter = new("Janus.ContentWorker");
    private static readonly Counter<long> Steps = Meter.CreateCounter<long>("janus.generation.steps", "{step}", "Attempts at generation steps, by outcome.");
    private static readonly Histogram<double> Durations = Meter.CreateHistogram(
        "janus.generation.step.duration", "s", "From claim to record.", tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 80, 160, 320, 640, 1_800] });
    private static readonly TimeSpan BetweenRecords = TimeSpan.FromSeconds(1);

    private Author Author => generator.Provider == GeneratorInUse.SampleStudio ? Author.Sample : Author.Ai;

    /// <summary>Runs the step to its record.</summary>
    /// <param name="step">The step.</param>
    /// <param name="endCall">Ends the model call; nothing is recorded then.</param>
    /// <param name="endRecord">Ends the wait for the record of what was made: the step is no longer held.</param>
    public async Task RunAsync(ClaimedStep step, CancellationToken endCall, CancellationToken endRecord)
    {
        using var scope = log.BeginScope(new Dictionary<string, object> { ["janus.campaign.id"] = step.CampaignPublicId });
        using var span = StartSpan(step);
        var started = time.GetTimestamp();
        var outcome = await AttemptAsync(step, span, endCall, endRecord);
        Steps.Add(1, new("kind", step.Kind.ToWord()), new("outcome", outcome));
        Durations.Record(time.GetElapsedTime(started).TotalSeconds, new("kind", step.Kind.ToWord()), new("outcome", outcome));
    }

    private static Activity? StartSpan(ClaimedStep step)
    {
        if (!Source.HasListeners())
            return null;
        var parent = ActivityContext.TryParse(step.ClaimContext ?? step.TraceParent, step.TraceState, isRemote: true, out var stored) ? stored : default;
        return Source.StartActivity(
            ActivityKind.Consumer, parent, name: $"process {Queue}", tags:
            [
                new("messaging.system", "janus"), new("messaging.operation.name", "process"), new("messaging.operation.type", "process"),
                new("messaging.destination.name", Queue), new("janus.campaign.id", step.CampaignPublicId), new("janus.post.pk", step.PostId),
                new("janus.variant", step.Variant), new("janus.step.id", step.Claim.StepId), new("janus.step.kind", step.Kind.ToWord()), new("janus.step.attempt", step.Claim.Attempt),
            ]);
    }

    private async Task<string> AttemptAsync(ClaimedStep step, Activity? span, CancellationToken endCall, CancellationToken endRecord)
    {
        using var limit = new CancellationTokenSource(options.CallLimit, time);
        using var call = CancellationTokenSource.CreateLinkedTokenSource(endCall, limit.Token);
        Func<CancellationToken, Task<Decision<long>>> record;
        var outcome = "done";
        try
        {
            await faults.ReachAsync(FaultPoints.BeforeCall, call.Token);
            record = step.Kind == StepKind.Text ? await WriteAsync(step, call.Token) : await PaintAsync(step, call.Token);
            await faults.ReachAsync(FaultPoints.AfterCall, call.Token);
        }
        catch (OperationCanceledException) when (endCall.IsCancellationRequested)
        {
            CallEnded(step.PostId, step.Kind, step.Variant);
            return "cancelled";
        }
        catch (Exception exception)
        {
            var (failure, usage) = Understand(exception, step);
            span?.SetTag("error.type", failure.Code).SetStatus(ActivityStatusCode.Error);
            AttemptFailed(step.PostId, step.Kind, step.Variant, step.Claim.Attempt, failure.Code);
            record = token => queue.FailAsync(step.Claim, failure, usage, token);
            outcome = "failed";
        }

        try
        {
            return await RecordAsync(step, record, outcome, endRecord);
        }
        catch (OperationCanceledException) when (endRecord.IsCancellationRequested)
        {
            // The step is somebody else's by now, so this ends late and writes nothing but what the answer cost.
            return await RecordAsync(step, record, outcome, CancellationToken.None);
        }
    }

    private async Task<Func<CancellationToken, Task<Decision<long>>>> WriteAsync(ClaimedStep step, CancellationToken cancellationToken)
    {
        var post = new PostBrief(step.Title, step.Description, step.PhaseNumber);
        if (step.Remake is { } wish)
            return await RewriteAsync(step, post, wish, cancellationToken);

        var answer = await contentCreator.CreateAsync(post, BriefOf(step), cancellationToken);
        MadeText[] texts =
        [
            new("A", answer.Value.A.Text, answer.Value.A.Angle, answer.Value.A.ImageCaption),
            new("B", answer.Value.B.Text, answer.Value.B.Angle, answer.Value.B.ImageCaption),
        ];
        return token => queue.CompleteTextAsync(step.Claim, texts, Author, UsageOf(answer.Usage), token);
    }

    private async Task<Func<CancellationToken, Task<Decision<long>>>> RewriteAsync(
        ClaimedStep step, PostBrief post, RemakeWish wish, CancellationToken cancellationToken)
    {
        var answer = await contentCreator.RewriteAsync(
            post, BriefOf(step), new RewriteWish(step.Variant, wish.CurrentText, wish.OtherText, wish.Hint, step.Generation), cancellationToken);
        // The caption stays with the picture, which is not made anew.
        MadeText[] texts = [new(step.Variant, answer.Value.Text, answer.Value.Angle, step.Caption ?? "")];
        return token => queue.CompleteTextAsync(step.Claim, texts, Author, UsageOf(answer.Usage), token);
    }

    private async Task<Func<CancellationToken, Task<Decision<long>>>> PaintAsync(ClaimedStep step, CancellationToken cancellationToken)
    {
        await media.EnsureWritableAsync(cancellationToken);
        var caption = step.Caption ?? throw new InvalidOperationException("A picture step was ready without its caption.");
        var answer = await mediaCreator.CreateAsync(
            caption, BriefOf(step), step.Variant, step.Remake is { } wish ? new RedrawWish(wish.Hint, step.Generation) : null, cancellationToken);
        // Paid for: where pictures are rows it waits for the database as long as its record would.
        var asset = await PersistAsync(
            step, token => media.KeepAsync(answer.Value.Bytes, answer.Value.MediaType, token), exception => exception is DatabaseBusyException, cancellationToken);
        kept.Tell(asset, answer.Value.MediaType);
        await faults.ReachAsync(FaultPoints.AfterFile, cancellationToken);
        // However long the record has to wait, the file is kept from the sweep; and no row ever names a file that is gone.
        return token => RecordPictureAsync(step.Claim, asset, UsageOf(answer.Usage), token);
    }

    private async Task<Decision<long>> RecordPictureAsync(StepClaim claim, string asset, AttemptUsage usage, CancellationToken cancellationToken)
    {
        try
        {
            return await media.KeepAliveAsync(asset, cancellationToken)
                ? await queue.CompletePictureAsync(claim, asset, usage, cancellationToken, (context, token) => media.HoldsAsync(context, asset, token))
                : throw new MediaLostException(asset);
        }
        catch (MediaLostException)
        {
            return await queue.FailAsync(
                claim, new("media_lost", "The picture vanished from the media folder before it was recorded.", true, false, null), usage, cancellationToken);
        }
    }

    private async Task<string> RecordAsync(
        ClaimedStep step, Func<CancellationToken, Task<Decision<long>>> record, string outcome, CancellationToken cancellationToken)
    {
        var decision = await PersistAsync(
            step, record, exception => exception is DatabaseBusyException or MediaUnavailableException || database.IsOutOfRoom(exception), cancellationToken);
        if (decision.IsAccepted)
            return outcome;
        LateWrite(step.PostId, step.Kind, step.Variant, step.Claim.Attempt);
        return "late";
    }

    private async Task<T> PersistAsync<T>(
        ClaimedStep step, Func<CancellationToken, Task<T>> write, Func<Exception, bool> passes, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await write(cancellationToken);
            }
            catch (Exception exception) when (passes(exception))
            {
                RecordDelayed(exception, step.PostId, step.Kind, step.Variant);
                await Task.Delay(BetweenRecords, time, cancellationToken);
            }
        }
    }

    private (AttemptFailure Failure, AttemptUsage Usage) Understand(Exception exception, ClaimedStep step)
    {
        switch (exception)
        {
            case GenerationFailedException { Failure: var failure }:
                return (new(failure.Code, failure.Reason, failure.IsTransient, failure.Scope == FailureScope.Campaign, failure.RetryAfter, failure.IsOutage), UsageOf(failure.Usage));
            case MediaUnavailableException:
                return (new("media_unavailable", exception.Message, false, true, null), UsageOf(CallUsage.None));
            case OperationCanceledException:
                return (new("timed_out", $"No answer came within {options.CallLimit.TotalMinutes:0.#} minutes.", true, false, null), UsageOf(CallUsage.None));
            default:
                Unexpected(exception, step.PostId, step.Kind, step.Variant);
                return (new("unexpected", "Something unexpected went wrong while making this part; the worker's log has the details.", true, false, null), UsageOf(CallUsage.None));
        }
    }

    private static AttemptUsage UsageOf(CallUsage usage) => new(usage.Model, usage.InputTokens, usage.OutputTokens, usage.CostMicroUsd) { IsPriceKnown = usage.IsPriceKnown };

    private static CampaignBrief BriefOf(ClaimedStep step) => new()
    {
        ProductDescription = step.Brief.ProductDescription,
        Goals = step.Brief.GtmGoals,
        CampaignName = step.Brief.CampaignName,
        Owner = step.CampaignPublicId,
        Platform = step.Platform,
        Audience = step.Brief.Audience,
        Tone = step.Brief.Tone,
        UseWords = step.Brief.UseWords,
        AvoidWords = step.Brief.AvoidWords,
        PostsPerPhase = step.Brief.PostsPerPhase,
    };

    [LoggerMessage(1, LogLevel.Information, "The call for post {Post} {Kind} {Variant} was ended: its step is no longer held")]
    private partial void CallEnded(int post, StepKind kind, string variant);

    [LoggerMessage(2, LogLevel.Warning, "Attempt {Attempt} at post {Post} {Kind} {Variant} failed: {Code}")]
    private partial void AttemptFailed(int post, StepKind kind, string variant, int attempt, string code);

    [LoggerMessage(3, LogLevel.Warning, "Attempt {Attempt} at post {Post} {Kind} {Variant} came late: the write touched 0 rows")]
    private partial void LateWrite(int post, StepKind kind, string variant, int attempt);

    [LoggerMessage(4, LogLevel.Warning, "The result for post {Post} {Kind} {Variant} cannot be recorded yet; trying again")]
    private partial void RecordDelayed(Exception exception, int post, StepKind kind, string variant);

    [LoggerMessage(5, LogLevel.Error, "Making post {Post} {Kind} {Variant} failed unexpectedly")]
    private partial void Unexpected(Exception exception, int post, StepKind kind, string variant);
}

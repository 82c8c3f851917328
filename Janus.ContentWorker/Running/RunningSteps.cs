using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Janus.Campaigns.Steps;
using Janus.Campaigns.Storage;

namespace Janus.ContentWorker.Running;

/// <summary>The steps that this worker holds, each with the means to end its call.</summary>
internal sealed partial class RunningSteps(StepRunner runner, CommitSignal signal, ILogger<RunningSteps> log)
{
    private readonly ConcurrentDictionary<StepClaim, Entry> _entries = new();

    /// <summary>What is held now.</summary>
    public IReadOnlyCollection<StepClaim> Claims => [.. _entries.Keys];

    /// <summary>How many steps of a kind are held.</summary>
    public int Count(StepKind kind) => _entries.Values.Count(entry => entry.Kind == kind);

    /// <summary>Starts a claimed step. It leaves the set when it ends, however it ends.</summary>
    public void Start(ClaimedStep step)
    {
        var entry = new Entry(step.Kind);
        _entries[step.Claim] = entry;
        entry.Task = Task.Run(async () =>
        {
            try
            {
                await runner.RunAsync(step, entry.Call, entry.Record);
            }
            catch (Exception exception)
            {
                // Nobody awaits this task before the worker stops. The lease runs out, and the step is taken back as lost.
                Ended(exception, step.Claim.StepId);
            }
            finally
            {
                // A step whose call was ended because the worker stops stays listed: it is given back.
                if (!entry.IsStopping)
                    _entries.TryRemove(step.Claim, out _);
                signal.Raise();
            }
        });
    }

    /// <summary>Ends the calls of claims that are no longer held: cancelled by a person, or taken over.</summary>
    public async Task EndAllButAsync(IReadOnlyCollection<StepClaim> asked, IReadOnlyCollection<StepClaim> held)
    {
        foreach (var lost in asked.Except(held))
        {
            if (_entries.TryGetValue(lost, out var entry))
                await entry.EndAsync(stopping: false);
        }
    }

    /// <summary>Lets running calls finish for a while, then ends them; what was already answered is still recorded.</summary>
    /// <returns>The claims that may still be held and must be given back.</returns>
    public async Task<IReadOnlyCollection<StepClaim>> StopAsync(TimeSpan grace, TimeSpan endLimit, TimeProvider time, CancellationToken cancellationToken)
    {
        var all = Task.WhenAll(_entries.Values.Select(entry => entry.Task));
        if (await EndsWithinAsync(all, grace, time, cancellationToken))
            return [];

        foreach (var entry in _entries.Values)
            await entry.EndAsync(stopping: true);
        // A call that does not listen is left behind; its step is given back all the same, and its late answer touches no row.
        await EndsWithinAsync(all, endLimit, time, cancellationToken);
        return Claims;
    }

    private static async Task<bool> EndsWithinAsync(Task all, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await all.WaitAsync(limit, time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Step {Step} ended in an error that nothing foresaw")]
    private partial void Ended(Exception exception, long step);

    [SuppressMessage("Design", "CA1001", Justification = "Without a timer or a wait handle a source holds nothing, and disposing it would race with EndAsync.")]
    private sealed class Entry(StepKind kind)
    {
        private readonly CancellationTokenSource _call = new();
        private readonly CancellationTokenSource _record = new();

        public StepKind Kind { get; } = kind;

        public Task Task { get; set; } = Task.CompletedTask;

        public bool IsStopping { get; private set; }

        /// <summary>Ends the model call.</summary>
        public CancellationToken Call => _call.Token;

        /// <summary>Ends the wait for the record: only when the step belongs to somebody else. What was paid for is not thrown away at a stop.</summary>
        public CancellationToken Record => _record.Token;

        public async Task EndAsync(bool stopping)
        {
            IsStopping = stopping;
            await _call.CancelAsync();
            if (!stopping)
                await _record.CancelAsync();
        }
    }
}

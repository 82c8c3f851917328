using System.Diagnostics.CodeAnalysis;

namespace Janus.ApiService.Planning;

/// <summary>
/// The plans that are being made in this process, by their idempotency key, so that a person can stop one. A plan is either cancelled, and
/// then nothing of it is stored, or it is being stored, and then it is too late to cancel it.
/// </summary>
internal sealed class PlansUnderWay
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Plan> _plans = new(StringComparer.Ordinal);

    private enum Stage
    {
        Looking,
        Making,
        Storing,
        Cancelled,
    }

    /// <summary>A request with a key has come. Requests that share a key share a plan, as they share its lane.</summary>
    public Visit Enter(string key)
    {
        lock (_gate)
        {
            if (!_plans.TryGetValue(key, out var plan))
                _plans[key] = plan = new Plan();
            plan.Visitors++;
            return new Visit(this, key, plan);
        }
    }

    /// <summary>Cancels the plan that is being made under a key, for everybody who waits for it.</summary>
    /// <returns>False when none is being made, or it is being stored already.</returns>
    public async Task<bool> TryCancelAsync(string key)
    {
        Plan? plan;
        lock (_gate)
        {
            if (!_plans.TryGetValue(key, out plan) || plan.Stage != Stage.Making)
                return false;
            plan.Stage = Stage.Cancelled;
            // Who comes with this key from now on makes a plan of their own.
            _plans.Remove(key);
        }

        await plan.End.CancelAsync();
        return true;
    }

    private bool TryMove(Plan plan, Stage stage)
    {
        lock (_gate)
        {
            if (plan.Stage == Stage.Cancelled)
                return false;
            plan.Stage = stage;
            return true;
        }
    }

    private void Leave(string key, Plan plan)
    {
        lock (_gate)
        {
            if (--plan.Visitors == 0 && _plans.GetValueOrDefault(key) == plan)
                _plans.Remove(key);
        }
    }

    /// <summary>A request's part in a plan, until it is answered.</summary>
    internal sealed class Visit : IDisposable
    {
        private readonly PlansUnderWay _plans;
        private readonly string _key;
        private readonly Plan _plan;

        internal Visit(PlansUnderWay plans, string key, object plan) => (_plans, _key, _plan) = (plans, key, (Plan)plan);

        /// <summary>Ends the planner's call when somebody cancels.</summary>
        public CancellationToken Cancelled => _plan.End.Token;

        /// <summary>The planner is about to be asked.</summary>
        /// <returns>False when the plan was cancelled.</returns>
        public bool TryMake() => _plans.TryMove(_plan, Stage.Making);

        /// <summary>The plan is there and about to be stored; from now on it cannot be cancelled.</summary>
        /// <returns>False when the plan was cancelled.</returns>
        public bool TryStore() => _plans.TryMove(_plan, Stage.Storing);

        /// <inheritdoc/>
        public void Dispose() => _plans.Leave(_key, _plan);
    }

    [SuppressMessage("Design", "CA1001", Justification = "Without a timer or a wait handle a source holds nothing, and disposing it would race with a cancel.")]
    private sealed class Plan
    {
        public CancellationTokenSource End { get; } = new();

        public int Visitors { get; set; }

        public Stage Stage { get; set; }
    }
}

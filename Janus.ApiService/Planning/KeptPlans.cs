using Janus.Campaigns.Diagrams;
using Janus.Generation;

namespace Janus.ApiService.Planning;

/// <summary>A plan that the planner made, and what that took.</summary>
internal sealed record MadePlan(PlanDiagram Plan, string Diagram, CallUsage Usage);

/// <summary>
/// Plans that were paid for and could not be stored, because the database was busy for longer than a request waits: whoever sends the same key
/// again has them stored, and the planner is not asked twice. No state, only money saved: a kill loses them, and then the planner is asked.
/// </summary>
internal sealed class KeptPlans
{
    private const int Most = 100;
    private readonly Lock _gate = new();
    private readonly OrderedDictionary<(string Key, string Hash), MadePlan> _plans = [];

    /// <summary>Keeps a plan for the next request of its key and hash; the oldest makes room.</summary>
    public void Keep((string Key, string Hash) request, MadePlan plan)
    {
        lock (_gate)
        {
            _plans[request] = plan;
            if (_plans.Count > Most)
                _plans.RemoveAt(0);
        }
    }

    /// <summary>Gives the plan of an earlier request, once; null when there is none.</summary>
    public MadePlan? Take((string Key, string Hash) request)
    {
        lock (_gate)
            return _plans.Remove(request, out var plan) ? plan : null;
    }
}

namespace Janus.ApiService.Planning;

/// <summary>
/// The campaigns for which something is being planned at this moment in this process: one thing at a time for each, so that a second click pays for
/// nothing. That no two plans are mixed is held by the database, whoever runs.
/// </summary>
internal sealed class CampaignTurns
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _campaigns = new(StringComparer.Ordinal);

    /// <summary>What is said to whoever comes second.</summary>
    public const string Taken = "Something is being planned for this campaign already. Wait until it is there, or stop it.";

    /// <summary>Takes the campaign's turn.</summary>
    /// <returns>The turn, which ends when it is disposed; null when somebody has it.</returns>
    public IDisposable? TryTake(string campaignId)
    {
        lock (_gate)
            return _campaigns.Add(campaignId) ? new Turn(this, campaignId) : null;
    }

    private sealed class Turn(CampaignTurns turns, string campaignId) : IDisposable
    {
        public void Dispose()
        {
            lock (turns._gate)
                turns._campaigns.Remove(campaignId);
        }
    }
}

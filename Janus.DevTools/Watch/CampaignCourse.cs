using System.Text.Json;
using Janus.Contracts;

namespace Janus.DevTools.Watch;

/// <summary>What the events of one campaign say, checked as they come: the versions, the phases, the progress.</summary>
internal sealed class CampaignCourse
{
    private static readonly string[] Expected = ["planning", "content_creation", "scheduled"];

    private readonly List<string> _phases = [];

    /// <summary>The number of the latest event.</summary>
    public long Version { get; private set; }

    /// <summary>The phases so far, in order.</summary>
    public IReadOnlyList<string> Phases => _phases;

    /// <summary>Where it stands.</summary>
    public string Phase => _phases.Count == 0 ? "unknown" : _phases[^1];

    /// <summary>Posts, as planned.</summary>
    public int Posts { get; private set; }

    /// <summary>Parts that are done.</summary>
    public int Done { get; private set; }

    /// <summary>All parts.</summary>
    public int Total { get; private set; }

    /// <summary>Parts that failed for good.</summary>
    public int Failed { get; private set; }

    /// <summary>Whether the last phase was reached in the right order.</summary>
    public bool IsScheduled => _phases.Count == Expected.Length;

    /// <summary>Takes the next event.</summary>
    /// <exception cref="CampaignFailedException">It is not what must come next.</exception>
    public void Take(CampaignEventDto entry)
    {
        if (entry.Version != Version + 1)
            throw new CampaignFailedException($"Event {Version + 1} should come after event {Version}, but {entry.Version} ({entry.Kind}) came.");
        Version = entry.Version;

        switch (entry.Kind)
        {
            case "campaign_planned":
                Posts = Number(entry.Data, "posts");
                Total = Number(entry.Data, "parts");
                Enter("planning", reason: null);
                break;
            case "phase_changed":
                Move(Text(entry.Data, "from"), Text(entry.Data, "to"), Text(entry.Data, "reason") ?? Text(entry.Data, "cause"));
                break;
            default:
                Advance(entry.Data);
                break;
        }
    }

    /// <summary>Refuses a campaign that was scheduled with a part missing.</summary>
    /// <exception cref="CampaignFailedException">A part is missing.</exception>
    public void EnsureComplete()
    {
        if (Total == 0 || Done != Total || Failed > 0)
            throw new CampaignFailedException($"It was scheduled with {Done} of {Total} parts done and {Failed} failed.");
    }

    private void Move(string? from, string? to, string? reason)
    {
        if (from != Phase)
            throw new CampaignFailedException($"It left {from} while it was in {Phase}.");
        Enter(to ?? "nowhere", reason);
    }

    private void Enter(string phase, string? reason)
    {
        var isExpected = _phases.Count < Expected.Length && Expected[_phases.Count] == phase;
        _phases.Add(phase);
        if (!isExpected)
            throw new CampaignFailedException($"The phases came as {string.Join(", ", _phases)}{(reason is null ? "." : $": {reason}")}");
    }

    private void Advance(JsonElement data)
    {
        if (data.ValueKind != JsonValueKind.Object || !data.TryGetProperty("progress", out var progress))
            return;
        Done = Number(progress, "done");
        Failed = Number(progress, "failed");
        if (Number(progress, "total") is var total && total != Total)
            throw new CampaignFailedException($"The number of parts changed from {Total} to {total}.");
    }

    private static int Number(JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.TryGetInt32(out var number) ? number : 0;

    private static string? Text(JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}

namespace Janus.Web.Design;

/// <summary>How a campaign's phase looks and reads. Every page takes it from here.</summary>
/// <param name="Label">The phase in a word or two.</param>
/// <param name="Note">What happens in it, in small text.</param>
/// <param name="Css">The class that sets its colours.</param>
/// <param name="Pulses">Whether its dot pulses.</param>
/// <param name="Spins">Whether a spinner turns beside it.</param>
public sealed record PhaseLook(string Label, string Note, string Css, bool Pulses, bool Spins)
{
    private static readonly PhaseLook Planning = new("Planning", "Strategy being developed", "planning", Pulses: true, Spins: true);
    private static readonly PhaseLook Failed = new("Generation failed", "What was made is kept", "failed", Pulses: false, Spins: false);
    private static readonly PhaseLook Cancelled = new("Generation stopped", "What was made is kept", "failed", Pulses: false, Spins: false);
    private static readonly PhaseLook Paused = new("Paused", "Nothing is made at present", "paused", Pulses: false, Spins: false);

    private static readonly Dictionary<string, PhaseLook> Looks = new(StringComparer.Ordinal)
    {
        ["planning"] = Planning,
        ["failed"] = Failed,
        ["content_creation"] = new("Generating Content", "AI creating variants", "creating", Pulses: true, Spins: true),
        ["scheduled"] = new("Scheduled", "Ready to launch", "scheduled", Pulses: false, Spins: false),
        ["active"] = new("Active", "Campaign running", "active-phase", Pulses: true, Spins: false),
        ["analyzing"] = new("Analyzing", "Processing metrics", "analyzing", Pulses: false, Spins: false),
        ["completed"] = new("Completed", "Campaign finished", "completed", Pulses: false, Spins: false),
    };

    /// <summary>The phases that a list can be filtered by, in the order of a campaign's life.</summary>
    public static IReadOnlyList<string> Filters { get; } = ["planning", "content_creation", "failed", "scheduled", "active", "analyzing", "completed"];

    /// <summary>The look of a phase by its word; <c>failed</c> stands for planning with a stored failure.</summary>
    public static PhaseLook Of(string phase) => Looks.GetValueOrDefault(phase, Planning);

    /// <summary>The look of a campaign.</summary>
    /// <param name="phase">Its phase.</param>
    /// <param name="lastError">Why generation went back to planning, or null.</param>
    /// <param name="isPaused">Whether its generation is paused.</param>
    public static PhaseLook Of(string phase, string? lastError, bool isPaused) => (phase, lastError, isPaused) switch
    {
        ("planning", { } reason, _) => reason.StartsWith("Cancelled", StringComparison.Ordinal) ? Cancelled : Failed,
        ("planning" or "content_creation" or "scheduled", _, true) => Paused,
        _ => Of(phase),
    };
}

namespace Janus.Web.Design;

/// <summary>The three phases of a plan, as people speak of them; what each is for comes from the planner's own rule.</summary>
/// <param name="Name">The name that the API gives it.</param>
/// <param name="Aim">What its posts do.</param>
public sealed record Stage(string Name, string Aim)
{
    /// <summary>All three, in order.</summary>
    public static IReadOnlyList<Stage> All { get; } =
        [new("Phase 1", "Make aware"), new("Phase 2", "Help consider"), new("Phase 3", "Lead to act")];
}

using Janus.Campaigns;

namespace Janus.Tests.Phases;

public sealed class PhaseTableTests
{
    private static readonly (Phase From, Phase To, PhaseCause Cause)[] Allowed =
    [
        (Phase.Planning, Phase.ContentCreation, PhaseCause.FirstClaim),
        (Phase.Planning, Phase.Scheduled, PhaseCause.Accepted),
        (Phase.ContentCreation, Phase.Scheduled, PhaseCause.EveryPostComplete),
        (Phase.ContentCreation, Phase.Scheduled, PhaseCause.Accepted),
        (Phase.ContentCreation, Phase.Planning, PhaseCause.Failed),
        (Phase.ContentCreation, Phase.Planning, PhaseCause.Cancelled),
        (Phase.Scheduled, Phase.ContentCreation, PhaseCause.PostsAdded),
        (Phase.Scheduled, Phase.Active, PhaseCause.FirstPostOut),
        (Phase.Active, Phase.Analyzing, PhaseCause.SaidSo),
        (Phase.Analyzing, Phase.Completed, PhaseCause.SaidSo),
    ];

    [Fact]
    public void Every_arrow_of_the_design_is_allowed()
    {
        foreach (var (from, to, cause) in Allowed)
            PhaseTable.Refuse(from, to, cause).ShouldBeNull();
    }

    [Fact]
    public void Everything_else_is_refused_and_the_refusal_says_what_was_asked()
    {
        var refused = from start in Enum.GetValues<Phase>()
                      from end in Enum.GetValues<Phase>()
                      from cause in Enum.GetValues<PhaseCause>()
                      where !Allowed.Contains((start, end, cause))
                      select (start, end, cause);

        foreach (var (from, to, cause) in refused)
        {
            var refusal = PhaseTable.Refuse(from, to, cause).ShouldNotBeNull();
            refusal.ShouldBe(new PhaseRefusal(from, to, cause));
            refusal.Reason.ShouldContain(from.ToWord());
            refusal.Reason.ShouldContain(to.ToWord());
            refusal.Reason.ShouldContain(cause.ToWord());
        }
    }

    [Fact]
    public void A_phase_never_moves_to_itself() =>
        PhaseTable.Arrows.ShouldNotContain(arrow => arrow.From == arrow.To);

    [Fact]
    public void Phases_are_spelled_in_snake_case() =>
        Enum.GetValues<Phase>().Select(phase => phase.ToWord())
            .ShouldBe(["planning", "content_creation", "scheduled", "active", "analyzing", "completed"]);
}

namespace Janus.Campaigns;

/// <summary>The phases of a campaign. Stored and spoken in snake case: <c>content_creation</c>.</summary>
public enum Phase
{
    /// <summary>Planned; or back here because generation failed, with the reason in <see cref="Campaign.LastError"/>.</summary>
    Planning,

    /// <summary>Texts and pictures are being made.</summary>
    ContentCreation,

    /// <summary>Every post is complete, or a person accepted what is there.</summary>
    Scheduled,

    /// <summary>The first post is out.</summary>
    Active,

    /// <summary>The numbers are being read.</summary>
    Analyzing,

    /// <summary>Finished.</summary>
    Completed,
}

/// <summary>Why a campaign moves from one phase to another. Each cause belongs to the arrows that <see cref="PhaseTable"/> lists.</summary>
public enum PhaseCause
{
    /// <summary>A worker claimed a step.</summary>
    FirstClaim,

    /// <summary>The last step ended and every post is complete.</summary>
    EveryPostComplete,

    /// <summary>A person accepted what is there.</summary>
    Accepted,

    /// <summary>A step is dead and nothing is left to run, or a cause that reaches the whole campaign.</summary>
    Failed,

    /// <summary>A person cancelled.</summary>
    Cancelled,

    /// <summary>Posts were added or planned anew.</summary>
    PostsAdded,

    /// <summary>A person said that the first post is out.</summary>
    FirstPostOut,

    /// <summary>A person said so.</summary>
    SaidSo,
}

/// <summary>A transition that the phase table does not hold.</summary>
/// <param name="From">The phase the campaign is in.</param>
/// <param name="To">The phase that was asked for.</param>
/// <param name="Cause">The cause that was given.</param>
public sealed record PhaseRefusal(Phase From, Phase To, PhaseCause Cause)
{
    /// <summary>One sentence for a person.</summary>
    public string Reason => $"A campaign in {From.ToWord()} does not go to {To.ToWord()} because of {Cause.ToWord()}.";
}

/// <summary>The whole table of phase transitions; what is not in it is refused.</summary>
public static class PhaseTable
{
    /// <summary>Every allowed transition.</summary>
    public static IReadOnlySet<(Phase From, Phase To, PhaseCause Cause)> Arrows { get; } = new HashSet<(Phase, Phase, PhaseCause)>
    {
        (Phase.Planning, Phase.ContentCreation, PhaseCause.FirstClaim),
        (Phase.ContentCreation, Phase.Scheduled, PhaseCause.EveryPostComplete),
        (Phase.ContentCreation, Phase.Scheduled, PhaseCause.Accepted),
        (Phase.ContentCreation, Phase.Planning, PhaseCause.Failed),
        (Phase.ContentCreation, Phase.Planning, PhaseCause.Cancelled),
        (Phase.Planning, Phase.Scheduled, PhaseCause.Accepted),
        (Phase.Scheduled, Phase.ContentCreation, PhaseCause.PostsAdded),
        (Phase.Scheduled, Phase.Active, PhaseCause.FirstPostOut),
        (Phase.Active, Phase.Analyzing, PhaseCause.SaidSo),
        (Phase.Analyzing, Phase.Completed, PhaseCause.SaidSo),
    };

    /// <summary>Null when the transition is allowed, else the refusal.</summary>
    public static PhaseRefusal? Refuse(Phase from, Phase to, PhaseCause cause) =>
        Arrows.Contains((from, to, cause)) ? null : new PhaseRefusal(from, to, cause);
}

using Janus.Tests.Engine;

namespace Janus.Tests.Arrows;

/// <summary>Every command that can reach a step, in every state that a step can be in.</summary>
public sealed class StepArrowsTests
{
    // The step is a picture whose sibling runs; or, in waiting and unwritten, a picture whose text runs or was cancelled. "last_failure" and "last_loss"
    // run for the last time that is allowed, "stopped" runs on in a campaign that a cause has stopped, "out" says that the lease has run out.
    private static readonly ArrowTable Table = ArrowTable.Parse(
        """
                         waiting    ready      not_due    paused     running    out        last_failure  last_loss  stopped    stopped_out  done  dead   cancelled  unwritten
        claim            .          running    .          .          .          .          .             .          .          .            .     .      .          .
        renew            .          .          .          .          =          =          =             =          =          =            .     .      .          .
        complete         .          .          .          .          done       done       done          done       done       done         .     .      .          .
        fail             .          .          .          .          ready      ready      dead          ready      cancelled  cancelled    .     .      .          .
        fail_for_good    .          .          .          .          dead       dead       dead          dead       dead       dead         .     .      .          .
        outage           .          .          .          .          ready      ready      ready         ready      cancelled  cancelled    .     .      .          .
        release          .          .          .          .          ready      ready      ready         ready      cancelled  cancelled    .     .      .          .
        reclaim          .          .          .          .          .          ready      .             dead       .          cancelled    .     .      .          .
        by_another       .          .          .          .          .          .          .             .          .          .            .     .      .          .
        complete_text    ready      .          .          .          .          .          .             .          .          .            .     .      .          .
        fail_text        cancelled  .          .          .          .          .          .             .          .          .            .     .      .          .
        stop_campaign    cancelled  cancelled  cancelled  cancelled  =          =          =             =          .          .            =     =      .          .
        cancel           cancelled  cancelled  cancelled  cancelled  cancelled  cancelled  cancelled     cancelled  cancelled  cancelled    =     =      .          .
        accept           cancelled  cancelled  cancelled  cancelled  cancelled  cancelled  cancelled     cancelled  cancelled  cancelled    =     =      =          =
        retry            .          .          .          .          .          .          .             .          =          =            .     ready  ready      waiting
        retry_post       .          .          .          .          .          .          .             .          =          =            .     ready  ready      waiting
        pause            =          =          =          .          =          =          =             =          =          =            =     =      .          .
        resume           .          .          .          =          .          .          .             .          .          .            .     .      .          .
        follow_up        =          =          =          =          =          =          =             =          .          .            =     =      .          .
        replan           cancelled  cancelled  cancelled  cancelled  cancelled  cancelled  cancelled     cancelled  .          .            =     =      .          .
        """);

    // A part that is made anew is no part of the plan: nobody who accepts or retries the plan means it, and a stopped campaign does not stop its next attempt.
    private static readonly ArrowTable Remakes = ArrowTable.Parse(
        """
                         ready      running    stopped    done  dead  cancelled
        claim            running    .          .          .     .     .
        renew            .          =          =          .     .     .
        complete         .          done       done       .     .     .
        fail             .          ready      ready      .     .     .
        fail_for_good    .          dead       dead       .     .     .
        outage           .          ready      ready      .     .     .
        release          .          ready      ready      .     .     .
        reclaim          .          .          .          .     .     .
        by_another       .          .          .          .     .     .
        complete_text    .          .          .          .     .     .
        fail_text        .          .          .          .     .     .
        stop_campaign    cancelled  =          .          =     =     .
        cancel           cancelled  cancelled  cancelled  =     =     .
        accept           =          =          =          =     =     =
        retry            .          .          =          .     .     =
        retry_post       .          .          =          .     .     =
        pause            =          =          =          =     =     .
        resume           .          .          .          .     .     .
        follow_up        =          =          .          =     =     .
        replan           cancelled  cancelled  .          =     =     .
        """);

    private static readonly Dictionary<string, string> Causes = new()
    {
        ["claim"] = "claimed",
        ["complete"] = "recorded",
        ["fail"] = "failed for now",
        ["fail_for_good"] = "failed for good",
        ["outage"] = "provider down",
        ["release"] = "given back",
        ["reclaim"] = "lease ran out",
        ["complete_text"] = "text done",
        ["fail_text"] = "text dead",
        ["stop_campaign"] = "campaign stopped",
        ["cancel"] = "cancelled by a person",
        ["accept"] = "accepted without it",
        ["retry"] = "retry",
        ["retry_post"] = "retry",
        ["replan"] = "planned anew",
    };

    [Fact]
    public async Task Every_command_in_every_state_of_a_step_comes_to_what_the_page_draws_or_is_refused_with_nothing_written()
    {
        await using var engine = await StartAsync();
        var situations = new StepSituations(engine);

        var (steps, attempts) = await WalkAsync(engine, Table, situations, situations.States);

        await ArrowPage.ShouldDrawAsync("Step", [.. steps, .. await situations.FirstArrowsAsync()]);
        await ArrowPage.ShouldDrawAsync("Attempt", attempts);
    }

    [Fact]
    public async Task A_step_that_makes_a_part_anew_goes_along_the_same_arrows()
    {
        await using var engine = await StartAsync();
        var situations = new StepSituations(engine);

        var (steps, attempts) = await WalkAsync(engine, Remakes, situations, situations.RemakeStates);

        steps.Except(await ArrowPage.ReadAsync("Step")).ShouldBeEmpty();
        attempts.Except(await ArrowPage.ReadAsync("Attempt")).ShouldBeEmpty();
    }

    private static Task<TestEngine> StartAsync() => TestEngine.StartAsync(
        ("Janus:Steps:MaxFailures", "2"), ("Janus:Steps:MaxLosses", "2"), ("Janus:Steps:FirstBackoff", "00:10:00"), ("Janus:Steps:MaxBackoff", "01:00:00"));

    private static async Task<(List<Arrow> Steps, List<Arrow> Attempts)> WalkAsync(
        TestEngine engine, ArrowTable table, StepSituations situations, IReadOnlyDictionary<string, Func<Task<StepSubject>>> states)
    {
        var steps = new List<Arrow>();
        var attempts = new List<Arrow>();
        var walk = new ArrowWalk<StepSubject>(engine, table, states, situations.Commands, async subject => (await situations.RowAsync(subject)).State)
        {
            Carried = async (subject, walked) =>
            {
                if (walked.From != walked.To)
                    steps.Add(new Arrow(walked.From, walked.To, CauseOf(walked)));
                var outcome = (await situations.RowAsync(subject)).Outcome;
                if (walked.Command == "claim")
                    attempts.Add(new Arrow(Arrow.Start, outcome, "claimed"));
                else if (walked.From == "running" && outcome != "running")
                    attempts.Add(new Arrow("running", outcome, outcome == "failed" ? "failed" : Causes[walked.Command]));
            },
        };
        await walk.RunAsync();
        return (steps, attempts);
    }

    private static string CauseOf(Walked walked) => walked switch
    {
        { Command: "fail" or "outage" or "release" or "reclaim", To: "cancelled" } => "ended after a stop",
        { Command: "fail", To: "dead" } => "failed too often",
        { Command: "reclaim", To: "dead" } => "worker lost too often",
        _ => Causes[walked.Command],
    };
}

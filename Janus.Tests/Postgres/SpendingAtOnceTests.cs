using System.Data.Common;
using Janus.Campaigns.Steps;
using Janus.Tests.Engine;
using Janus.Tests.Spending;
using Janus.Tests.Storage;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Janus.Tests.Postgres;

/// <summary>Limits while steps end in other transactions, which PostgreSQL lets go on beside a claim.</summary>
public sealed class SpendingAtOnceTests
{
    // Two texts cost 0.04 and each picture 0.08: one is being made, and the next fits to the cent, or is short of one.
    [Theory]
    [InlineData("0.20", 1)]
    [InlineData("0.19", 0)]
    public async Task A_step_that_ends_between_two_statements_of_a_claim_is_counted_once(string day, int claimed)
    {
        var statements = 0;
        while (true)
        {
            await using var store = await TestStore.OnPostgresAsync();
            await using var engine = TestEngine.On(store, null, ("Janus:Budget:DayUsd", day));
            Paid.SetToNoon(engine);
            await engine.PlanAsync(posts: 1, name: "First");
            await engine.PlanAsync(posts: 1, name: "Second");
            await engine.CompleteAsync(await engine.ClaimPaidAsync());
            var running = await engine.ClaimPaidAsync(pictures: 1);
            running.ShouldHaveSingleItem().Kind.ShouldBe(StepKind.Picture);
            var ending = new EndBefore(statements, () => engine.CompleteAsync(running));
            await using var claiming = engine.Another(ending);
            claiming.Time.Shift = engine.Time.Shift;

            var next = await claiming.ClaimPaidAsync(pictures: 1);

            if (!ending.HasHappened)
                break;
            next.Count.ShouldBe(claimed, $"it ended before statement {statements}");
            await engine.ShouldAddUpAsync();
            statements++;
        }

        statements.ShouldBeGreaterThan(2, "a claim looks at what is ready, what was spent and what runs");
    }

    /// <summary>Ends something before a statement of a claim, counted from 0; not once the claim has begun to take campaigns, because it is waited for then.</summary>
    private sealed class EndBefore(int statement, Func<Task> end) : DbCommandInterceptor
    {
        private int _next;

        public bool HasHappened { get; private set; }

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (!command.CommandText.Contains("posts", StringComparison.Ordinal) && _next++ == statement)
            {
                HasHappened = true;
                await end();
            }

            return result;
        }
    }
}

using Janus.Generation;

namespace Janus.Tests.Api;

public sealed class ShortBudgetHost : ApiHost
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal) { ["Janus:LockRetry:Budget"] = "00:00:00.5" };
}

/// <summary>A plan that is there while the database is not.</summary>
public sealed class BusyPlanTests(ShortBudgetHost host) : IClassFixture<ShortBudgetHost>
{
    private const string Plan = "/api/strategy/plan/";
    private static readonly (string, string) Key = ("Idempotency-Key", "busy");

    [Fact]
    public async Task It_is_a_503_that_says_when_to_come_back_and_who_comes_back_with_the_key_does_not_pay_twice()
    {
        host.Planner.Usage = new CallUsage("model", 1_000, 2_000, 4_641, Calls: 1);
        await using (host.Store.HoldWrites())
        {
            var refused = await host.PostAsync(Plan, Briefs.Named("Autumn"), Key);

            refused.ShouldBeProblem(503).GetProperty("message").GetString().ShouldBe("The database is busy. Nothing was changed; please try again.");
            refused["Retry-After"].ShouldBe("2");
        }

        var stored = await host.PostAsync(Plan, Briefs.Named("Autumn"), Key);

        stored.Status.ShouldBe(201, stored.Text);
        stored["Idempotency-Replayed"].ShouldBeNull();
        host.Planner.Calls.ShouldBe(1);
        (await host.GetAsync("/api/budget")).Json.GetProperty("days").EnumerateArray().Sum(day => day.GetProperty("spent_micro_usd").GetInt64()).ShouldBe(4_641);
    }
}

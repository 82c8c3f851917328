using Janus.Campaigns.Reading;
using Janus.Generation;

namespace Janus.Tests.Api;

public sealed class ShortLimitHost : ApiHost
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal) { ["Janus:Api:PlanLimit"] = "00:00:00.1" };
}

public sealed class PlannerFailureTests(ShortLimitHost host) : IClassFixture<ShortLimitHost>
{
    private const string Plan = "/api/strategy/plan/";

    [Fact]
    public async Task Nonsense_three_times_is_a_502_with_the_reason_and_stores_nothing()
    {
        var reasons = new List<string?>();
        host.Planner.Script = (_, refuse, _) =>
        {
            foreach (var nonsense in new[] { "I am sorry, Dave", "graph TB\n a --> b", "" })
                reasons.Add(refuse(nonsense));
            throw Failure("out_of_contract", reasons[^1]!);
        };

        var problem = (await host.PostAsync(Plan, Briefs.Named("Autumn"))).ShouldBeProblem(502);

        reasons.ShouldAllBe(reason => reason!.StartsWith("The plan holds no usable post", StringComparison.Ordinal));
        problem.GetProperty("message").GetString().ShouldBe(reasons[^1]);
        await ShouldHaveStoredNothingAsync();
    }

    [Fact]
    public async Task A_planner_that_ignores_the_check_is_checked_again()
    {
        host.Planner.Script = (_, _, _) => Task.FromResult("graph TB");
        (await host.PostAsync(Plan, Briefs.Named("Autumn"))).ShouldBeProblem(502).GetProperty("detail").GetString()!.ShouldContain("no usable post");
        await ShouldHaveStoredNothingAsync();
    }

    [Fact]
    public async Task A_plan_of_too_many_posts_is_refused_with_the_number()
    {
        string? reason = null;
        host.Planner.Script = (_, refuse, _) =>
        {
            var nodes = string.Join('\n', Enumerable.Range(1, 61).Select(n => $"n{n}[<title>T{n}</title><description>D</description>]"));
            reason = refuse($"graph TB\nsubgraph \"Phase 1\"\n{nodes}\nend");
            throw Failure("out_of_contract", reason!);
        };
        (await host.PostAsync(Plan, Briefs.Named("Autumn"))).ShouldBeProblem(502);
        reason.ShouldBe("The plan holds 61 posts; a campaign has at most 60.");
    }

    [Fact]
    public async Task A_provider_that_is_overloaded_is_a_503_that_says_when_to_come_back()
    {
        host.Planner.Script = (_, _, _) => throw new GenerationFailedException(
            new GenerationFailure("overloaded", "The model is overloaded.") { IsTransient = true, RetryAfter = TimeSpan.FromSeconds(7.2) });
        var answer = await host.PostAsync(Plan, Briefs.Named("Autumn"));
        answer.ShouldBeProblem(503).GetProperty("message").GetString().ShouldBe("The model is overloaded.");
        answer["Retry-After"].ShouldBe("8");
        await ShouldHaveStoredNothingAsync();
    }

    [Fact]
    public async Task A_refused_key_is_a_503_with_its_reason()
    {
        host.Planner.Script = (_, _, _) => throw new GenerationFailedException(
            new GenerationFailure("invalid_key", "The provider refused the key.") { Scope = FailureScope.Campaign });
        (await host.PostAsync(Plan, Briefs.Named("Autumn"))).ShouldBeProblem(503).GetProperty("message").GetString().ShouldBe("The provider refused the key.");
    }

    [Fact]
    public async Task A_planner_that_takes_too_long_is_a_503()
    {
        host.Planner.Script = async (_, _, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return "";
        };
        (await host.PostAsync(Plan, Briefs.Named("Autumn"))).ShouldBeProblem(503).GetProperty("message").GetString()!.ShouldContain("did not answer within");
        await ShouldHaveStoredNothingAsync();
    }

    [Fact]
    public async Task An_unexpected_failure_is_a_500_that_tells_nothing_of_its_inside()
    {
        host.Planner.Script = (_, _, _) => throw new InvalidOperationException("secret connection string");
        var problem = await host.PostAsync(Plan, Briefs.Named("Autumn"));
        problem.ShouldBeProblem(500).GetProperty("traceId").GetString().ShouldNotBeNullOrEmpty();
        problem.Text.ShouldNotContain("secret");
        host.Logs.Lines.ShouldContain(line => line.StartsWith("Error A request failed", StringComparison.Ordinal));
        await ShouldHaveStoredNothingAsync();
    }

    private static GenerationFailedException Failure(string code, string reason) => new(new GenerationFailure(code, reason));

    private async Task ShouldHaveStoredNothingAsync() =>
        (await host.Get<CampaignReader>().ListAsync(new CampaignSearch(), 0, 1, CancellationToken.None)).Total.ShouldBe(0);
}

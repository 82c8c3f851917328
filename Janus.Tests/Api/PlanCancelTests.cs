namespace Janus.Tests.Api;

public sealed class PlanCancelTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Theory]
    [InlineData("")]
    [InlineData("/")]
    public async Task A_plan_that_is_being_made_can_be_cancelled_and_nothing_is_stored(string slash)
    {
        var (asked, name) = (AskedPlanner(), Guid.NewGuid().ToString("N"));
        var planning = host.PostAsync("/api/strategy/plan/", Briefs.Named(name), ("Idempotency-Key", name));
        await asked.WaitAsync(TimeSpan.FromSeconds(30));
        var again = host.PostAsync("/api/strategy/plan/", Briefs.Named(name), ("Idempotency-Key", name));

        // The second request may not have come yet: then it makes a plan of its own, which is cancelled like the first.
        var cancelled = await CancelAsync(name, slash);
        cancelled.Status.ShouldBe(200, cancelled.Text);
        (await planning).ShouldBeProblem(409).GetProperty("message").GetString().ShouldBe("Planning was cancelled. Nothing was stored.");
        while (!again.IsCompleted)
            await CancelAsync(name, slash);

        (await again).ShouldBeProblem(409);
        (await host.GetAsync($"/api/agents/campaigns?q={name}")).Json.GetProperty("total").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task What_is_stored_or_was_never_asked_for_cannot_be_cancelled()
    {
        host.Planner.Script = (_, _, _) => Task.FromResult(Briefs.Diagram);
        var key = Guid.NewGuid().ToString("N");
        (await host.PostAsync("/api/strategy/plan/", Briefs.Named(key), ("Idempotency-Key", key))).Status.ShouldBe(201);

        (await CancelAsync(key)).ShouldBeProblem(404);
        (await CancelAsync("nobody")).ShouldBeProblem(404);
        (await CancelAsync(null)).ShouldName("Idempotency-Key");
        (await CancelAsync("two words")).ShouldName("Idempotency-Key");
    }

    [Fact]
    public async Task A_plan_is_either_cancelled_or_stored_however_close_the_two_are()
    {
        for (var i = 0; i < 20; i++)
        {
            var key = Guid.NewGuid().ToString("N");
            var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            host.Planner.Script = (_, _, token) =>
            {
                asked.TrySetResult();
                return answer.Task.WaitAsync(token);
            };
            var planning = host.PostAsync("/api/strategy/plan/", Briefs.Named(key), ("Idempotency-Key", key));
            await asked.Task.WaitAsync(TimeSpan.FromSeconds(30));

            var cancelling = CancelAsync(key);
            answer.SetResult(Briefs.Diagram);

            var wasCancelled = (await cancelling).Status == 200;
            (await planning).Status.ShouldBe(wasCancelled ? 409 : 201);
            (await host.GetAsync($"/api/agents/campaigns?q={key}")).Json.GetProperty("total").GetInt32().ShouldBe(wasCancelled ? 0 : 1);
        }
    }

    private Task AskedPlanner()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Planner.Script = async (_, _, token) =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, token);
            return Briefs.Diagram;
        };
        return asked.Task;
    }

    private async Task<Answer> CancelAsync(string? key, string slash = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"/api/strategy/plan{slash}");
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await host.SendAsync(request);
    }
}

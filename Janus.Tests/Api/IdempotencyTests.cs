namespace Janus.Tests.Api;

public sealed class IdempotencyTests : IClassFixture<ApiHost>
{
    private const string Plan = "/api/strategy/plan/";
    private readonly ApiHost _host;

    public IdempotencyTests(ApiHost host)
    {
        _host = host;
        _host.Planner.Script = (_, _, _) => Task.FromResult(Briefs.Diagram);
    }

    [Fact]
    public async Task The_same_key_and_body_give_the_same_campaign_and_ask_the_planner_once()
    {
        var calls = _host.Planner.Calls;
        var first = await _host.PostAsync(Plan, Briefs.Named("Autumn"), Key("again"));
        var second = await _host.PostAsync(Plan, """{ "gtm_goals":"Be heard in every kitchen ", "campaign_name":"Autumn","platform":"x","product_description":"A kettle that sings" }""", Key("again"));

        first.Status.ShouldBe(201);
        second.Status.ShouldBe(201);
        second.Text.ShouldBe(first.Text);
        second["Location"].ShouldBe(first["Location"]);
        first["Idempotency-Replayed"].ShouldBeNull();
        second["Idempotency-Replayed"].ShouldBe("true");
        (_host.Planner.Calls - calls).ShouldBe(1);
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_a_422()
    {
        await _host.PostAsync(Plan, Briefs.Named("Autumn"), Key("other"));
        (await _host.PostAsync(Plan, Briefs.Named("Winter"), Key("other"))).ShouldBeProblem(422);
    }

    [Fact]
    public async Task Two_requests_at_once_with_one_key_ask_the_planner_once()
    {
        var calls = _host.Planner.Calls;
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _host.Planner.Script = (_, _, _) =>
        {
            asked.SetResult();
            return answer.Task;
        };

        var both = new[] { _host.PostAsync(Plan, Briefs.Named("Autumn"), Key("twice")), _host.PostAsync(Plan, Briefs.Named("Autumn"), Key("twice")) };
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30));
        answer.SetResult(Briefs.Diagram);
        var answers = await Task.WhenAll(both);

        answers.ShouldAllBe(one => one.Status == 201);
        answers[0].Text.ShouldBe(answers[1].Text);
        answers.Count(one => one["Idempotency-Replayed"] == "true").ShouldBe(1);
        (_host.Planner.Calls - calls).ShouldBe(1);
    }

    [Fact]
    public async Task A_plan_whose_client_went_away_is_there_when_it_comes_back_with_its_key()
    {
        var calls = _host.Planner.Calls;
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _host.Planner.Script = (_, _, token) =>
        {
            asked.SetResult();
            return answer.Task.WaitAsync(token);
        };
        using var gone = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Post, Plan)
        {
            Content = new StringContent(System.Text.Json.JsonSerializer.Serialize(Briefs.Named("Autumn")), System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Idempotency-Key", "gone");
        var first = _host.Http.SendAsync(request, gone.Token);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);

        var second = _host.PostAsync(Plan, Briefs.Named("Autumn"), Key("gone"));
        answer.SetResult(Briefs.Diagram);

        (await second)["Idempotency-Replayed"].ShouldBe("true");
        (_host.Planner.Calls - calls).ShouldBe(1);
    }

    [Fact]
    public async Task Two_services_asked_at_once_with_one_key_store_one_campaign()
    {
        await using var other = await _host.StartAnotherAsync();
        using var both = new Barrier(2);
        _host.Planner.Script = other.Planner.Script = (_, _, _) => Task.Run(() =>
        {
            both.SignalAndWait(TimeSpan.FromSeconds(30)).ShouldBeTrue("Both planners are asked before either answers.");
            return Briefs.Diagram;
        });

        var answers = await Task.WhenAll(
            _host.PostAsync(Plan, Briefs.Named("Autumn"), Key("everywhere")), other.PostAsync(Plan, Briefs.Named("Autumn"), Key("everywhere")));

        answers.ShouldAllBe(answer => answer.Status == 201);
        answers[0].Text.ShouldBe(answers[1].Text);
        answers.Count(answer => answer["Idempotency-Replayed"] == "true").ShouldBe(1);
    }

    [Fact]
    public async Task A_failed_plan_does_not_use_up_its_key()
    {
        _host.Planner.Script = (_, _, _) => throw new Janus.Generation.GenerationFailedException(new Janus.Generation.GenerationFailure("out_of_contract", "No plan."));
        (await _host.PostAsync(Plan, Briefs.Named("Autumn"), Key("failed"))).ShouldBeProblem(502);
        _host.Planner.Script = (_, _, _) => Task.FromResult(Briefs.Diagram);
        var answer = await _host.PostAsync(Plan, Briefs.Named("Autumn"), Key("failed"));
        answer.Status.ShouldBe(201);
        answer["Idempotency-Replayed"].ShouldBeNull();
    }

    [Fact]
    public async Task Without_a_key_every_request_is_a_campaign_of_its_own() => (await _host.PlanAsync()).ShouldNotBe(await _host.PlanAsync());

    [Fact]
    public async Task A_key_is_1_to_200_visible_characters()
    {
        (await _host.PostAsync(Plan, Briefs.Named("Autumn"), Key(""))).ShouldName("Idempotency-Key");
        (await _host.PostAsync(Plan, Briefs.Named("Autumn"), Key("two words"))).ShouldName("Idempotency-Key");
        (await _host.PostAsync(Plan, Briefs.Named("Autumn"), Key(new string('k', 201)))).ShouldName("Idempotency-Key");
        (await _host.PostAsync(Plan, Briefs.Named("Autumn"), Key(new string('k', 200)))).Status.ShouldBe(201);
        (await _host.PostAsync(Plan, "{}", Key(""))).ShouldName("Idempotency-Key", "product_description", "gtm_goals");
    }

    private static (string, string) Key(string key) => ("Idempotency-Key", key);
}

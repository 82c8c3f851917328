using Janus.Campaigns.Storage;
using Microsoft.Extensions.Hosting;

namespace Janus.Tests.Api;

/// <summary>The lock that the operator holds: a real one, for everybody, and never for longer than somebody wants it.</summary>
public sealed class HeldLockTests(OperatorHost host) : IClassFixture<OperatorHost>
{
    private static readonly string Minute = $"{Topology.Operator.HoldLockPath}?seconds=60";

    [Fact]
    public async Task Whoever_writes_is_refused_meanwhile_retries_and_succeeds_when_the_caller_goes_away()
    {
        using var calling = new CancellationTokenSource();
        var refused = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Get<LockRetry>().Refused += Notice;
        var holding = host.SayAsync(Minute, cancellationToken: calling.Token);
        await host.WaitUntilLockAsync(isHeld: true);

        var planning = host.PlanAsync("Under a lock");
        await refused.Task.WaitAsync(TimeSpan.FromSeconds(30));
        planning.IsCompleted.ShouldBeFalse();
        var second = await host.SayAsync(Topology.Operator.HoldLockPath);
        await calling.CancelAsync();

        second.ShouldBeProblem(409).GetProperty("message").GetString().ShouldBe("The lock is being held already.");
        await Should.ThrowAsync<OperationCanceledException>(() => holding);
        (await planning).ShouldStartWith("c_");
        host.Get<LockRetry>().Refused -= Notice;

        void Notice(LockRefusal refusal)
        {
            if (refusal.Operation == "plan")
                refused.TrySetResult();
        }
    }

    [Fact]
    public async Task It_ends_by_itself_and_says_how_long_it_was_held()
    {
        await using var own = await OperatorHost.StartAsync();

        var answer = await own.SayAsync($"{Topology.Operator.HoldLockPath}?seconds=1");

        answer.Status.ShouldBe(200, answer.Text);
        answer.Json.GetProperty("message").GetString().ShouldBe("Held the database's write lock for 1.0 s.");
        own.CanWrite().ShouldBeTrue();
    }

    [Fact]
    public async Task A_service_that_stops_lets_go_of_it()
    {
        await using var own = await OperatorHost.StartAsync();
        var holding = own.SayAsync(Minute);
        await own.WaitUntilLockAsync(isHeld: true);

        own.Get<IHostApplicationLifetime>().StopApplication();

        await own.WaitUntilLockAsync(isHeld: false);
        (await holding).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("61")]
    [InlineData("ten")]
    public async Task A_length_that_makes_no_sense_is_named(string seconds) =>
        (await host.SayAsync($"{Topology.Operator.HoldLockPath}?seconds={seconds}")).ShouldName("seconds");

    [Fact]
    public async Task Outside_development_nobody_can_hold_it()
    {
        await using var production = await OperatorHost.StartAsync("Production");
        (await production.SayAsync(Topology.Operator.HoldLockPath)).ShouldBeProblem(404);
        (await production.SayAsync(Topology.Operator.PausePath)).Status.ShouldBe(200);
    }
}

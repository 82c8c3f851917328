using Janus.Gemini;
using Janus.Gemini.Limits;
using Janus.Tests.Time;

namespace Janus.Tests.Gemini;

public sealed class FairGateTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Whoever_has_few_calls_is_not_behind_whoever_has_many()
    {
        var gate = new FairGate(1, 0, _time);
        var first = await gate.EnterAsync("large", CancellationToken.None);
        var large = Enumerable.Range(0, 5).Select(_ => gate.EnterAsync("large", CancellationToken.None)).ToList();
        var small = gate.EnterAsync("small", CancellationToken.None);

        first.Dispose();
        var second = await large[0];
        small.IsCompleted.ShouldBeFalse();
        second.Dispose();

        (await small).Dispose();
        large.Count(turn => !turn.IsCompleted).ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public async Task No_more_calls_are_in_at_once_than_the_limit_and_all_come_in()
    {
        var gate = new FairGate(3, 0, _time);
        var (inside, most) = (0, 0);

        await Task.WhenAll(Enumerable.Range(0, 200).Select(number => Task.Run(async () =>
        {
            using var turn = await gate.EnterAsync($"{number % 7}", CancellationToken.None);
            InterlockedMax(ref most, Interlocked.Increment(ref inside));
            await Task.Yield();
            Interlocked.Decrement(ref inside);
        })));

        most.ShouldBeInRange(1, 3);
    }

    [Fact]
    public async Task The_third_request_of_two_a_minute_waits_until_the_first_is_a_minute_old()
    {
        var gate = new FairGate(10, 2, _time);
        (await gate.EnterAsync("", CancellationToken.None)).Dispose();
        _time.Advance(TimeSpan.FromSeconds(20));
        (await gate.EnterAsync("", CancellationToken.None)).Dispose();
        var third = gate.EnterAsync("", CancellationToken.None);

        _time.Advance(TimeSpan.FromSeconds(39));
        third.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));

        (await third).Dispose();
    }

    [Fact]
    public async Task A_resend_counts_for_the_minute()
    {
        var gate = new FairGate(10, 2, _time);
        using var first = await gate.EnterAsync("", CancellationToken.None);
        gate.CountResend();

        var second = gate.EnterAsync("", CancellationToken.None);

        second.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromMinutes(1));
        (await second).Dispose();
    }

    [Fact]
    public async Task Whoever_gives_up_leaves_the_place_to_the_next()
    {
        var gate = new FairGate(1, 0, _time);
        using var cancel = new CancellationTokenSource();
        var first = await gate.EnterAsync("a", CancellationToken.None);
        var givesUp = gate.EnterAsync("b", cancel.Token);
        var next = gate.EnterAsync("c", CancellationToken.None);

        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(givesUp);
        first.Dispose();

        (await next).Dispose();
    }

    [Theory]
    [InlineData(GeminiPart.Everything, 1, 20, 5)]
    [InlineData(GeminiPart.Planning, 1, 2, 1)]
    [InlineData(GeminiPart.Content, 1, 18, 5)]
    [InlineData(GeminiPart.Content, 3, 6, 1)]
    [InlineData(GeminiPart.Content, 100, 1, 1)]
    public void Planning_keeps_its_share_and_replicas_divide_the_rest(GeminiPart part, int replicas, int texts, int pictures)
    {
        var options = new GeminiOptions { Limits = { TextConcurrency = 20, ImageConcurrency = 5, Replicas = replicas } };

        var traffic = new GeminiTraffic(options, part, _time);

        (traffic.TextRoom.Calls, traffic.ImageRoom.Calls).ShouldBe((texts, pictures));
    }

    [Fact]
    public async Task Whoever_waits_too_long_for_a_turn_is_told_which_option_to_change()
    {
        var options = new GeminiOptions { Limits = { TextConcurrency = 1, LongestWait = TimeSpan.FromMinutes(2) } };
        var lane = new GeminiTraffic(options, GeminiPart.Everything, _time).Of(options.TextModel);
        using var first = await lane.EnterAsync("", CancellationToken.None);
        var second = lane.EnterAsync("", CancellationToken.None);

        _time.Advance(TimeSpan.FromMinutes(2));

        var failure = await Should.ThrowAsync<GeminiException>(second);
        failure.Kind.ShouldBe(GeminiFailureKind.QuotaPerMinute);
        failure.Message.ShouldContain("Gemini:Limits");
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); seen < value; seen = Volatile.Read(ref most))
        {
            if (Interlocked.CompareExchange(ref most, value, seen) == seen)
                return;
        }
    }
}

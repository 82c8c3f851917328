using Janus.Gemini;
using Janus.Tests.Time;
using Microsoft.Extensions.AI;

namespace Janus.Tests.Gemini;

/// <summary>When Gemini is down nothing is sent, until single calls find out that it is up again.</summary>
public sealed class CircuitTests
{
    private static readonly Reply Overloaded = Reply.Error(503, "UNAVAILABLE");

    private readonly ManualTime _time = new();

    [Fact]
    public async Task After_four_failures_in_a_row_calls_fail_unsent_and_say_that_it_is_an_outage()
    {
        await using var gemini = await FakeGemini.StartAsync(Overloaded);
        var (chat, traffic) = Client(gemini);
        for (var call = 1; call <= 4; call++)
            (await FailAsync(chat)).IsOutage.ShouldBe(call == 4, $"call {call}");

        var held = await FailAsync(chat);

        gemini.Requests.Count.ShouldBe(4);
        (held.Kind, held.IsOutage, held.RetryAfter).ShouldBe((GeminiFailureKind.Overloaded, true, TimeSpan.FromSeconds(10)));
        traffic.TextRoom.ShouldBe(new GeminiRoom(0, _time.GetUtcNow() + TimeSpan.FromSeconds(10)));
        traffic.ImageRoom.Calls.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task One_call_finds_out_and_the_wait_doubles_while_it_fails()
    {
        await using var gemini = await FakeGemini.StartAsync(Overloaded);
        var (chat, traffic) = await DownAsync(gemini);

        foreach (var seconds in (int[])[20, 40, 80, 120, 120])
        {
            _time.Advance(traffic.TextRoom.ClosedUntil!.Value - _time.GetUtcNow());
            traffic.TextRoom.ShouldBe(new GeminiRoom(1, null));
            var sent = gemini.Requests.Count;
            (await FailAsync(chat)).IsOutage.ShouldBeTrue();
            (await FailAsync(chat)).IsOutage.ShouldBeTrue();
            gemini.Requests.Count.ShouldBe(sent + 1);
            traffic.TextRoom.ClosedUntil.ShouldBe(_time.GetUtcNow() + TimeSpan.FromSeconds(seconds));
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task A_clock_that_is_set_makes_the_wait_neither_longer_nor_shorter(int hours)
    {
        await using var gemini = await FakeGemini.StartAsync(Overloaded, Overloaded, Overloaded, Overloaded, Reply.Text("Bread."));
        var (chat, traffic) = await DownAsync(gemini);

        _time.Set = TimeSpan.FromHours(hours);

        traffic.TextRoom.ShouldBe(new GeminiRoom(0, _time.GetUtcNow() + TimeSpan.FromSeconds(10)));
        (await FailAsync(chat)).RetryAfter.ShouldBe(TimeSpan.FromSeconds(10));
        _time.Advance(TimeSpan.FromSeconds(10));
        (await chat.GetResponseAsync("Write.")).Text.ShouldBe("Bread.");
    }

    [Fact]
    public async Task A_call_that_succeeds_lets_all_the_others_through()
    {
        await using var gemini = await FakeGemini.StartAsync(Overloaded, Overloaded, Overloaded, Overloaded, Reply.Text("Bread."));
        var (chat, traffic) = await DownAsync(gemini);
        _time.Advance(TimeSpan.FromSeconds(10));

        (await chat.GetResponseAsync("Write.")).Text.ShouldBe("Bread.");

        traffic.TextRoom.Calls.ShouldBeGreaterThan(1);
        (await chat.GetResponseAsync("Write.")).Text.ShouldBe("Bread.");
    }

    [Fact]
    public async Task Refusals_that_are_answers_never_close_it()
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Finished("SAFETY"));
        var (chat, traffic) = Client(gemini);

        for (var call = 0; call < 10; call++)
            (await FailAsync(chat)).Kind.ShouldBe(GeminiFailureKind.Blocked);

        traffic.TextRoom.Calls.ShouldBeGreaterThan(1);
        gemini.Requests.Count.ShouldBe(10);
    }

    private async Task<(GeminiChatClient Chat, GeminiTraffic Traffic)> DownAsync(FakeGemini gemini)
    {
        var client = Client(gemini);
        for (var call = 0; call < 4; call++)
            await FailAsync(client.Chat);
        client.Traffic.TextRoom.Calls.ShouldBe(0);
        return client;
    }

    private (GeminiChatClient Chat, GeminiTraffic Traffic) Client(FakeGemini gemini)
    {
        gemini.Options.Retry.OverloadedAttempts = 1;
        var traffic = new GeminiTraffic(gemini.Options, GeminiPart.Everything, _time);
        return (gemini.TextWith(_time, traffic), traffic);
    }

    private static Task<GeminiException> FailAsync(GeminiChatClient chat) => Should.ThrowAsync<GeminiException>(chat.GetResponseAsync("Write."));
}

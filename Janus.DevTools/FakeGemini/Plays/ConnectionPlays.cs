using Janus.DevTools.FakeGemini.Http;

namespace Janus.DevTools.FakeGemini.Plays;

/// <summary>Connections that break, and answers that come slowly or never.</summary>
internal static class ConnectionPlays
{
    private const string Pieces = "pieces";
    private const string Pause = "pause";

    // Enough for a client to see that an answer has begun.
    private const int BytesBeforeStall = 16;

    public static IReadOnlyList<Play> All { get; } =
    [
        new("reset-before", Reset) { BreaksBeforeBody = true },
        new("reset-after", Reset),
        new("reset-mid", SendHalfAsync),
        new("trickle", TrickleAsync, PlayParameter.Count(Pieces, "20"), PlayParameter.Wait(Pause, "50ms")),
        new("stall", StallAsync),
        new("never", exchange => exchange.WaitForEverAsync()),
    ];

    private static Task Reset(Exchange exchange)
    {
        exchange.Context.Abort();
        return Task.CompletedTask;
    }

    private static Task SendHalfAsync(Exchange exchange)
    {
        var answer = AnswerPlays.Normal(exchange);
        return exchange.SendPartAsync(answer, answer.Whole.Length / 2);
    }

    private static async Task TrickleAsync(Exchange exchange)
    {
        var answer = AnswerPlays.Normal(exchange);
        var count = Math.Min(exchange.Parameters.Count(Pieces), answer.Whole.Length);
        ReadOnlyMemory<byte> whole = answer.Whole;
        List<ReadOnlyMemory<byte>> pieces = [];
        for (long index = 0; index < count; index++)
            pieces.Add(whole[(int)(whole.Length * index / count)..(int)(whole.Length * (index + 1) / count)]);

        exchange.Begin(answer.ContentType, answer.IsStreamed ? null : whole.Length);
        await exchange.WriteAsync(pieces, answer.Pictures, exchange.Parameters.Wait(Pause));
    }

    private static async Task StallAsync(Exchange exchange)
    {
        var answer = AnswerPlays.Normal(exchange);
        exchange.Begin(answer.ContentType, answer.IsStreamed ? null : answer.Whole.Length);
        await exchange.WriteAsync(answer.Whole.AsMemory(0, BytesBeforeStall));
        await exchange.WaitForEverAsync();
    }
}

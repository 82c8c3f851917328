using Janus.DevTools.FakeGemini.Http;
using Janus.DevTools.FakeGemini.Protocol;

namespace Janus.DevTools.FakeGemini.Plays;

/// <summary>Streams that go wrong after two events. They wait for a request that asks for a stream.</summary>
internal static class StreamPlays
{
    private const int Good = 2;

    public static IReadOnlyList<Play> All { get; } =
    [
        new("stream-error", FailAsync) { NeedsStream = true },
        new("stream-cut", exchange =>
        {
            var answer = AnswerPlays.Normal(exchange);
            return exchange.SendEventsAsync(answer, answer.Pieces.Take(Good));
        }) { NeedsStream = true },
    ];

    private static async Task FailAsync(Exchange exchange)
    {
        var answer = AnswerPlays.Normal(exchange);
        var error = new GoogleError(503, "UNAVAILABLE", "The model is overloaded. Please try again later.").ToJson(exchange.Request.Prompt);
        exchange.Begin(answer.ContentType, length: null);
        await exchange.WriteAsync([.. answer.Pieces.Take(Good), RenderedAnswer.Event(error)], pictures: 0);
    }
}

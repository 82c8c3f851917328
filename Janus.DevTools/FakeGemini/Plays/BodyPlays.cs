using System.Text;
using Janus.DevTools.FakeGemini.Http;

namespace Janus.DevTools.FakeGemini.Plays;

/// <summary>Status 200 with a body that is not what it should be.</summary>
internal static class BodyPlays
{
    private const int Megabyte = 1024 * 1024;

    public static IReadOnlyList<Play> All { get; } =
    [
        new("truncated-json", exchange =>
        {
            var whole = AnswerPlays.Normal(exchange).Whole;
            return exchange.SendAsync(new RenderedAnswer(RenderedAnswer.Json, [whole[..(whole.Length / 2)]], IsStreamed: false));
        }),
        new("huge", exchange => SendPaddedAsync(exchange, 30 * Megabyte)),
        new("too-huge", exchange => SendPaddedAsync(exchange, 60 * Megabyte)),
        new("html-page", exchange => exchange.SendAsync(RefusalPlays.Page("Sign in to the network", exchange))),
        new("empty-body", exchange => exchange.SendAsync(RenderedAnswer.Of("", RenderedAnswer.Json))),
        new("not-json", exchange => exchange.SendAsync(RenderedAnswer.Of("upstream connect error or disconnect/reset before headers", RenderedAnswer.Json))),
    ];

    // A good answer behind a field that nobody knows, which makes up the size.
    private static async Task SendPaddedAsync(Exchange exchange, int size)
    {
        var answer = AnswerPlays.Normal(exchange);
        var last = answer.Pieces[^1];
        // The object of the last piece begins at its first brace; server-sent events have a name before it.
        var brace = Array.IndexOf(last, (byte)'{') + 1;
        byte[] before = [.. answer.Pieces.SkipLast(1).SelectMany(piece => piece), .. last[..brace], .. "\"padding\":\""u8];
        byte[] after = [.. "\","u8, .. last[brace..]];
        exchange.Begin(answer.ContentType, answer.IsStreamed ? null : size);
        await exchange.WriteAsync(before);

        var filler = Encoding.ASCII.GetBytes(new string('x', 64 * 1024));
        for (var left = size - before.Length - after.Length; left > 0; left -= filler.Length)
            await exchange.WriteAsync(filler.AsMemory(0, Math.Min(left, filler.Length)));
        await exchange.WriteAsync([after], answer.Pictures);
    }
}

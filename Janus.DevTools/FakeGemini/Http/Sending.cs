using Janus.DevTools.FakeGemini.Answers;
using Janus.DevTools.FakeGemini.Plays;
using Janus.DevTools.FakeGemini.Protocol;
using Microsoft.AspNetCore.Http;

namespace Janus.DevTools.FakeGemini.Http;

/// <summary>Sends what plays have made.</summary>
internal static class Sending
{
    /// <summary>Sends an answer whole.</summary>
    public static async Task SendAsync(this Exchange exchange, RenderedAnswer answer, int status = StatusCodes.Status200OK)
    {
        exchange.Begin(answer.ContentType, answer.IsStreamed ? null : answer.Whole.Length, status);
        await exchange.WriteAsync(answer.Pieces, answer.Pictures);
    }

    /// <summary>Sends the headers of an answer.</summary>
    public static void Begin(this Exchange exchange, string contentType, long? length, int status = StatusCodes.Status200OK)
    {
        exchange.Line.Note(entry => entry with { Status = status });
        exchange.Context.Response.StatusCode = status;
        exchange.Context.Response.ContentType = contentType;
        exchange.Context.Response.ContentLength = length;
    }

    /// <summary>Sends pieces, each at once, with a pause between them.</summary>
    /// <param name="exchange">Where to.</param>
    /// <param name="pieces">The body, or the rest of it.</param>
    /// <param name="pictures">The pictures that are paid for when all has been sent.</param>
    /// <param name="pause">How long to wait before each piece but the first.</param>
    public static async Task WriteAsync(this Exchange exchange, IReadOnlyList<ReadOnlyMemory<byte>> pieces, int pictures, TimeSpan pause = default)
    {
        for (var index = 0; index < pieces.Count; index++)
        {
            if (index > 0 && pause > TimeSpan.Zero)
                await exchange.WaitAsync(pause);
            var piece = pieces[index];
            if (pictures > 0 && index == pieces.Count - 1 && piece.Length > 0)
            {
                // Noted before the last byte goes out, so that whoever has the whole answer finds it in the journal.
                await exchange.WriteAsync(piece[..^1]);
                exchange.Line.Note(entry => entry with { Pictures = pictures });
                piece = piece[^1..];
            }

            await exchange.WriteAsync(piece);
        }
    }

    /// <inheritdoc cref="WriteAsync(Exchange, IReadOnlyList{ReadOnlyMemory{byte}}, int, TimeSpan)"/>
    public static Task WriteAsync(this Exchange exchange, IReadOnlyList<byte[]> pieces, int pictures, TimeSpan pause = default) =>
        exchange.WriteAsync([.. pieces.Select(piece => (ReadOnlyMemory<byte>)piece)], pictures, pause);

    /// <summary>Sends bytes at once.</summary>
    /// <exception cref="OperationCanceledException">The client went, or the fake stops.</exception>
    public static async Task WriteAsync(this Exchange exchange, ReadOnlyMemory<byte> bytes)
    {
        exchange.Gone.ThrowIfCancellationRequested();
        await exchange.Context.Response.Body.WriteAsync(bytes, exchange.Gone);
        await exchange.Context.Response.Body.FlushAsync(exchange.Gone);
    }

    /// <summary>Sends a refusal in the service's own form.</summary>
    public static async Task RefuseAsync(HttpContext context, JournalLine line, GoogleError error, string prompt)
    {
        var body = RenderedAnswer.Of(error.ToJson(prompt).ToJsonString(AnswerJson.Options), RenderedAnswer.Json).Whole;
        line.Note(entry => entry with { Status = error.Code });
        context.Response.StatusCode = error.Code;
        context.Response.ContentType = RenderedAnswer.Json;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}

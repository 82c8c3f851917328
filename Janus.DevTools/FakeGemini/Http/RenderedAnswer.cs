using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Janus.DevTools.FakeGemini.Answers;

namespace Janus.DevTools.FakeGemini.Http;

/// <summary>An answer as bytes: JSON in one piece, or server-sent events, one a piece.</summary>
/// <param name="ContentType">The header.</param>
/// <param name="Pieces">The body.</param>
/// <param name="IsStreamed">Whether the pieces go out one by one.</param>
internal sealed record RenderedAnswer(string ContentType, IReadOnlyList<byte[]> Pieces, bool IsStreamed)
{
    /// <summary>The type of JSON answers.</summary>
    public const string Json = "application/json; charset=UTF-8";

    private const string Events = "text/event-stream";

    /// <summary>How many real pictures it holds, of which each is paid for when it was sent whole.</summary>
    public int Pictures { get; init; }

    /// <summary>The whole body.</summary>
    public byte[] Whole => field ??= Pieces is [var only] ? only : [.. Pieces.SelectMany(piece => piece)];

    /// <summary>Writes an answer in the form that was asked for.</summary>
    public static RenderedAnswer Of(JsonObject answer, bool isStreamed) => isStreamed
        ? new(Events, [.. AnswerChunks.Of(answer).Select(Event)], IsStreamed: true)
        : new(Json, [JsonSerializer.SerializeToUtf8Bytes(answer, AnswerJson.Options)], IsStreamed: false);

    /// <summary>A body that is no answer.</summary>
    public static RenderedAnswer Of(string body, string contentType) => new(contentType, [Encoding.UTF8.GetBytes(body)], IsStreamed: false);

    /// <summary>One server-sent event.</summary>
    public static byte[] Event(JsonObject data) => Encoding.UTF8.GetBytes($"data: {data.ToJsonString(AnswerJson.Options)}\r\n\r\n");
}

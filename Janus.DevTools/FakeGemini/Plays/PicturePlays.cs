using System.Text.Json.Nodes;
using Janus.DevTools.FakeGemini.Answers;

namespace Janus.DevTools.FakeGemini.Plays;

/// <summary>Answers whose picture is none, or not what its label says. On a request for text they send such a picture instead of text.</summary>
internal static class PicturePlays
{
    private const string Png = "image/png";

    public static IReadOnlyList<Play> All { get; } =
    [
        Showing("invalid-base64", exchange => Inline(Png, "%%% not base64 %%%")),
        Showing("wrong-media-type", exchange => Inline("image/jpeg",
            Convert.ToBase64String(PictureAnswer.Draw(exchange.Request.AspectRatio, null, exchange.Options.PictureBytes, exchange.Request.NewDice())))),
        Showing("not-a-picture", exchange => Inline(Png, Convert.ToBase64String("These bytes are no picture, whatever their label says."u8))),
    ];

    /// <summary>Whether inline data really is a picture.</summary>
    public static bool IsPicture(JsonObject inlineData)
    {
        var data = (string)inlineData["data"]!;
        Span<byte> beginning = stackalloc byte[12];
        const int letters = 16;
        return data.Length > letters && Convert.TryFromBase64Chars(data.AsSpan(0, letters), beginning, out _) && Answers.Png.IsOne(beginning);
    }

    private static Play Showing(string name, Func<Exchange, JsonObject> inlineData) => AnswerPlays.Answering(name, (answer, exchange) =>
        answer.Candidate["content"] = new JsonObject
        {
            ["parts"] = new JsonArray(new JsonObject { ["inlineData"] = inlineData(exchange) }),
            ["role"] = "model",
        });

    private static JsonObject Inline(string mimeType, string data) => new() { ["mimeType"] = mimeType, ["data"] = data };
}

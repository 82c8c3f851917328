using System.Text.Json.Nodes;

namespace Janus.DevTools.FakeGemini.Answers;

/// <summary>Cuts an answer into the pieces of a stream: the text bit by bit, usage in each, the reason of the end in the last.</summary>
internal static class AnswerChunks
{
    private const int PiecesOfText = 3;

    /// <summary>The pieces; an answer without content is one.</summary>
    public static IReadOnlyList<JsonObject> Of(JsonObject answer)
    {
        if (answer["candidates"] is not JsonArray { Count: > 0 } candidates || candidates[0]?["content"]?["parts"] is not JsonArray { Count: > 0 } parts)
            return [answer];

        var pieces = parts.OfType<JsonObject>().SelectMany(Pieces).ToList();
        return [.. pieces.Select((piece, index) => Chunk(answer, (JsonObject)candidates[0]!, piece, isLast: index == pieces.Count - 1))];
    }

    private static JsonObject Chunk(JsonObject answer, JsonObject candidate, JsonObject piece, bool isLast)
    {
        var chunk = Without(answer, "candidates");
        var ofChunk = isLast ? Without(candidate, "content") : new JsonObject { ["index"] = 0 };
        ofChunk["content"] = new JsonObject { ["parts"] = new JsonArray(piece), ["role"] = "model" };
        chunk["candidates"] = new JsonArray(ofChunk);
        return chunk;
    }

    private static IEnumerable<JsonObject> Pieces(JsonObject part)
    {
        if (part["text"]?.GetValue<string>() is not { Length: >= PiecesOfText } text || part.ContainsKey("thought"))
        {
            yield return (JsonObject)part.DeepClone();
            yield break;
        }

        var from = 0;
        for (var count = 1; count <= PiecesOfText; count++)
        {
            var to = count == PiecesOfText ? text.Length : Math.Max(from, text.Length * count / PiecesOfText);
            if (to < text.Length && char.IsLowSurrogate(text[to]))
                to++;
            var piece = count == PiecesOfText ? Without(part, "text") : [];
            piece["text"] = text[from..to];
            from = to;
            yield return piece;
        }
    }

    // The big things in an answer are the bytes of a picture, which are not copied with the rest.
    private static JsonObject Without(JsonObject json, string name) =>
        new(json.Where(member => member.Key != name).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Janus.DevTools.FakeGemini.Protocol;

namespace Janus.DevTools.FakeGemini.Answers;

/// <summary>usageMetadata: what a call used, in tokens.</summary>
internal static class Accounting
{
    /// <summary>What a picture counts, in tokens.</summary>
    public const int PictureTokens = 1120;

    // A token is about four letters; a picture in the prompt counts 258.
    private const int LettersOfToken = 4;
    private const int AttachmentTokens = 258;

    /// <summary>The usage of a complete answer.</summary>
    public static JsonObject Of(GenerateRequest request, string text, Dice dice)
    {
        var usage = OfPrompt(request);
        int prompt = (int)usage["promptTokenCount"]!, answer = Tokens(text), thoughts = 40 + dice.Below(400);
        var pictures = request.WantsPicture ? PictureTokens : 0;
        usage["candidatesTokenCount"] = answer + pictures;
        usage["thoughtsTokenCount"] = thoughts;
        usage["totalTokenCount"] = prompt + answer + pictures + thoughts;
        usage["candidatesTokensDetails"] = pictures > 0
            ? new JsonArray(Share("IMAGE", pictures), Share("TEXT", answer))
            : new JsonArray(Share("TEXT", answer));
        return usage;
    }

    /// <summary>The usage of a prompt without an answer.</summary>
    public static JsonObject OfPrompt(GenerateRequest request)
    {
        var text = Tokens(request.Prompt);
        var pictures = request.Attachments * AttachmentTokens;
        return new JsonObject
        {
            ["promptTokenCount"] = text + pictures,
            ["totalTokenCount"] = text + pictures,
            ["promptTokensDetails"] = pictures > 0 ? new JsonArray(Share("TEXT", text), Share("IMAGE", pictures)) : new JsonArray(Share("TEXT", text)),
        };
    }

    /// <summary>Writes every number as text, as protobuf's JSON does with int64.</summary>
    public static void WriteAsText(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray list:
                foreach (var item in list)
                    WriteAsText(item);
                break;
            case JsonObject named:
                foreach (var name in named.Select(member => member.Key).ToList())
                {
                    if (named[name]?.GetValueKind() == JsonValueKind.Number)
                        named[name] = ((int)named[name]!).ToString(CultureInfo.InvariantCulture);
                    else
                        WriteAsText(named[name]);
                }

                break;
        }
    }

    private static int Tokens(string text) => 1 + (text.Length / LettersOfToken);

    private static JsonObject Share(string modality, int tokens) => new() { ["modality"] = modality, ["tokenCount"] = tokens };
}

using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Janus.Generation.Telemetry;

/// <summary>
/// Messages as the JSON of the conventions for generative AI: a list of messages, each with a role and parts. What stands in bytes is named, never
/// written; long texts are cut, because a receiver refuses a request of more than 4 MB as a whole.
/// </summary>
internal sealed class MessageContent
{
    /// <summary>The most characters of text on one span.</summary>
    public const int LongestText = 30_000;

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private int _left = LongestText;

    /// <summary>The system instructions: parts without a message around them. Null when there are none.</summary>
    public string? Instructions(IEnumerable<ChatMessage> messages, string? instructions)
    {
        List<AIContent> parts = [.. messages.Where(message => message.Role == ChatRole.System).SelectMany(message => message.Contents)];
        if (!string.IsNullOrEmpty(instructions))
            parts.Insert(0, new TextContent(instructions));
        return parts.Count == 0 ? null : Write(json => WriteParts(json, parts));
    }

    /// <summary>What was asked.</summary>
    public string Input(IEnumerable<ChatMessage> messages) => Write(json =>
    {
        json.WriteStartArray();
        foreach (var message in messages.Where(message => message.Role != ChatRole.System))
            WriteMessage(json, message.Role.Value, message.Contents, null);
        json.WriteEndArray();
    });

    /// <summary>What was answered.</summary>
    public string Output(IEnumerable<AIContent> contents, string? finishReason) => Write(json =>
    {
        json.WriteStartArray();
        WriteMessage(json, ChatRole.Assistant.Value, contents, finishReason);
        json.WriteEndArray();
    });

    private static string Write(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Json))
            write(json);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private void WriteMessage(Utf8JsonWriter json, string role, IEnumerable<AIContent> contents, string? finishReason)
    {
        json.WriteStartObject();
        json.WriteString("role", role);
        json.WritePropertyName("parts");
        WriteParts(json, contents);
        if (finishReason is not null)
            json.WriteString("finish_reason", finishReason);
        json.WriteEndObject();
    }

    private void WriteParts(Utf8JsonWriter json, IEnumerable<AIContent> contents)
    {
        json.WriteStartArray();
        foreach (var content in contents)
        {
            json.WriteStartObject();
            WritePart(json, content);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WritePart(Utf8JsonWriter json, AIContent content)
    {
        switch (content)
        {
            case TextContent text:
                json.WriteString("type", "text");
                json.WriteString("content", Cut(text.Text));
                break;
            case TextReasoningContent thought:
                json.WriteString("type", "reasoning");
                json.WriteString("content", Cut(thought.Text));
                break;
            case UriContent uri:
                json.WriteString("type", "uri");
                json.WriteString("modality", uri.MediaType.StartsWith("image/", StringComparison.Ordinal) ? "image" : "document");
                json.WriteString("mime_type", uri.MediaType);
                json.WriteString("uri", uri.Uri.OriginalString);
                break;
            case DataContent data:
                json.WriteString("type", "bytes_left_out");
                json.WriteString("mime_type", data.MediaType);
                json.WriteNumber("size", data.Data.Length);
                break;
            default:
                json.WriteString("type", content.GetType().Name);
                break;
        }
    }

    private string Cut(string? text)
    {
        text ??= "";
        if (text.Length <= _left)
        {
            _left -= text.Length;
            return text;
        }

        // Not between the halves of a character that takes two.
        var end = _left > 0 && char.IsHighSurrogate(text[_left - 1]) ? _left - 1 : _left;
        _left = 0;
        return $"{text.AsSpan(0, end)}… ({text.Length - end} more characters)";
    }
}

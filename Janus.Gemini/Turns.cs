using Janus.Gemini.Wire;
using Microsoft.Extensions.AI;

namespace Janus.Gemini;

/// <summary>Writes a conversation the way Gemini takes it: instructions apart, then turns of user and model.</summary>
internal static class Turns
{
    public static Content? Instructions(IEnumerable<ChatMessage> messages, string? instructions)
    {
        var texts = messages.Where(message => message.Role == ChatRole.System).Select(message => message.Text).Prepend(instructions);
        List<Part> parts = [.. texts.Where(text => !string.IsNullOrEmpty(text)).Select(text => new Part { Text = text })];
        return parts.Count == 0 ? null : new Content { Parts = parts };
    }

    /// <summary>The turns of user and model, in order.</summary>
    /// <exception cref="ArgumentException">Nothing is left to answer.</exception>
    /// <exception cref="NotSupportedException">A message has a role or a content that is neither text nor bytes.</exception>
    public static IReadOnlyList<Content> Of(IEnumerable<ChatMessage> messages)
    {
        List<Content> turns = [];
        foreach (var message in messages.Where(message => message.Role != ChatRole.System))
        {
            var parts = Parts(message.Contents);
            if (parts.Count > 0) turns.Add(new Content { Role = Role(message.Role), Parts = parts });
        }

        return turns.Count > 0 ? turns : throw new ArgumentException("A conversation needs at least one message with content.", nameof(messages));
    }

    public static IReadOnlyList<Part> Parts(IEnumerable<AIContent> contents)
    {
        List<Part> parts = [];
        foreach (var content in contents)
        {
            switch (content)
            {
                case TextContent { Text.Length: > 0 } text:
                    parts.Add(new Part { Text = text.Text });
                    break;
                case DataContent data:
                    parts.Add(new Part { InlineData = new InlineData { MimeType = data.MediaType, Data = data.Data.ToArray() } });
                    break;
                // What a model thought, or used up, in an earlier turn is not said again.
                case TextContent or TextReasoningContent or UsageContent:
                    break;
                default:
                    throw new NotSupportedException($"Gemini is sent text and bytes, not {content.GetType().Name}.");
            }
        }

        return parts;
    }

    private static string Role(ChatRole role) =>
        role == ChatRole.User ? "user"
        : role == ChatRole.Assistant ? "model"
        : throw new NotSupportedException("Gemini is sent messages of system, user and assistant only.");
}

using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Janus.Gemini.Transport;

/// <summary>What the service says in an error reply (google.rpc.Status with its details), as far as it decides what to do.</summary>
internal sealed record ErrorReply
{
    // A day in seconds; what names more than that is no wait.
    private const decimal LongestDelay = 86_400;

    /// <summary>The HTTP status that it stands for; null when it names none.</summary>
    public HttpStatusCode? Code { get; private init; }

    /// <summary>For people at Google's end; it may quote the prompt, so it is searched and never shown.</summary>
    public string Message { get; private init; } = "";

    /// <summary>ErrorInfo.reason, such as API_KEY_INVALID.</summary>
    public IReadOnlyList<string> Reasons { get; private init; } = [];

    /// <summary>QuotaFailure.violations[].quotaId.</summary>
    public IReadOnlyList<string> QuotaIds { get; private init; } = [];

    /// <summary>RetryInfo.retryDelay.</summary>
    public TimeSpan? RetryDelay { get; private init; }

    /// <summary>
    /// Reads an error reply; null if <paramref name="body"/> is none (a proxy's page, broken JSON). No body at all says nothing, which is fine.
    /// </summary>
    public static ErrorReply? Read(ReadOnlySequence<byte> body)
    {
        if (body.IsEmpty) return new ErrorReply();
        try
        {
            using var document = JsonDocument.Parse(body);
            return Member(document.RootElement, "error") is { ValueKind: JsonValueKind.Object } error ? From(error) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ErrorReply From(JsonElement error)
    {
        var details = Items(error, "details").ToList();
        return new ErrorReply
        {
            Code = Member(error, "code") is { ValueKind: JsonValueKind.Number } code && code.TryGetInt32(out var number) && number is >= 400 and < 600
                ? (HttpStatusCode)number
                : null,
            Message = Text(error, "message") ?? "",
            Reasons = [.. details.Select(detail => Text(detail, "reason")).OfType<string>()],
            QuotaIds =
            [
                .. details.SelectMany(detail => Items(detail, "violations")).Select(violation => Text(violation, "quotaId")).OfType<string>(),
            ],
            RetryDelay = details.Select(detail => Duration(Text(detail, "retryDelay"))).FirstOrDefault(delay => delay is not null),
        };
    }

    /// <summary>A protobuf duration in JSON: seconds with an optional fraction and the letter s.</summary>
    private static TimeSpan? Duration(string? text) =>
        text is [.. var number, 's']
        && decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
        && seconds <= LongestDelay
            ? TimeSpan.FromSeconds((double)seconds)
            : null;

    private static JsonElement? Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member) ? member : null;

    private static string? Text(JsonElement parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement.ArrayEnumerator Items(JsonElement parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : default;
}

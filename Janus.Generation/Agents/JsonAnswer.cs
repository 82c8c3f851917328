using System.Text.Json;

namespace Janus.Generation;

/// <summary>Reads the JSON object that a model was asked for.</summary>
internal static class JsonAnswer
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Converters = { new PlainText.Reader() } };

    /// <summary>The object, or null when the answer is none; the caller turns that into a refusal that the model and the marketer read.</summary>
    public static T? Parse<T>(string answer)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(WithoutFence(answer), Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Models put a fence around JSON now and then even when a schema is set; that alone is no reason to pay for another answer.
    private static string WithoutFence(string answer)
    {
        var open = answer.IndexOf('{', StringComparison.Ordinal);
        return answer.StartsWith("```", StringComparison.Ordinal) && answer.EndsWith("```", StringComparison.Ordinal) && open > 0
            ? answer[open..^3]
            : answer;
    }
}

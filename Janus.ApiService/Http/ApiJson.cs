using System.Text.Json;
using System.Text.Json.Serialization;

namespace Janus.ApiService.Http;

/// <summary>JSON as the API speaks it: snake case, numbers only as numbers, times in UTC with a Z. Unknown fields are ignored.</summary>
internal static class ApiJson
{
    /// <summary>The deepest nesting that a body may have.</summary>
    public const int MaxDepth = 32;

    /// <summary>The options, for what is written or read outside a typed result.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Makes options speak so.</summary>
    public static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Converters.Add(new UtcConverter());
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Apply(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private sealed class UtcConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value.UtcDateTime);
    }
}

using System.Text.Json;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Janus.Campaigns.Storage;

/// <summary>Stores an instant as UTC microseconds since 1970 in an integer: SQLite through EF can neither order nor compare DateTimeOffset.</summary>
public sealed class MicrosecondConverter() : ValueConverter<DateTimeOffset, long>(
    instant => Store(instant),
    stored => Load(stored))
{
    /// <summary>An instant as it is stored, for statements that are written by hand.</summary>
    public static long Store(DateTimeOffset instant) => (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>A stored instant.</summary>
    public static DateTimeOffset Load(long stored) => new((stored * TimeSpan.TicksPerMicrosecond) + DateTimeOffset.UnixEpoch.Ticks, TimeSpan.Zero);
}

/// <summary>Stores an enum as its snake-case word.</summary>
public sealed class WordConverter<T>() : ValueConverter<T, string>(value => value.ToWord(), word => Words.FromWord<T>(word))
    where T : struct, Enum;

/// <summary>Stores a brief as one JSON text in snake case.</summary>
public sealed class BriefConverter() : ValueConverter<Brief, string>(
    brief => JsonSerializer.Serialize(brief, StoredJson.Options),
    json => JsonSerializer.Deserialize<Brief>(json, StoredJson.Options)!);

/// <summary>Stores the rules of a schedule as one JSON text in snake case.</summary>
public sealed class ScheduleRulesConverter() : ValueConverter<ScheduleRules, string>(
    rules => JsonSerializer.Serialize(rules, StoredJson.Options),
    json => JsonSerializer.Deserialize<ScheduleRules>(json, StoredJson.Options)!);

/// <summary>How JSON is written into columns.</summary>
public static class StoredJson
{
    /// <summary>Snake case, nulls left out, letters of every script kept readable.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All),
    };
}

namespace Janus.Campaigns.Scheduling;

/// <summary>Time zones by their IANA names.</summary>
public static class IanaZone
{
    /// <summary>Coordinated universal time, the zone of whoever names none.</summary>
    public const string Utc = "UTC";

    private const int LongestName = 64;

    /// <summary>The zone of a name, or null when the name is no IANA name that this machine knows.</summary>
    public static TimeZoneInfo? Find(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
            return null;
        var id = name.Trim();
        if (id.Equals(Utc, StringComparison.OrdinalIgnoreCase))
            return TimeZoneInfo.Utc;
        return HasForm(id) && !TimeZoneInfo.TryConvertWindowsIdToIanaId(id, out _) && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : null;
    }

    // The system also knows Windows names and, on Unix, any readable file below its folder; neither is an IANA name.
    private static bool HasForm(string id) =>
        id.Length <= LongestName && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+') && !id.StartsWith('/');
}

using System.Diagnostics;
using System.Text.Json;
using Janus.Campaigns.Events;
using Janus.Campaigns.Storage;

namespace Janus.Campaigns.Auditing;

/// <summary>Who did what, when. It names what it is about in words and by no key, so that it outlives it.</summary>
public sealed class AuditEntry
{
    /// <summary>The most characters of <see cref="Subject"/>; what is longer is cut.</summary>
    public const int LongestSubject = 300;

    /// <summary>Its number.</summary>
    public long Id { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Who; null when nobody was known.</summary>
    public string? Actor { get; init; }

    /// <summary>What: the word of an <see cref="EventKind"/> or of an <see cref="AuditAction"/>.</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to: a campaign's public id, an account's name, or the address that was refused.</summary>
    public string? Subject { get; init; }

    /// <summary>What belongs to the action, as JSON in snake case.</summary>
    public string? Data { get; init; }

    /// <summary>The trace in which it happened.</summary>
    public string? TraceId { get; init; }

    /// <summary>
    /// The entry of a campaign's event that a person set going. Of what belongs to the event it has only which post it was about: what people wrote goes
    /// when the campaign goes.
    /// </summary>
    public static AuditEntry Of(CampaignEvent happened, string publicId)
    {
        ArgumentNullException.ThrowIfNull(happened);
        using var data = JsonDocument.Parse(happened.Data);
        int? post = data.RootElement.ValueKind == JsonValueKind.Object && data.RootElement.TryGetProperty("post_pk", out var pk) && pk.TryGetInt32(out var number) ? number : null;
        return new AuditEntry
        {
            At = happened.At,
            Actor = happened.Actor,
            Action = happened.Kind.ToWord(),
            Subject = publicId,
            Data = JsonSerializer.Serialize(new { version = happened.Version, post_pk = post }, StoredJson.Options),
            TraceId = happened.TraceId,
        };
    }

    /// <summary>An entry about an action that is no campaign's event.</summary>
    /// <param name="action">What was done.</param>
    /// <param name="subject">To what.</param>
    /// <param name="at">When, UTC.</param>
    /// <param name="data">What belongs to it.</param>
    /// <param name="actor">Who, when it is somebody else than <see cref="Acting.Person"/>.</param>
    public static AuditEntry Of(AuditAction action, string? subject, DateTimeOffset at, object? data = null, string? actor = null) => new()
    {
        At = at,
        Actor = actor ?? Acting.Person,
        Action = action.ToWord(),
        Subject = subject is { Length: > LongestSubject } ? subject[..LongestSubject] : subject,
        Data = data is null ? null : JsonSerializer.Serialize(data, StoredJson.Options),
        TraceId = Activity.Current?.TraceId.ToHexString(),
    };
}

/// <summary>What is audited beside the events of campaigns.</summary>
public enum AuditAction
{
    /// <summary>Somebody signed in.</summary>
    SignedIn,

    /// <summary>A password was wrong, or the account shut out.</summary>
    SignInRefused,

    /// <summary>Too many wrong passwords shut an account out for a while.</summary>
    AccountLocked,

    /// <summary>An account was made.</summary>
    AccountCreated,

    /// <summary>An account's role, password or admission was changed.</summary>
    AccountChanged,

    /// <summary>Somebody changed their own password.</summary>
    PasswordChanged,

    /// <summary>A personal API token was made.</summary>
    TokenCreated,

    /// <summary>A personal API token was revoked.</summary>
    TokenRevoked,

    /// <summary>Somebody asked for what their role may not do.</summary>
    Refused,

    /// <summary>A campaign was deleted with everything in it.</summary>
    CampaignDeleted,

    /// <summary>What the day may cost was changed.</summary>
    DayBudgetChanged,
}

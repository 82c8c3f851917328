using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Auditing;

/// <summary>Reads the audit log, and writes what is no part of another transaction.</summary>
public sealed class AuditLog(CampaignDatabase database, TimeProvider time)
{
    /// <summary>How long an entry is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(730);

    private const int PrunedAtOnce = 1000;

    /// <summary>A page of the log, newest first.</summary>
    /// <param name="before">Only entries with a smaller number; null for the newest.</param>
    /// <param name="limit">The most entries.</param>
    /// <param name="actor">Only what this one did; null for everybody.</param>
    /// <param name="subject">Only what was done to this; null for everything.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <returns>The entries, and where the next, older page begins; null when this is the last.</returns>
    public Task<(IReadOnlyList<AuditEntry> Entries, long? Before)> ReadAsync(
        long? before, int limit, string? actor, string? subject, CancellationToken cancellationToken) =>
        database.ReadAsync<(IReadOnlyList<AuditEntry>, long?)>(
            "read_audit",
            async (context, token) =>
            {
                var wanted = context.Audit.AsQueryable();
                if (before is { } number)
                    wanted = wanted.Where(entry => entry.Id < number);
                if (actor is not null)
                    wanted = wanted.Where(entry => entry.Actor == actor);
                if (subject is not null)
                    wanted = wanted.Where(entry => entry.Subject == subject);
                var entries = await wanted.OrderByDescending(entry => entry.Id).Take(limit + 1).ToListAsync(token);
                var page = entries.Take(limit).ToList();
                return (page, entries.Count > limit ? page[^1].Id : null);
            },
            cancellationToken);

    /// <summary>Writes an entry about something that changed nothing else.</summary>
    public Task RecordAsync(AuditAction action, string? subject, object? data, CancellationToken cancellationToken)
    {
        var entry = AuditEntry.Of(action, subject, time.GetUtcNow(), data);
        return database.WriteAsync(
            "audit",
            (context, _) =>
            {
                context.Audit.Add(entry);
                return Task.FromResult((true, true));
            },
            cancellationToken);
    }

    /// <summary>Deletes entries that are older than <see cref="Kept"/>, a bounded number.</summary>
    /// <returns>How many.</returns>
    public Task<int> PruneAsync(CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - Kept;
        return database.WriteAsync(
            "prune_audit",
            async (context, token) =>
            {
                var old = await context.Audit.OrderBy(entry => entry.Id).Take(PrunedAtOnce).Where(entry => entry.At < oldest).Select(entry => entry.Id).ToListAsync(token);
                return (old.Count == 0 ? 0 : await context.Audit.Where(entry => old.Contains(entry.Id)).ExecuteDeleteAsync(token), old.Count > 0);
            },
            cancellationToken);
    }
}

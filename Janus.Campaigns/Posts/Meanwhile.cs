using System.Text.Json;
using Janus.Campaigns.Events;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Posts;

/// <summary>Says, from the event log, what happened to a post since somebody saw it.</summary>
internal static class Meanwhile
{
    // As many as a sentence can carry; what is older is in the activity.
    private const int MostTold = 3;
    private const int MostRead = 50;
    private const int LongestQuote = 120;

    private static readonly EventKind[] Decisions =
        [EventKind.PostApproved, EventKind.PostRejected, EventKind.PostReopened, EventKind.PostScheduled, EventKind.PostUnscheduled, EventKind.PostPublished];

    private static readonly EventKind[] Changes =
        [.. Decisions, EventKind.VariantSelected, EventKind.VariantEdited, EventKind.VariantRestored, EventKind.StepDone];

    /// <summary>Refuses what was decided upon an older state of the post; null when it is as it was seen, or the caller does not say what they saw.</summary>
    /// <param name="change">The change that would decide.</param>
    /// <param name="post">The post as it is.</param>
    /// <param name="seen">The post's <see cref="Post.ChangedVersion"/> as the caller saw it, or a later number.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    public static async Task<Refusal?> RefuseAsync(CampaignChange change, Post post, long? seen, CancellationToken cancellationToken)
    {
        if (seen is not { } number || post.ChangedVersion <= number)
            return null;
        var told = await TellAsync(change, post, number, Changes, cancellationToken);
        return new Refusal(RefusalKind.Stale, Sentence(told.Count == 0 ? ["it was changed"] : told));
    }

    /// <summary>
    /// The same for somebody who writes. A picture that came, or a letter that was chosen, is not in the way of their words; a decision is.
    /// </summary>
    public static async Task<Refusal?> RefuseWordsAsync(CampaignChange change, Post post, long? seen, CancellationToken cancellationToken)
    {
        if (seen is not { } number || post.ChangedVersion <= number)
            return null;
        var told = await TellAsync(change, post, number, Decisions, cancellationToken);
        return told.Count == 0 ? null : new Refusal(RefusalKind.Stale, Sentence(told));
    }

    private static async Task<List<string>> TellAsync(CampaignChange change, Post post, long seen, EventKind[] kinds, CancellationToken cancellationToken)
    {
        // The mark narrows it down in the database; a longer key that begins alike is told apart here.
        var mark = $"\"post_pk\":{post.Id}";
        var newest = await change.Context.Events.AsNoTracking()
            .Where(entry => entry.CampaignId == post.CampaignId && entry.Version > seen && kinds.Contains(entry.Kind) && entry.Data.Contains(mark))
            .OrderByDescending(entry => entry.Version).Take(MostRead).ToListAsync(cancellationToken);
        return [.. newest.Select(entry => Clause(entry.Kind, entry.Data, post.Id)).OfType<string>().Distinct(StringComparer.Ordinal).Take(MostTold).Reverse()];
    }

    private static string? Clause(EventKind kind, string stored, int pk)
    {
        using var document = JsonDocument.Parse(stored);
        var data = document.RootElement;
        if (data.GetProperty("post_pk").GetInt32() != pk)
            return null;
        var letter = Text(data, "variant");
        return kind switch
        {
            EventKind.PostApproved => "somebody approved it",
            EventKind.PostRejected => Text(data, "reason") is { } reason ? $"somebody rejected it (“{Quote(reason)}”)" : "somebody rejected it",
            EventKind.PostReopened => "somebody took back what was decided about it",
            EventKind.PostScheduled => "somebody gave it a date",
            EventKind.PostUnscheduled => "somebody took its date away",
            EventKind.PostPublished => "somebody said that it is out",
            EventKind.VariantSelected => $"somebody chose {letter}",
            EventKind.VariantEdited => $"the text {letter} was edited",
            EventKind.VariantRestored => $"another version of text {letter} came into use",
            EventKind.StepDone when Text(data, "kind") == "picture" => $"the picture {letter} came",
            EventKind.StepDone when letter is "A" or "B" => $"a new text {letter} came",
            EventKind.StepDone => "its texts came",
            _ => null,
        };
    }

    private static string Sentence(List<string> clauses)
    {
        var joined = clauses.Count == 1 ? clauses[0] : $"{string.Join(", ", clauses.SkipLast(1))}, and {clauses[^1]}";
        return $"{char.ToUpperInvariant(joined[0])}{joined[1..]} meanwhile.";
    }

    private static string Quote(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= LongestQuote ? line : $"{line[..(char.IsHighSurrogate(line[LongestQuote - 1]) ? LongestQuote - 1 : LongestQuote)]}…";
    }

    private static string? Text(JsonElement data, string name) => data.TryGetProperty(name, out var value) ? value.GetString() : null;
}

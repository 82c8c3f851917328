using System.Diagnostics;

namespace Janus.Generation.Telemetry;

/// <summary>
/// Scores of texts, as <c>gen_ai.evaluation.result</c> events on the span that asked for them. Nothing is computed when nobody records that span.
/// </summary>
internal static class Quality
{
    private static bool IsWanted => Activity.Current is { IsAllDataRequested: true, Recorded: true };

    /// <inheritdoc cref="TextScores.Of" />
    public static IReadOnlyList<TextScore> Of(CampaignBrief brief, IReadOnlyList<string?> texts, string? beside = null) =>
        IsWanted ? TextScores.Of(new TextMeasures(brief.Platform, brief.UseWords, brief.AvoidWords), texts, beside) : [];

    /// <summary>Tells of scores, with the id of the answer that they belong to.</summary>
    public static void Tell(IReadOnlyList<TextScore>? scores, string? responseId)
    {
        foreach (var score in scores ?? [])
        {
            Activity.Current?.AddEvent(new ActivityEvent("gen_ai.evaluation.result", tags: new()
            {
                ["gen_ai.evaluation.name"] = score.Name,
                ["gen_ai.evaluation.score.value"] = score.Value,
                ["gen_ai.evaluation.score.label"] = score.IsPassed ? "pass" : "fail",
                ["gen_ai.evaluation.explanation"] = score.Explanation,
                ["gen_ai.response.id"] = responseId,
            }));
        }
    }
}

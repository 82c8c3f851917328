using System.Globalization;
using Janus.ApiService.Http;
using Janus.Campaigns;
using Janus.Campaigns.Scheduling;
using Janus.Contracts;

namespace Janus.ApiService.Planning;

/// <summary>Checks a plan request against the limits that <see cref="PlanRequest"/> states, and finds everything that is wrong at once.</summary>
internal static class PlanRequestCheck
{
    /// <summary>The longest product description and the longest goals, in characters.</summary>
    public const int LongestText = 20_000;

    private const int LongestName = 200;
    private const int LongestHint = 500;
    private const int MostWords = 50;
    private const int LongestWord = 60;
    private const int YearsBack = 1;
    private const int YearsAhead = 5;

    private static readonly string[] Platforms = ["X", "Threads", "Bluesky", "Mastodon", "Instagram", "LinkedIn", "Facebook"];

    /// <summary>Checks a request.</summary>
    /// <param name="request">What was sent.</param>
    /// <param name="errors">Receives what is wrong.</param>
    /// <param name="today">The day it is, UTC.</param>
    /// <returns>The order, or null when anything at all is wrong.</returns>
    public static PlanOrder? Check(PlanRequest request, FieldErrors errors, DateOnly today)
    {
        var product = errors.CheckText("product_description", request.ProductDescription, LongestText, isRequired: true, hasLines: true);
        var goals = errors.CheckText("gtm_goals", request.GtmGoals, LongestText, isRequired: true, hasLines: true);
        var name = errors.CheckText("campaign_name", request.CampaignName, LongestName);
        var audience = errors.CheckText("audience", request.Audience, LongestHint, hasLines: true);
        var tone = errors.CheckText("tone", request.Tone, LongestHint, hasLines: true);
        var use = CheckWords("use_words", request.UseWords, errors);
        var avoid = CheckWords("avoid_words", request.AvoidWords, errors);
        foreach (var word in avoid.Intersect(use, StringComparer.OrdinalIgnoreCase))
            errors.Add("avoid_words", $"holds \"{word}\", which use_words holds too.");

        var platform = CheckPlatform(request.Platform, errors);
        if (request.PostsPerPhase is < 2 or > 4)
            errors.Add("posts_per_phase", "must be 2, 3 or 4.");
        if (request.StartDate < today.AddYears(-YearsBack) || request.StartDate > today.AddYears(YearsAhead))
            errors.Add("start_date", $"must be at most {YearsBack} year ago and at most {YearsAhead} years ahead.");
        var zone = CheckTimeZone(request.TimeZone, errors);

        if (errors.Any || product is null || goals is null)
            return null;
        var brief = new Brief
        {
            ProductDescription = product,
            GtmGoals = goals,
            CampaignName = name ?? "GTM Campaign",
            Platform = platform,
            Audience = audience,
            Tone = tone,
            UseWords = use,
            AvoidWords = avoid,
            PostsPerPhase = request.PostsPerPhase,
            StartDate = request.StartDate,
            TimeZone = zone,
        };
        return new PlanOrder(brief, request.SaveToDb ?? true);
    }

    private static List<string> CheckWords(string field, IReadOnlyList<string?>? words, FieldErrors errors)
    {
        if (words is null || errors.Has(field))
            return [];
        if (words.Count > MostWords)
        {
            errors.Add(field, $"may hold at most {MostWords} words; this list holds {words.Count}.");
            return [];
        }

        var checkedWords = new List<string>();
        foreach (var word in words)
        {
            if (word is null)
                errors.Add(field, "must hold texts only.");
            else if (errors.CheckText(field, word, LongestWord) is { } text)
                checkedWords.Add(text);
            if (errors.Has(field))
                return [];
        }

        return [.. checkedWords.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private static string CheckPlatform(string? platform, FieldErrors errors)
    {
        if (string.IsNullOrWhiteSpace(platform) || errors.Has("platform"))
            return Platforms[0];
        if (Platforms.FirstOrDefault(known => known.Equals(platform.Trim(), StringComparison.OrdinalIgnoreCase)) is { } canonical)
            return canonical;
        errors.Add("platform", string.Create(CultureInfo.InvariantCulture, $"must be one of {string.Join(", ", Platforms)}."));
        return Platforms[0];
    }

    private static string CheckTimeZone(string? zone, FieldErrors errors)
    {
        if (string.IsNullOrWhiteSpace(zone) || errors.Has("time_zone"))
            return IanaZone.Utc;
        if (IanaZone.Find(zone) is { } known)
            return known.Id;
        errors.Add("time_zone", "must be an IANA time zone such as Europe/Berlin or UTC.");
        return IanaZone.Utc;
    }
}

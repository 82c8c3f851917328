using Janus.Contracts;

namespace Janus.Web.Components.Brief;

/// <summary>A brief as it is typed: everything text, nothing checked yet.</summary>
internal sealed class BriefForm
{
    /// <summary>The longest product description and the longest goals, in characters; the API's own limits.</summary>
    public const int LongestText = 20_000;

    /// <summary>The longest name, in characters.</summary>
    public const int LongestName = 200;

    /// <summary>The longest audience and tone, in characters.</summary>
    public const int LongestHint = 500;

    public string Product { get; set; } = "";

    public string Goals { get; set; } = "";

    public string Name { get; set; } = "";

    public string Platform { get; set; } = "X";

    public string Audience { get; set; } = "";

    public string Tone { get; set; } = "";

    public string UseWords { get; set; } = "";

    public string AvoidWords { get; set; } = "";

    public string PostsPerPhase { get; set; } = "";

    /// <summary>Whether nothing worth keeping was typed.</summary>
    public bool IsBlank => string.IsNullOrWhiteSpace(Product + Goals + Name + Audience + Tone + UseWords + AvoidWords);

    /// <summary>Takes over what the browser kept, by the fields' names in the page.</summary>
    public void Restore(IReadOnlyDictionary<string, string> draft)
    {
        Product = draft.GetValueOrDefault("product", Product);
        Goals = draft.GetValueOrDefault("goals", Goals);
        Name = draft.GetValueOrDefault("name", Name);
        Platform = draft.GetValueOrDefault("platform", Platform);
        Audience = draft.GetValueOrDefault("audience", Audience);
        Tone = draft.GetValueOrDefault("tone", Tone);
        UseWords = draft.GetValueOrDefault("use_words", UseWords);
        AvoidWords = draft.GetValueOrDefault("avoid_words", AvoidWords);
        PostsPerPhase = draft.GetValueOrDefault("posts", PostsPerPhase);
    }

    /// <summary>The same by name, for the browser to keep.</summary>
    public Dictionary<string, string> ToDraft() => new(StringComparer.Ordinal)
    {
        ["product"] = Product,
        ["goals"] = Goals,
        ["name"] = Name,
        ["platform"] = Platform,
        ["audience"] = Audience,
        ["tone"] = Tone,
        ["use_words"] = UseWords,
        ["avoid_words"] = AvoidWords,
        ["posts"] = PostsPerPhase,
    };

    /// <summary>What a person can be told before anything is sent, by the API's names of the fields.</summary>
    public Dictionary<string, string> Check()
    {
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        if (string.IsNullOrWhiteSpace(Product))
            errors["product_description"] = "Say what the product is: a sentence is enough to start.";
        if (string.IsNullOrWhiteSpace(Goals))
            errors["gtm_goals"] = "Say what the campaign should achieve.";
        TooLong("product_description", Product, LongestText);
        TooLong("gtm_goals", Goals, LongestText);
        TooLong("campaign_name", Name, LongestName);
        TooLong("audience", Audience, LongestHint);
        TooLong("tone", Tone, LongestHint);
        if (Words(UseWords).Intersect(Words(AvoidWords), StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } both)
            errors["avoid_words"] = $"“{both}” is among the words to use, too.";
        return errors;

        void TooLong(string field, string text, int longest)
        {
            if (text.Trim().Length > longest)
                errors[field] = $"{Design.Say.Number(text.Trim().Length - longest)} characters too many: at most {Design.Say.Number(longest)}.";
        }
    }

    /// <summary>The brief as the API takes it.</summary>
    public PlanRequest ToRequest() => new()
    {
        ProductDescription = Product,
        GtmGoals = Goals,
        CampaignName = Blank(Name),
        Platform = Platform,
        Audience = Blank(Audience),
        Tone = Blank(Tone),
        UseWords = Words(UseWords),
        AvoidWords = Words(AvoidWords),
        PostsPerPhase = int.TryParse(PostsPerPhase, System.Globalization.CultureInfo.InvariantCulture, out var posts) ? posts : null,
    };

    private static string? Blank(string text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static List<string> Words(string text) =>
        [.. text.Split([',', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.OrdinalIgnoreCase)];
}

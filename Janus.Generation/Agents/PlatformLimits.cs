using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Janus.Generation;

/// <summary>
/// How long a text may be on each platform, counted as the platform counts. X follows twitter-text's configuration 3
/// (developer.x.com, "Counting characters"); Bluesky counts graphemes; Mastodon counts graphemes and takes a link for 23;
/// Threads counts an emoji by its UTF-8 bytes (developers.facebook.com/documentation/threads/posts).
/// </summary>
public static partial class PlatformLimits
{
    /// <summary>What a link counts for on X and Mastodon, however long it is.</summary>
    public const int LinkLength = 23;

    private static readonly Dictionary<string, int> Limits = new(StringComparer.OrdinalIgnoreCase)
    {
        ["X"] = 280,
        ["Threads"] = 500,
        ["Bluesky"] = 300,
        ["Mastodon"] = 500,
        ["Instagram"] = 2_200,
        ["LinkedIn"] = 3_000,
        ["Facebook"] = 63_206,
    };

    /// <summary>The platforms that Janus writes for, in their own spelling.</summary>
    public static IReadOnlyList<string> Known { get; } = [.. Limits.Keys];

    /// <summary>A platform's own spelling for a name in any case, or null when it is not known.</summary>
    public static string? Canonical(string? platform) =>
        Known.FirstOrDefault(known => string.Equals(known, platform?.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>The most characters that a text may have on a platform.</summary>
    /// <exception cref="ArgumentException">The platform is not known.</exception>
    public static int Limit(string platform) => Limits[Named(platform)];

    /// <summary>How many characters of a platform's limit a text uses up.</summary>
    /// <exception cref="ArgumentException">The platform is not known.</exception>
    public static int Count(string platform, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Named(platform) switch
        {
            "X" => WithLinks(BareOrFullLink(), text.Normalize(NormalizationForm.FormC), Weight),
            "Mastodon" => WithLinks(FullLink(), text, Graphemes),
            "Bluesky" => Graphemes(text),
            "Threads" => Sum(text, static element => IsEmoji(element) ? Encoding.UTF8.GetByteCount(element) : element.Length),
            // These platforms do not publish how they count; UTF-16 units are never fewer than what a person would count.
            _ => text.Length,
        };
    }

    /// <summary>What a platform counts in, in words for people.</summary>
    /// <exception cref="ArgumentException">The platform is not known.</exception>
    public static string CountedIn(string platform) => Named(platform) switch
    {
        "X" => "weighted characters",
        "Bluesky" or "Mastodon" => "graphemes",
        _ => "characters",
    };

    private static string Named(string platform) =>
        Canonical(platform) ?? throw new ArgumentException($"The platform {platform} is not one of {string.Join(", ", Known)}.", nameof(platform));

    private static int WithLinks(Regex link, string text, Func<string, int> count) =>
        LinkMark().IsMatch(text) ? count(link.Replace(text, "")) + (LinkLength * link.Count(text)) : count(text);

    private static int Graphemes(string text) => new StringInfo(text).LengthInTextElements;

    // A joined emoji (family, flag, keycap) is several code points but counts as one emoji.
    private static int Weight(string text) => Sum(text, static element =>
    {
        if (IsEmoji(element))
            return 2;
        var weight = 0;
        foreach (var rune in element.EnumerateRunes())
            weight += IsLight(rune.Value) ? 1 : 2;
        return weight;
    });

    private static int Sum(string text, Func<ReadOnlySpan<char>, int> count)
    {
        var sum = 0;
        for (var left = text.AsSpan(); left.Length > 0;)
        {
            var length = StringInfo.GetNextTextElementLength(left);
            sum += count(left[..length]);
            left = left[length..];
        }

        return sum;
    }

    private static bool IsEmoji(ReadOnlySpan<char> element)
    {
        foreach (var rune in element.EnumerateRunes())
        {
            if (rune.Value is >= 0x1F000 and <= 0x1FAFF or >= 0x2600 and <= 0x27BF or 0xFE0F or 0x20E3)
                return true;
        }

        return false;
    }

    private static bool IsLight(int codePoint) =>
        codePoint is >= 0 and <= 4351 or >= 8192 and <= 8205 or >= 8208 and <= 8223 or >= 8242 and <= 8247;

    // What every link has and few texts have: the others need no search, which goes through all of a text's words.
    [GeneratedRegex(@"[.:]\S", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LinkMark();

    [GeneratedRegex(@"https?://[^\s]*[^\s.,;:!?)\]}'""”’]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FullLink();

    // X makes a link of a bare domain too. Only the domains that people write most are known here.
    [GeneratedRegex(@"https?://[^\s]*[^\s.,;:!?)\]}'""”’]|(?<![@\w.-])(?:[a-z0-9-]+\.)+(?:com|org|net|io|app|dev|shop|store|co|ai|me|eu|de|fr|es|uk)(?![\w-])(?:/[^\s]*[^\s.,;:!?)\]}'""”’])?",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BareOrFullLink();
}

using System.Buffers;
using System.Security.Cryptography;

namespace Janus.Campaigns;

/// <summary>Opaque public ids, never derived from counts.</summary>
public static class PublicId
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static readonly SearchValues<char> Allowed = SearchValues.Create(Alphabet);

    /// <summary>A new campaign id: <c>c_</c> and 22 base-62 characters (131 bits).</summary>
    public static string NewCampaign() => "c_" + RandomNumberGenerator.GetString(Alphabet, 22);

    /// <summary>A new id of a proposed plan: <c>r_</c> and 22 base-62 characters.</summary>
    public static string NewProposal() => "r_" + RandomNumberGenerator.GetString(Alphabet, 22);

    /// <summary>
    /// A new id of a post in its campaign's diagram: <c>n</c> and 12 base-62 characters (71 bits). A post that is added later cannot take the
    /// planner's own ids: they may stand for posts that were replaced.
    /// </summary>
    public static string NewNode() => "n" + RandomNumberGenerator.GetString(Alphabet, 12);

    /// <summary>Whether a text has the form of a campaign id.</summary>
    public static bool IsCampaign(string? text) => Is(text, "c_");

    /// <summary>Whether a text has the form of a proposed plan's id.</summary>
    public static bool IsProposal(string? text) => Is(text, "r_");

    private static bool Is(string? text, string prefix) =>
        text is { Length: 24 } && text.StartsWith(prefix, StringComparison.Ordinal) && !text.AsSpan(2).ContainsAnyExcept(Allowed);
}

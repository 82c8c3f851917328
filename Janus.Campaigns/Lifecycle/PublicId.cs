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

    /// <summary>Whether a text has the form of a campaign id.</summary>
    public static bool IsCampaign(string? text) =>
        text is { Length: 24 } && text.StartsWith("c_", StringComparison.Ordinal) && !text.AsSpan(2).ContainsAnyExcept(Allowed);
}

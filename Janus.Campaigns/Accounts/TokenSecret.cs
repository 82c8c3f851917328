using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Janus.Campaigns.Accounts;

/// <summary>The secrets of tokens: 256 random bits behind a prefix by which a leaked one is found.</summary>
public static class TokenSecret
{
    /// <summary>The prefix of a personal API token.</summary>
    public const string Personal = "jns_";

    /// <summary>The prefix of the token that makes the first admin.</summary>
    public const string FirstAdmin = "first_";

    /// <summary>A new secret.</summary>
    public static string New(string prefix) => prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>What is stored of a secret.</summary>
    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}

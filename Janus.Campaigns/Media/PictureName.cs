using System.Buffers;
using System.Security.Cryptography;

namespace Janus.Campaigns.Media;

/// <summary>The names that kept pictures have: 32 hexadecimal digits drawn at random, and the ending of their type. A name is never used twice.</summary>
public static class PictureName
{
    private const int Digits = 32;

    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    private static readonly Dictionary<string, string> Endings = new(StringComparer.Ordinal)
    {
        ["image/png"] = ".png",
        ["image/jpeg"] = ".jpg",
        ["image/webp"] = ".webp",
        ["image/svg+xml"] = ".svg",
    };

    /// <summary>A new name for a picture.</summary>
    /// <param name="mediaType">Its type: PNG, JPEG, WebP or SVG.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not a type that is kept.</exception>
    public static string New(string mediaType) => Endings.TryGetValue(mediaType, out var ending)
        ? RandomNumberGenerator.GetHexString(Digits, lowercase: true) + ending
        : throw new ArgumentOutOfRangeException(nameof(mediaType), mediaType, "Not a picture type that is kept.");

    /// <summary>Whether a text has the form of such a name; nothing else is ever looked for.</summary>
    public static bool IsOne(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var ending = Path.GetExtension(name);
        var stem = Path.GetFileNameWithoutExtension(name);
        return Endings.ContainsValue(ending) && stem.Length == Digits && !stem.AsSpan().ContainsAnyExcept(Hexadecimal) && name.Length == Digits + ending.Length;
    }

    /// <summary>The media type of a name that <see cref="IsOne"/> accepts.</summary>
    public static string TypeOf(string name) => Endings.First(entry => entry.Value == Path.GetExtension(name)).Key;
}

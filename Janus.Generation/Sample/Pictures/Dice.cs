using System.Text;

namespace Janus.Generation.Sample.Pictures;

/// <summary>
/// Chance that repeats itself: the same key throws the same numbers on every machine and every version of .NET
/// (string.GetHashCode and System.Random promise neither).
/// </summary>
internal sealed class Dice(string key)
{
    private ulong _state = Fold(key);

    /// <summary>A number from 0 up to, not including, 1.</summary>
    public double Next()
    {
        // SplitMix64: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.
        unchecked
        {
            _state += 0x9E3779B97F4A7C15UL;
            var mixed = _state;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
            return ((mixed ^ (mixed >> 31)) >> 11) * (1.0 / (1UL << 53));
        }
    }

    /// <summary>A number between two others.</summary>
    public double Between(double low, double high) => low + (Next() * (high - low));

    /// <summary>A whole number from 0 up to, not including, <paramref name="count"/>.</summary>
    public int Below(int count) => (int)(Next() * count);

    /// <summary>One of several.</summary>
    public T Pick<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    // FNV-1a over UTF-8: order matters, and one changed letter changes every throw.
    private static ulong Fold(string key)
    {
        var hash = 14695981039346656037UL;
        foreach (var octet in Encoding.UTF8.GetBytes(key))
            hash = unchecked((hash ^ octet) * 1099511628211UL);
        return hash;
    }
}

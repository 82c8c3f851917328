using System.Buffers.Binary;

namespace Janus.DevTools.FakeGemini.Answers;

/// <summary>Chance that repeats itself: the same seed throws the same numbers on every machine and every version of .NET. Not safe for concurrent use.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>64 random bits.</summary>
    public ulong Bits()
    {
        // SplitMix64: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.
        unchecked
        {
            _state += 0x9E3779B97F4A7C15UL;
            var mixed = _state;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
            return mixed ^ (mixed >> 31);
        }
    }

    /// <summary>A number from 0 up to, not including, 1.</summary>
    public double Fraction() => (Bits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A whole number from 0 up to, not including, <paramref name="count"/>.</summary>
    public int Below(int count) => (int)(Fraction() * count);

    /// <summary>True once in so many throws, on average.</summary>
    public bool OneIn(int count) => Below(count) == 0;

    /// <summary>One of several.</summary>
    public T Pick<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    /// <summary>The same things in another order.</summary>
    public T[] Shuffle<T>(IEnumerable<T> things)
    {
        T[] shuffled = [.. things];
        for (var last = shuffled.Length - 1; last > 0; last--)
        {
            var other = Below(last + 1);
            (shuffled[last], shuffled[other]) = (shuffled[other], shuffled[last]);
        }

        return shuffled;
    }

    /// <summary>Random bytes, which nothing compresses.</summary>
    public void Fill(Span<byte> bytes)
    {
        Span<byte> eight = stackalloc byte[sizeof(ulong)];
        while (bytes.Length > 0)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(eight, Bits());
            var count = Math.Min(bytes.Length, eight.Length);
            eight[..count].CopyTo(bytes);
            bytes = bytes[count..];
        }
    }
}

using System.Numerics;

namespace Janus.Campaigns.Diagrams;

/// <summary>The phases that were named for one node, as bits.</summary>
internal readonly record struct PhaseSet(int Bits)
{
    /// <summary>The phase, if exactly one was named.</summary>
    public int? Only => BitOperations.PopCount((uint)Bits) == 1 ? BitOperations.TrailingZeroCount(Bits) : null;

    public bool IsEmpty => Bits == 0;

    public PhaseSet With(int? phase) => phase is { } number ? new(Bits | (1 << number)) : this;
}

using System.Diagnostics.CodeAnalysis;

namespace Janus.Campaigns;

/// <summary>Why a command was refused.</summary>
public enum RefusalKind
{
    /// <summary>What it names does not exist.</summary>
    NotFound,

    /// <summary>It does not fit the state that its object is in.</summary>
    Conflict,

    /// <summary>It makes no sense, whatever the state.</summary>
    Invalid,

    /// <summary>It was decided upon what somebody else has changed meanwhile.</summary>
    Stale,

    /// <summary>Everything is already as it asks; nothing was written.</summary>
    Unchanged,
}

/// <summary>A refused command.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Reason">One sentence for a person.</param>
public sealed record Refusal(RefusalKind Kind, string Reason);

/// <summary>What a command came to: a value, or a refusal that the caller deals with.</summary>
[SuppressMessage("Design", "CA1000:Do not declare static members on generic types", Justification = "Decision<T>.Refuse reads as a sentence.")]
public readonly record struct Decision<T>
{
    private readonly T? _value;

    private Decision(T? value, Refusal? refusal) => (_value, Refusal) = (value, refusal);

    /// <summary>Why it was refused, or null.</summary>
    public Refusal? Refusal { get; }

    /// <summary>Whether it was carried out.</summary>
    public bool IsAccepted => Refusal is null;

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">The command was refused.</exception>
    public T Value => IsAccepted ? _value! : throw new InvalidOperationException(Refusal!.Reason);

    /// <summary>The command was carried out.</summary>
    public static Decision<T> Accept(T value) => new(value, null);

    /// <summary>The command was refused.</summary>
    public static Decision<T> Refuse(RefusalKind kind, string reason) => new(default, new Refusal(kind, reason));

    /// <summary>The command was refused.</summary>
    public static Decision<T> Refuse(Refusal refusal) => new(default, refusal);

    /// <summary>The command was refused by the phase table.</summary>
    public static Decision<T> Refuse(PhaseRefusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return Refuse(RefusalKind.Conflict, refusal.Reason);
    }
}

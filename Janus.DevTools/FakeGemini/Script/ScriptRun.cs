using Janus.DevTools.FakeGemini.Answers;

namespace Janus.DevTools.FakeGemini.Script;

/// <summary>A script being played: which entry the next request meets. Safe for concurrent use.</summary>
internal sealed class ScriptRun(IReadOnlyList<ScriptEntry> entries, int seed)
{
    private readonly Lock _gate = new();
    private readonly Dice _dice = new((ulong)seed);
    private readonly int?[] _left = [.. entries.Select(entry => entry.Times)];

    /// <summary>The entry that breaks a request of which only the headers have come, or null.</summary>
    public ScriptEntry? NextBeforeBody(RequestKind kind, bool isStreamed) => Next(kind, isStreamed, prompt: null);

    /// <summary>The entry for a request that has been read; null when the script has none left for it.</summary>
    public ScriptEntry? Next(RequestKind kind, bool isStreamed, string? prompt)
    {
        lock (_gate)
        {
            for (var index = 0; index < entries.Count; index++)
            {
                var entry = entries[index];
                if (entry.IsStanding && _left[index] != 0 && entry.IsFor(kind, isStreamed, prompt) && (entry.Rate is not { } rate || _dice.Fraction() < rate))
                    return Take(index);
            }

            for (var index = 0; index < entries.Count; index++)
            {
                var entry = entries[index];
                if (entry.IsStanding || _left[index] == 0)
                    continue;
                if (entry.IsFor(kind, isStreamed, prompt))
                    return Take(index);
                // Before the body has come, only an entry whose turn it is may break the connection.
                if (prompt is null && entry.IsFor(kind, isStreamed, ""))
                    return null;
            }

            return null;
        }
    }

    private ScriptEntry Take(int index)
    {
        if (_left[index] is { } left)
            _left[index] = left - 1;
        return entries[index];
    }
}

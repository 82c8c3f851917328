using System.Net;
using Janus.DevTools.FakeGemini.Plays;

namespace Janus.DevTools.FakeGemini.Script;

/// <summary>One entry of a script.</summary>
/// <param name="Play">What happens.</param>
/// <param name="Parameters">How.</param>
/// <param name="Scope">The only kind of request that it is for; null for both.</param>
/// <param name="Times">For how many requests; null for ever.</param>
/// <param name="Rate">How often, from 0 to 1; null always.</param>
/// <param name="When">Words that the prompt must have; null for any prompt.</param>
/// <param name="Text">The entry as it was written.</param>
internal sealed record ScriptEntry(
    Play Play, PlayParameters Parameters, RequestKind? Scope, int? Times, double? Rate, string? When, string Text)
{
    /// <summary>Whether it stands beside the sequence and is asked first, rather than waiting for its turn.</summary>
    public bool IsStanding => Rate is not null || When is not null;

    /// <summary>Whether it is for requests like this one.</summary>
    /// <param name="kind">What the request is for.</param>
    /// <param name="isStreamed">Whether it asks for a stream.</param>
    /// <param name="prompt">Its prompt; null as long as nothing of the body has been read.</param>
    public bool IsFor(RequestKind kind, bool isStreamed, string? prompt) =>
        (Scope is null || Scope == kind)
        && (isStreamed || !Play.NeedsStream)
        && Play.BreaksBeforeBody == prompt is null
        && (When is null || Holds(prompt!, When));

    // Janus escapes what people typed; whoever writes a script need not know.
    private static bool Holds(string prompt, string words) =>
        prompt.Contains(words, StringComparison.OrdinalIgnoreCase)
        || WebUtility.HtmlDecode(prompt).Contains(words, StringComparison.OrdinalIgnoreCase);
}

using Janus.DevTools.FakeGemini.Protocol;
using Microsoft.AspNetCore.Http;

namespace Janus.DevTools.FakeGemini.Plays;

/// <summary>One request and all that a play needs to answer it.</summary>
/// <param name="Context">The connection.</param>
/// <param name="Options">How the fake answers.</param>
/// <param name="Line">The request's line in the journal.</param>
/// <param name="Gone">Cancelled when the client went or the fake stops.</param>
internal sealed record Exchange(HttpContext Context, FakeServerOptions Options, JournalLine Line, CancellationToken Gone)
{
    /// <summary>The request; there is none yet when a play breaks the connection before the body has come.</summary>
    public GenerateRequest Request
    {
        get => field ?? throw new InvalidOperationException("The request has not been read.");
        init;
    }

    /// <summary>The settings of the play.</summary>
    public required PlayParameters Parameters { get; init; }

    /// <summary>Waits on the fake's clock.</summary>
    /// <exception cref="OperationCanceledException">The client went or the fake stops.</exception>
    public Task WaitAsync(TimeSpan duration) => Task.Delay(duration, Options.Time, Gone);

    /// <summary>Waits until the client goes.</summary>
    /// <exception cref="OperationCanceledException">It went, or the fake stops.</exception>
    public Task WaitForEverAsync() => Task.Delay(Timeout.InfiniteTimeSpan, Gone);
}

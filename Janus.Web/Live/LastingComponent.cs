using Microsoft.AspNetCore.Components;

namespace Janus.Web.Live;

/// <summary>A component with work that goes on for as long as it is shown.</summary>
public abstract class LastingComponent : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _end = new();

    /// <summary>Makes the component.</summary>
    protected LastingComponent() => End = _end.Token;

    /// <summary>Ends when the component is no longer shown. It may be asked for also after that.</summary>
    protected CancellationToken End { get; }

    /// <summary>Ends its work.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends its work.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        _end.Cancel();
        _end.Dispose();
    }
}

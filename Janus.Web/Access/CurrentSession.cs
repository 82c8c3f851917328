namespace Janus.Web.Access;

/// <summary>
/// Who looks, for one request or for as long as one page is open. A session that is over keeps its person: what was typed stays on the page, but nothing
/// new comes to it, and the API takes nothing from it.
/// </summary>
internal sealed class CurrentSession(Sessions sessions) : IDisposable
{
    private readonly CancellationTokenSource _over = new();
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Who looks; null for nobody who is known.</summary>
    public Person? Person { get; private set; }

    /// <summary>Whether the session is over.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Done when somebody else looks, the person's role has changed, or the session is over.</summary>
    public Task NextChange => _next.Task;

    /// <summary>Ends with the session.</summary>
    public CancellationToken Over => _over.Token;

    /// <summary>Says who looks.</summary>
    public void Become(Person? person)
    {
        if (Person == person)
            return;
        Person = person;
        Tell();
    }

    /// <summary>The API has said that the session is over.</summary>
    public void End()
    {
        if (IsOver)
            return;
        IsOver = true;
        if (Person is { } person)
            sessions.Forget(person);
        _over.Cancel();
        Tell();
    }

    private void Tell() => Interlocked.Exchange(ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    public void Dispose() => _over.Dispose();
}

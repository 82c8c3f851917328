using System.Net;
using System.Net.ServerSentEvents;
using Janus.Web.Api;

namespace Janus.Web.Live;

/// <summary>Something that follows an event stream from when it is started until it is disposed.</summary>
internal interface ILiveSource : IAsyncDisposable
{
    /// <summary>Begins to follow.</summary>
    void Start();
}

/// <summary>
/// A value that follows an event stream of the API: read before the stream is opened and once it is open, so that nothing falls
/// between the two, and again after events. A broken stream is opened again by itself, at once and then with growing waits.
/// </summary>
internal abstract partial class LiveSource<T>(TimeProvider time, ILogger log, T first) : ILiveSource
    where T : class
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(3);

    // Longer than the API's longest silence, 15 s: a connection that says nothing for this long is dead.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(45);

    private readonly Lock _gate = new();
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _end = new();
    private readonly SemaphoreSlim _dirty = new(0, 1);
    private readonly SemaphoreSlim _reading = new(1, 1);
    private long _asked;
    private long _answered;
    private Task _following = Task.CompletedTask;

    /// <summary>The value now.</summary>
    public T Value { get; private set; } = first;

    /// <summary>Waits until the value is another than the one that was seen. What changes several times meanwhile is told once.</summary>
    public async Task<T> NextAsync(T seen, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task next;
            lock (_gate)
            {
                if (!ReferenceEquals(Value, seen))
                    return Value;
                next = _next.Task;
            }

            await next.WaitAsync(cancellationToken);
        }
    }

    /// <summary>
    /// Brings the value up to what is true after this call began, for somebody who begins to look: what was last heard may be older than what
    /// the same person has just done. Those who ask while a reading is under way share the next one.
    /// </summary>
    /// <exception cref="HttpRequestException">The API cannot be reached, or failed. The value stays.</exception>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _asked);
        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (_answered >= number)
                return;
            var answers = Interlocked.Read(ref _asked);
            await RefreshAsync(cancellationToken);
            _answered = answers;
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>The stream's address, with the place from which it goes on.</summary>
    protected abstract string Path { get; }

    /// <summary>The API.</summary>
    protected abstract JanusApi Api { get; }

    /// <summary>The shortest time between two readings; none unless overridden.</summary>
    protected virtual TimeSpan BetweenReadings => TimeSpan.Zero;

    /// <inheritdoc />
    public void Start() => _following = Task.Run(FollowAsync);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _following;
        // A page that is being taken down may be reading still.
        await _reading.WaitAsync();
        _end.Dispose();
        _dirty.Dispose();
        _reading.Dispose();
    }

    /// <summary>Reads the value anew and publishes it. Called by one at a time.</summary>
    protected abstract Task RefreshAsync(CancellationToken cancellationToken);

    /// <summary>An event came; the reading that follows it is made in any case.</summary>
    protected virtual void Note(SseItem<string> item)
    {
    }

    /// <summary>The stream's object does not exist.</summary>
    protected abstract void OnGone();

    /// <summary>The stream broke and is about to be opened again.</summary>
    protected abstract void OnBroken();

    /// <summary>Makes a value known.</summary>
    protected void Publish(T value)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            if (Value.Equals(value))
                return;
            Value = value;
            (changed, _next) = (_next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        changed.SetResult();
    }

    private async Task FollowAsync()
    {
        using var following = CircuitTraces.Following();
        var wait = TimeSpan.Zero;
        var isFirst = true;
        while (!_end.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(wait, time, _end.Token);
                if (isFirst)
                    await ReadAsync(_end.Token);
                isFirst = false;
                using var response = await Api.OpenStreamAsync(Path, _end.Token);
                if (response.StatusCode == HttpStatusCode.NotFound)
                {
                    OnGone();
                    return;
                }

                response.EnsureSuccessStatusCode();
                await ListenAsync(response, () => wait = TimeSpan.Zero);
                OnBroken();
            }
            catch (OperationCanceledException) when (_end.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // Whatever it was, pages must not stand still for ever; what nobody expected is told as an error.
                if (Unreachable.Is(exception, _end.Token))
                    Broken(Path, exception.Message);
                else
                    Failed(exception, Path);
                OnBroken();
            }

            wait = wait == TimeSpan.Zero ? FirstWait : TimeSpan.FromTicks(Math.Min(wait.Ticks * 2, LongestWait.Ticks));
        }
    }

    private async Task ListenAsync(HttpResponseMessage response, Action succeeded)
    {
        using var connection = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        MarkDirty();
        var refreshing = KeepFreshAsync(succeeded, connection);
        try
        {
            connection.CancelAfter(LongestSilence);
            await using var body = await response.Content.ReadAsStreamAsync(connection.Token);
            await foreach (var item in SseParser.Create(body).EnumerateAsync(connection.Token))
            {
                connection.CancelAfter(LongestSilence);
                if (item.EventType == "heartbeat")
                    continue;
                Note(item);
                MarkDirty();
            }
        }
        catch (OperationCanceledException) when (connection.IsCancellationRequested)
        {
            // The end, a silence that was too long, or a reading that failed, which the next line tells.
        }
        finally
        {
            await connection.CancelAsync();
            await refreshing;
        }
    }

    // A reading that failed ends the connection too: the value may have missed something, and only a new start is sure.
    private async Task KeepFreshAsync(Action succeeded, CancellationTokenSource connection)
    {
        try
        {
            while (true)
            {
                await _dirty.WaitAsync(connection.Token);
                await ReadAsync(connection.Token);
                succeeded();
                await Task.Delay(BetweenReadings, time, connection.Token);
            }
        }
        catch (OperationCanceledException) when (connection.IsCancellationRequested)
        {
            // The stream has ended, or is told to.
        }
        finally
        {
            await connection.CancelAsync();
        }
    }

    private void MarkDirty()
    {
        if (_dirty.CurrentCount == 0)
            _dirty.Release();
    }

    [LoggerMessage(1, LogLevel.Information, "The event stream {Path} broke ({Reason}); connecting again")]
    private partial void Broken(string path, string reason);

    [LoggerMessage(2, LogLevel.Error, "Following {Path} failed; connecting again")]
    private partial void Failed(Exception exception, string path);
}

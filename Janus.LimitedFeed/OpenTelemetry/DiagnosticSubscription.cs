using System.Diagnostics;

namespace OpenTelemetry.Instrumentation;

/// <summary>Hands every event of the diagnostic listeners of one name to a writer, until it is disposed with its provider.</summary>
internal sealed class DiagnosticSubscription : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly string _name;
    private readonly Action<string, object?> _write;
    private readonly List<IDisposable> _subscriptions = [];

    public DiagnosticSubscription(string name, Action<string, object?> write)
    {
        _name = name;
        _write = write;
        Keep(DiagnosticListener.AllListeners.Subscribe(this));
    }

    /// <summary>The named property of an event's payload, whose type the framework keeps to itself; null when there is none.</summary>
    public static T? Property<T>(object? payload, string name)
        where T : class => payload?.GetType().GetProperty(name)?.GetValue(payload) as T;

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == _name)
            Keep(value.Subscribe(this));
    }

    public void OnNext(KeyValuePair<string, object?> value) => _write(value.Key, value.Value);

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose()
    {
        lock (_subscriptions)
        {
            _subscriptions.ForEach(subscription => subscription.Dispose());
            _subscriptions.Clear();
        }
    }

    private void Keep(IDisposable subscription)
    {
        lock (_subscriptions)
            _subscriptions.Add(subscription);
    }
}

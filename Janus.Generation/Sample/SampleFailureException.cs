namespace Janus.Generation.Sample;

/// <summary>A failure that the sample studio was told to have. The message is one sentence that is safe to show.</summary>
public sealed class SampleFailureException(string message, bool isTransient) : Exception(message)
{
    /// <summary>Whether another try may succeed.</summary>
    public bool IsTransient { get; } = isTransient;
}

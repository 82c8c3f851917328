using System.Diagnostics;
using Janus.Generation.Providers;

namespace Janus.Generation.Telemetry;

/// <summary>Whom a call asks, and for what.</summary>
/// <param name="Provider">The provider, in the conventions' words: <c>gcp.gemini</c>, or <c>janus.sample</c>.</param>
/// <param name="Address">Where it is; null for one within this process.</param>
/// <param name="Model">The model that is asked.</param>
/// <param name="OutputType"><c>text</c>, <c>json</c> or <c>image</c>.</param>
internal sealed record ModelRequest(string Provider, Uri? Address, string? Model, string OutputType);

/// <summary>One call of a model, with all its resends: a <c>generate_content</c> span and its measurements, from its start until it is disposed.</summary>
internal sealed class ModelCall : IDisposable
{
    private const string Operation = "generate_content";

    private readonly ModelTelemetry _telemetry;
    private readonly ModelRequest _request;
    private readonly long _started;
    private string? _responseModel;
    private string? _error;

    public ModelCall(ModelTelemetry telemetry, ModelRequest request)
    {
        (_telemetry, _request, _started) = (telemetry, request, telemetry.Time.GetTimestamp());
        if (!ModelTelemetry.Source.HasListeners())
            return;

        // At the start, so that a sampler sees them.
        var tags = Tags();
        tags.Add("gen_ai.output.type", request.OutputType);
        Span = ModelTelemetry.Source.StartActivity(ActivityKind.Client, parentContext: default, tags, name: request.Model is null ? Operation : $"{Operation} {request.Model}");
    }

    /// <summary>The span; null when nobody records it.</summary>
    public Activity? Span { get; }

    /// <summary>Whether prompts and answers belong on the span.</summary>
    public bool IsCaptured => _telemetry.Capture.IsOn && Span is { IsAllDataRequested: true };

    /// <summary>There is an answer.</summary>
    public void Answered(CallDetails details) => Tell(details);

    /// <summary>There is none. What was used in vain is charged all the same.</summary>
    public void Failed(Exception failure)
    {
        _error = failure is OperationCanceledException ? "cancelled" : ProviderFailures.Translate(failure).Code;
        Span?.SetTag("error.type", _error).SetStatus(ActivityStatusCode.Error);
        if (CallDetails.Of(failure) is { } details)
            Tell(details);
    }

    public void Dispose()
    {
        if (ModelTelemetry.IsMeasured)
            ModelTelemetry.Record(_telemetry.Time.GetElapsedTime(_started), MeasuredTags());
        Span?.Dispose();
    }

    private void Tell(CallDetails details)
    {
        _responseModel = details.Model;
        if (Span is { IsAllDataRequested: true } span)
        {
            // A tag that is null is none.
            span.SetTag("gen_ai.response.model", details.Model)
                .SetTag("gen_ai.response.id", details.ResponseId)
                .SetTag("gen_ai.response.finish_reasons", details.Ending is { } ending ? new[] { ending } : null)
                .SetTag("gen_ai.usage.input_tokens", details.Usage?.InputTokenCount)
                .SetTag("gen_ai.usage.output_tokens", details.Usage?.OutputTokenCount)
                .SetTag("gen_ai.usage.cache_read.input_tokens", details.Usage?.CachedInputTokenCount)
                .SetTag("gen_ai.usage.reasoning.output_tokens", details.Usage?.ReasoningTokenCount);
        }

        if (ModelTelemetry.IsMeasured)
            _telemetry.Count(details.Model ?? _request.Model, details.Usage, MeasuredTags());
    }

    private TagList Tags()
    {
        var tags = new TagList { { "gen_ai.operation.name", Operation }, { "gen_ai.provider.name", _request.Provider } };
        if (_request.Model is { } model)
            tags.Add("gen_ai.request.model", model);
        if (_request.Address is { } address)
        {
            tags.Add("server.address", address.Host);
            tags.Add("server.port", address.Port);
        }

        return tags;
    }

    private TagList MeasuredTags()
    {
        var tags = Tags();
        if (_responseModel is { } model)
            tags.Add("gen_ai.response.model", model);
        if (_error is { } error)
            tags.Add("error.type", error);
        return tags;
    }
}

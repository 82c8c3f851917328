using Microsoft.Extensions.DependencyInjection;

namespace OpenTelemetry;

/// <summary>Carries the services that the SDK's <c>WithTracing</c>, <c>WithMetrics</c> and <c>UseOtlpExporter</c> configure.</summary>
public sealed class OpenTelemetryBuilder : IOpenTelemetryBuilder
{
    internal OpenTelemetryBuilder(IServiceCollection services) => Services = services;

    /// <inheritdoc />
    public IServiceCollection Services { get; }
}

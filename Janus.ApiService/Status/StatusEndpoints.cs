using Janus.ApiService.Http;
using Janus.Campaigns.Steps;
using Janus.Contracts;
using Janus.Generation.Providers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Janus.ApiService.Status;

/// <summary>What is in use, for people and pages.</summary>
internal static class StatusEndpoints
{
    // The switch of the OpenTelemetry conventions for generative AI.
    private const string ContentCapture = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";

    public static void MapStatus(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/status", ReadAsync).WithTags("Status").WithSummary("The generator, the database and the queue in use").Fails(503);

    private static async Task<Ok<StatusResponse>> ReadAsync(
        GeneratorInUse generator, StepQueue queue, IConfiguration configuration, CancellationToken cancellationToken) =>
        TypedResults.Ok(new StatusResponse(
            generator.Provider, generator.TextModel, generator.ImageModel, "sqlite", await queue.DepthAsync(cancellationToken),
            string.Equals(configuration[ContentCapture], "true", StringComparison.OrdinalIgnoreCase)));
}

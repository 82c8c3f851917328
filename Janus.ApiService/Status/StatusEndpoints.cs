using System.Reflection;
using Janus.ApiService.Events;
using Janus.ApiService.Http;
using Janus.ApiService.Planning;
using Janus.Campaigns.Spending;
using Janus.Campaigns.Steps;
using Janus.Campaigns.Storage;
using Janus.Contracts;
using Janus.Generation;
using Janus.Generation.Providers;
using Janus.Generation.Telemetry;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Janus.ApiService.Status;

/// <summary>What is in use and how busy it is, for people and pages.</summary>
internal static class StatusEndpoints
{
    private const string TracesUrl = "Janus:TracesUrl";

    private static readonly string Version =
        typeof(StatusEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public static void MapStatus(this IEndpointRouteBuilder routes)
    {
        var startedAt = routes.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow();
        routes.MapGet("/api/status", (InUse inUse, CancellationToken cancellationToken) => ReadAsync(inUse, startedAt, cancellationToken))
            .WithTags("Status").WithSummary("The generator, the database and the queue in use").Fails(503);
    }

    public static void AddStatus(this IServiceCollection services) => services.AddSingleton<InUse>();

    private static async Task<Ok<StatusResponse>> ReadAsync(InUse inUse, DateTimeOffset startedAt, CancellationToken cancellationToken)
    {
        var load = await inUse.Queue.LoadAsync(cancellationToken);
        var spending = await inUse.Spending.ReadAsync(cancellationToken);
        var generator = inUse.Generator;
        return TypedResults.Ok(new StatusResponse(
            generator.Provider, generator.TextModel, generator.ImageModel, inUse.Storage.Database, load.Ready,
            inUse.Capture.IsOn, load.Running,
            load.OldestReady is { } oldest ? Math.Max(0, (inUse.Time.GetUtcNow() - oldest).TotalSeconds) : null, await inUse.Database.SizeAsync(cancellationToken),
            inUse.Streams.Count, inUse.Options.Value.MaxEventStreams, LimitsOf(inUse), AddressOf(inUse.Configuration[TracesUrl]), Version, startedAt,
            inUse.Prices.Know(generator), spending.Today.SpentMicroUsd, spending.CapMicroUsd));
    }

    private static LimitsDto LimitsOf(InUse inUse) => new(
        (int)inUse.Options.Value.PlanLimit.TotalSeconds, PlanCampaign.MostPosts, PlanRequestCheck.LongestText, inUse.Queue.Options.MaxFailures,
        PlatformLimits.Known.ToDictionary(platform => platform, PlatformLimits.Limit, StringComparer.Ordinal));

    // It becomes a link on a page: nothing but an address of the web may be one.
    private static string? AddressOf(string? configured) =>
        Uri.TryCreate(configured, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address.AbsoluteUri
            : null;

    /// <summary>What the status tells of.</summary>
    internal sealed record InUse(
        GeneratorInUse Generator, StepQueue Queue, EventStreams Streams, StorageOptions Storage, CampaignDatabase Database, IOptions<ApiOptions> Options, IConfiguration Configuration,
        PriceBook Prices, SpendingReader Spending, ContentCapture Capture, TimeProvider Time);
}

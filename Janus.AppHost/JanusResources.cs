using System.Globalization;

namespace Janus;

/// <summary>What stands behind a word of AppHost.cs: the database, the models, the addresses that the dashboard shows.</summary>
internal static class JanusResources
{
    /// <summary>
    /// The database: the file in the data directory, a PostgreSQL server that is there, or one in a container with a volume of its own. The one place
    /// that makes it.
    /// </summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddJanusDatabase(this IDistributedApplicationBuilder builder, HostStart start)
    {
        if (start.HasPostgres)
        {
            return builder.AddPostgres(Topology.PostgresServer)
                // Another major version would begin with an empty folder of its own in the same volume, and a newer Aspire may bring one.
                .WithImageTag(Topology.PostgresTag)
                .WithDataVolume(start.PostgresVolume)
                .AddDatabase(Topology.Database);
        }

        return builder.AddConnectionString(Topology.Database, start.Settings.Postgres is { } server
            ? ReferenceExpression.Create($"{builder.AddParameter(Topology.PostgresParameter, () => server, secret: true)}")
            : ReferenceExpression.Create($"Data Source={Path.Combine(start.DataDirectory, Topology.DatabaseFile)}"));
    }

    /// <summary>The models and the key for them. Without a key the sample studio works, so its value may be empty and nothing waits for it.</summary>
    public static Models AddModels(this IDistributedApplicationBuilder builder) => new(
        builder.AddParameter(Topology.GeminiKeyParameter, () => builder.Configuration[$"Parameters:{Topology.GeminiKeyParameter}"] ?? "", secret: true),
        builder.AddParameter(Topology.TextModelParameter, Topology.DefaultTextModel, publishValueAsDefault: true),
        builder.AddParameter(Topology.ImageModelParameter, Topology.DefaultImageModel, publishValueAsDefault: true),
        // A developer reads prompts in the dashboard on this machine; nowhere else may they leave.
        builder.ExecutionContext.IsRunMode && builder.Environment.EnvironmentName == "Development" ? "true" : "false");

    /// <summary>What the pages show to the API; null where nobody signs in, which is on a developer's machine alone. Containers reach each other as others do.</summary>
    public static IResourceBuilder<ParameterResource>? AddSignIn(this IDistributedApplicationBuilder builder, HostStart start) =>
        start.IsPublished ? builder.AddParameter(Topology.ServiceKeyParameter, secret: true) : null;

    /// <summary>Has people sign in at a service, where there is a key.</summary>
    public static IResourceBuilder<ProjectResource> WithSignIn(this IResourceBuilder<ProjectResource> service, IResourceBuilder<ParameterResource>? key) =>
        key is null ? service : service
            .WithEnvironment(Topology.Variables.SignIn, Topology.Accounts)
            .WithEnvironment(Topology.Variables.ServiceKey, key);

    /// <summary>Lets a service reach the database, whichever it is, and the data directory.</summary>
    public static IResourceBuilder<ProjectResource> WithStorage(
        this IResourceBuilder<ProjectResource> service, IResourceBuilder<IResourceWithConnectionString> database, HostStart start) => service
        // Before the reference, which would else also give host, user and password one by one: nobody reads them.
        .WithReferenceEnvironment(ReferenceEnvironmentInjectionFlags.ConnectionString)
        .WithReference(database)
        .WithEnvironment(Topology.Variables.Database, start.IsOnPostgres ? Topology.Postgres : Topology.Sqlite)
        .WithEnvironment(Topology.Variables.DataDirectory, start.DataDirectory);

    /// <summary>Where a service is reached, instead of the port of its launch profile; null means any free port.</summary>
    public static IResourceBuilder<ProjectResource> WithPublicPort(this IResourceBuilder<ProjectResource> service, int? port) =>
        service.WithEndpoint(Topology.Endpoint, endpoint => endpoint.Port = port);

    /// <summary>Tells a service which models to ask, and whether prompts and answers leave with traces.</summary>
    public static IResourceBuilder<ProjectResource> WithModels(this IResourceBuilder<ProjectResource> service, Models models) => service
        .WithEnvironment(Topology.Variables.GeminiKey, models.Key)
        .WithEnvironment(Topology.Variables.TextModel, models.Text)
        .WithEnvironment(Topology.Variables.ImageModel, models.Image)
        .WithEnvironment(Topology.Variables.CaptureContent, models.CaptureContent);

    /// <summary>Starts so many workers, and tells each how many there are: Gemini's limits are divided among them.</summary>
    public static IResourceBuilder<ProjectResource> WithWorkerReplicas(this IResourceBuilder<ProjectResource> worker, int workers) => worker
        .WithReplicas(workers)
        .WithEnvironment(Topology.Variables.LimitReplicas, workers.ToString(CultureInfo.InvariantCulture));

    /// <summary>Where the dashboard is: the launch profile's address is the dashboard's, not that of a service. Nothing of it is published.</summary>
    public static string DashboardAddress(this IDistributedApplicationBuilder builder) =>
        builder.ExecutionContext.IsRunMode ? builder.Configuration[Topology.Variables.Urls]?.Split(';')[0] ?? "" : "";

    /// <summary>What the dashboard calls the API's addresses.</summary>
    public static IResourceBuilder<ProjectResource> WithApiUrls(this IResourceBuilder<ProjectResource> api) => api
        .WithUrlForEndpoint(Topology.Endpoint, url => url.DisplayText = "API")
        .WithUrlForEndpoint(Topology.Endpoint, _ => new() { Url = Topology.ReferencePath, DisplayText = "API reference" })
        .WithUrlForEndpoint(Topology.Endpoint, _ => new() { Url = Topology.HealthPath, DisplayText = "Health" });

    /// <summary>What the dashboard calls the pages' addresses.</summary>
    public static IResourceBuilder<ProjectResource> WithPageUrls(this IResourceBuilder<ProjectResource> web) => web
        .WithUrlForEndpoint(Topology.Endpoint, url => url.DisplayText = "Campaigns")
        .WithUrlForEndpoint(Topology.Endpoint, _ => new() { Url = Topology.StatusPath, DisplayText = "Status" });
}

/// <summary>The models' parameters.</summary>
/// <param name="Key">The Gemini key; empty means the sample studio.</param>
/// <param name="Text">The text model.</param>
/// <param name="Image">The picture model.</param>
/// <param name="CaptureContent"><c>true</c> lets prompts and answers leave with traces.</param>
internal sealed record Models(
    IResourceBuilder<ParameterResource> Key, IResourceBuilder<ParameterResource> Text, IResourceBuilder<ParameterResource> Image, string CaptureContent);

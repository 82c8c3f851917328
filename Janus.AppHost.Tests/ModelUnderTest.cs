using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Janus.AppHost.Tests;

/// <summary>The AppHost's model on a fresh data directory and free ports, told by settings alone and by nothing that a developer has set. Nothing of it is started.</summary>
internal sealed class ModelUnderTest : IAsyncDisposable
{
    // What a developer has set for a Janus of their own must not reach this one.
    private static readonly string[] Nothing =
        [$"{Topology.PostgresVariable}=", $"{Topology.DatabaseVariable}=", $"{Topology.WorkersVariable}=", $"{Topology.ApisVariable}=", "Parameters:gemini-api-key="];

    private readonly DirectoryInfo _data;

    private ModelUnderTest(DirectoryInfo data, IDistributedApplicationTestingBuilder builder) => (_data, Builder) = (data, builder);

    public IDistributedApplicationTestingBuilder Builder { get; }

    public string DataDirectory => _data.FullName;

    /// <summary>Runs AppHost.cs up to where it would start.</summary>
    /// <param name="settings">As <c>NAME=value</c>.</param>
    public static async Task<ModelUnderTest> BuildAsync(params string[] settings)
    {
        var data = Directory.CreateTempSubdirectory("janus-apphost-");
        string[] fresh = [$"{Topology.DataVariable}={data.FullName}", $"{Topology.Ports.WebVariable}=0", $"{Topology.Ports.ApiVariable}=0"];
        return new(data, await DistributedApplicationTestingBuilder.CreateAsync<Projects.Janus_AppHost>(
            [.. Nothing, .. fresh, .. settings], TestContext.Current.CancellationToken));
    }

    /// <summary>Runs AppHost.cs up to where it would publish.</summary>
    /// <param name="settings">As <c>NAME=value</c>.</param>
    public static Task<ModelUnderTest> PublishAsync(params string[] settings) => BuildAsync(["AppHost:Operation=publish", .. settings]);

    /// <summary>A resource of the model.</summary>
    public T Resource<T>(string name)
        where T : IResource => Builder.Resources.OfType<T>().Single(resource => resource.Name == name);

    /// <summary>What a service would be given, with references to what is known only when it runs left as expressions.</summary>
    public async Task<IReadOnlyDictionary<string, string>> EnvironmentOfAsync(string service)
    {
        var context = new DistributedApplicationExecutionContext(DistributedApplicationOperation.Publish);
        var configuration = await ExecutionConfigurationBuilder.Create(Resource<ProjectResource>(service)).WithEnvironmentVariablesConfig()
            .BuildAsync(context, NullLogger.Instance, TestContext.Current.CancellationToken);
        return configuration.EnvironmentVariables.ToDictionary(StringComparer.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await Builder.DisposeAsync();
        _data.Delete(recursive: true);
    }
}

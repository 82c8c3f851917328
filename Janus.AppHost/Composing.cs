using System.Globalization;
using System.Reflection;
using Aspire.Hosting.Docker;
using Aspire.Hosting.Docker.Resources.ComposeNodes;
using Aspire.Hosting.Docker.Resources.ServiceNodes;
using Aspire.Hosting.Docker.Resources.ServiceNodes.Swarm;

namespace Janus;

/// <summary>The containers: what Aspire's description of the system leaves open when it becomes a Docker Compose file.</summary>
internal static partial class Publishing
{
    private const string IsHealthy = "service_healthy";

    // The images' tag, as their projects make it from the version that AppHost and images are built with.
    private static readonly string Version = typeof(Publishing).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    static partial void Compose(IDistributedApplicationBuilder builder, HostStart start, Models models, JanusServices services, ref bool isComposed)
    {
        isComposed = true;
        builder.AddDockerComposeEnvironment(Topology.Containers.Environment)
            // It would show prompts and campaigns to whoever reaches its port.
            .WithDashboard(enabled: false)
            .ConfigureComposeFile(file =>
            {
                // Else it is the folder's, and the same file in another folder would begin with empty volumes.
                file.Name = Topology.Containers.Project;
                file.AddVolume(new Volume { Name = Topology.Containers.DataVolume, Driver = "local" });
            })
            .ConfigureEnvFile(variables =>
            {
                // The API's image is theirs too.
                variables.Remove(ImageVariable(services.Migrations));
                variables[Topology.Ports.WebVariable] = new() { Name = Topology.Ports.WebVariable, Description = $"Port of the pages on this machine, {Topology.Ports.Web} when empty" };
            });

        foreach (var server in builder.Resources.OfType<PostgresServerResource>().ToList())
            builder.CreateResourceBuilder(server).PublishAsDockerComposeService((resource, service) => ComposePostgres(server.PasswordParameter, resource, service));

        // Only the pages have a proxy in front of them: what others say about who called is not believed elsewhere.
        services.Api.DisableForwardedHeaders();
        services.Worker.DisableForwardedHeaders();
        services.Migrations.PublishAsDockerComposeService((_, service) =>
        {
            ComposeOurs(service, services.Api, Topology.Containers.ApiImage);
            // Once for each 'up': who starts again by itself would not wait for it anyway, and one that fails has said why.
            service.Restart = "no";
            foreach (var server in service.DependsOn.Values)
                server.Condition = IsHealthy;
        });
        Serve(services.Api, Topology.Containers.ApiImage, (resource, service) =>
        {
            ComposeModels(models, resource, service);
            service.Deploy = Replicas(start.Settings.Apis);
        });
        Serve(services.Worker, Topology.Containers.WorkerImage, (resource, service) =>
        {
            ComposeModels(models, resource, service);
            service.Deploy = Replicas(start.Settings.Workers);
        });
        Serve(services.Web, Topology.Containers.WebImage, (_, service) =>
        {
            service.DependsOn[Topology.Api] = new() { Condition = IsHealthy };
            // To this machine, where the proxy that ends TLS is.
            service.Ports = [$"127.0.0.1:${{{Topology.Ports.WebVariable}:-{Topology.Ports.Web}}}:{Topology.Containers.Port}"];
        });
    }

    /// <summary>A service that stays: it listens on the port of the images, says whether it is ready for work, and is started again when it ends.</summary>
    private static void Serve(IResourceBuilder<ProjectResource> resource, string image, Action<DockerComposeServiceResource, Service> more)
    {
        // Aspire gives everybody who publishes a second endpoint, for HTTPS; between containers there is no certificate for it.
        foreach (var other in resource.Resource.Annotations.OfType<EndpointAnnotation>().Where(endpoint => endpoint.Name != Topology.Endpoint).ToList())
            resource.Resource.Annotations.Remove(other);

        var program = $"{Topology.Containers.ProgramFolder}/{Path.GetFileNameWithoutExtension(resource.Resource.GetProjectMetadata().ProjectPath)}.dll";
        resource
            .WithEndpoint(Topology.Endpoint, endpoint => endpoint.TargetPort = Topology.Containers.Port)
            .PublishAsDockerComposeService((compose, service) =>
            {
                ComposeOurs(service, resource, image);
                service.Restart = "unless-stopped";
                // A worker gives back what it has begun.
                service.StopGracePeriod = "40s";
                // The image has no shell and nothing that could ask: the program asks itself, in 5 s at most.
                service.Healthcheck = new() { Test = ["CMD", "dotnet", program, Topology.HealthArgument], Interval = "15s", Timeout = "10s", Retries = 3, StartPeriod = "60s" };
                more(compose, service);
            });
    }

    private static void ComposeOurs(Service service, IResourceBuilder<ProjectResource> imageOf, string image)
    {
        service.Image = $"${{{ImageVariable(imageOf)}:-{image}:{Version}}}";
        service.User = Topology.Containers.User;
        TakeRights(service);
        service.AddVolume(new() { Name = Topology.Containers.DataVolume, Type = "volume", Source = Topology.Containers.DataVolume, Target = Topology.Containers.DataDirectory });
        Need(service, Topology.Variables.ServiceKey, "a secret of 32 characters or more");
        Need(service, Topology.Variables.ConnectionString, "the connection string of the PostgreSQL server");
    }

    private static void ComposePostgres(ParameterResource password, DockerComposeServiceResource resource, Service service)
    {
        // The image would begin as root and drop to this user; it owns the image's data folder, so a new volume is its own.
        service.User = Topology.Containers.PostgresUser;
        TakeRights(service);
        service.Restart = "unless-stopped";
        service.StopGracePeriod = "60s";
        // Aspire makes the database when it runs the server itself; here the image does, while its volume is empty.
        service.AddEnvironmentalVariable(Topology.Containers.PostgresDatabaseVariable, Topology.Database);
        service.AddEnvironmentalVariable(Topology.Containers.PostgresPasswordVariable, Needed(password.AsEnvironmentPlaceholder(resource), "the database's password"));
        // Over TCP: while the image makes the database, its server answers on the socket alone.
        service.Healthcheck = new()
        {
            Test = ["CMD", "pg_isready", "--host=127.0.0.1", $"--username={Topology.Containers.PostgresUser}", $"--dbname={Topology.Database}"],
            Interval = "5s",
            Timeout = "5s",
            Retries = 5,
            StartPeriod = "60s",
        };
    }

    private static void ComposeModels(Models models, DockerComposeServiceResource resource, Service service)
    {
        service.Environment[Topology.Variables.TextModel] = Otherwise(models.Text.AsEnvironmentPlaceholder(resource), Topology.DefaultTextModel);
        service.Environment[Topology.Variables.ImageModel] = Otherwise(models.Image.AsEnvironmentPlaceholder(resource), Topology.DefaultImageModel);
    }

    // Nobody needs more than to be who they are.
    private static void TakeRights(Service service)
    {
        service.CapDrop = ["ALL"];
        service.SecurityOpt = ["no-new-privileges:true"];
    }

    private static Deploy? Replicas(int replicas) => replicas == 1 ? null : new Deploy { Replicas = replicas };

    // As Aspire names it in the file of variables.
    private static string ImageVariable(IResourceBuilder<ProjectResource> resource) => $"{resource.Resource.Name.ToUpper(CultureInfo.InvariantCulture)}_IMAGE";

    // The file of variables is written without values, and what is empty there must not be taken for an answer.
    private static string Otherwise(string placeholder, string value) => $"{placeholder[..^1]}:-{value}}}";

    // A value that is nothing but a placeholder.
    private static void Need(Service service, string variable, string what)
    {
        if (service.Environment.TryGetValue(variable, out var value) && value.StartsWith("${", StringComparison.Ordinal))
            service.Environment[variable] = Needed(value, what);
    }

    private static string Needed(string placeholder, string what) => $"{placeholder[..^1]}:?set it in .env to {what}}}";
}

using Janus.LocalHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Janus;

/// <summary>
/// One start of the AppHost: its settings, its ports and its data directory, read and taken by the same code as Janus.LocalHost's, so
/// that a setting means the same and a second host on the same directory is sent to the first.
/// </summary>
/// <param name="Settings">What the environment asks for.</param>
/// <param name="Ports">The public ports; null when nothing is started but published.</param>
/// <param name="Data">The data directory while this host has it; null when nothing is started.</param>
internal sealed record HostStart(HostSettings Settings, Ports? Ports, DataDirectory? Data)
{
    /// <summary>Whether the system is described for others to run, and not started.</summary>
    public bool IsPublished => Data is null;

    /// <summary>The folder that holds database, media, backups and keys: this machine's, or the one inside a container.</summary>
    public string DataDirectory => IsPublished ? Topology.Containers.DataDirectory : Settings.DataDirectory;

    /// <summary>Where the pages are; null means any free port.</summary>
    public int? WebPort => Ports?.Web;

    /// <summary>Where the API is; null means any free port.</summary>
    public int? ApiPort => Ports?.Api;

    /// <summary>Whether the database is a PostgreSQL server, whosever it is. What is published is never on a file: containers are for more than one process, and a volume is no place to share one.</summary>
    public bool IsOnPostgres => HasPostgres || Settings.Postgres is not null;

    /// <summary>Whether that server is a container of the system itself.</summary>
    public bool HasPostgres => Settings.StartsPostgres || (IsPublished && Settings.Postgres is null);

    /// <summary>The volume of its tables; null leaves the name to Aspire, which makes it from the AppHost's path. What is published must find it again from any path.</summary>
    public string? PostgresVolume => IsPublished ? Topology.Containers.PostgresVolume : null;
}

/// <summary>Reads the start, and tells where the system is once it is ready.</summary>
internal static class HostStarts
{
    /// <summary>Reads the settings, takes the data directory and chooses the ports. Where that is refused, the host says why in one line and ends.</summary>
    public static HostStart ReadHostStart(this IDistributedApplicationBuilder builder)
    {
        try
        {
            var settings = HostSettings.Read(Path.Combine(builder.AppHostDirectory, ".."), name => builder.Configuration[name]);
            if (builder.ExecutionContext.IsPublishMode)
                return new HostStart(settings, Ports: null, Data: null);

            var data = LocalHost.DataDirectory.Claim(settings.DataDirectory);
            builder.Eventing.Subscribe<BeforeStartEvent>((starting, _) =>
            {
                // Let go after everything that uses it has stopped.
                starting.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopped.Register(data.Dispose);
                return Task.CompletedTask;
            });
            return new HostStart(settings, LocalHost.Ports.Choose(settings, Console.WriteLine), data);
        }
        catch (HostRefusedException refused)
        {
            Console.Error.WriteLine(refused.Message);
            Environment.Exit(refused.ExitCode);
            throw;
        }
    }

    /// <summary>Says on the console, and in the data directory for tools, where pages and API are, once the pages are ready.</summary>
    public static IResourceBuilder<ProjectResource> SayWhenReady(
        this IResourceBuilder<ProjectResource> web, IResourceBuilder<ProjectResource> api, HostStart start) => web
        .OnResourceReady((_, _, _) =>
        {
            var addresses = new Addresses(AddressOf(web), AddressOf(api), Environment.ProcessId);
            start.Data?.Announce(addresses);
            Console.WriteLine($"ready web={addresses.Web} api={addresses.Api}");
            return Task.CompletedTask;
        });

    private static string AddressOf(IResourceBuilder<ProjectResource> service) => service.GetEndpoint(Topology.Endpoint).Url;
}

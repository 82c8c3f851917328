namespace Janus;

/// <summary>Publishes the system as containers. How they are composed is in Composing.cs, which is compiled where the package feed has Aspire.Hosting.Docker.</summary>
internal static partial class Publishing
{
    /// <summary>Describes the containers when the AppHost publishes; says so when this build of it cannot. Nothing when it runs.</summary>
    public static void PublishContainers(this IDistributedApplicationBuilder builder, HostStart start, Models models, JanusServices services)
    {
        if (!start.IsPublished)
            return;

        var isComposed = false;
        Compose(builder, start, models, services, ref isComposed);
        if (!isComposed)
        {
            Console.Error.WriteLine(
                "No Docker Compose file is written: this AppHost was built without Aspire.Hosting.Docker. Where the package feed has it, 'dotnet build Janus.sln' finds it (docs/apphost.md).");
        }
    }

    static partial void Compose(IDistributedApplicationBuilder builder, HostStart start, Models models, JanusServices services, ref bool isComposed);
}

/// <summary>The programs of the system.</summary>
/// <param name="Migrations">The API's program that brings the database up to date and ends.</param>
/// <param name="Api">The API.</param>
/// <param name="Worker">The worker.</param>
/// <param name="Web">The pages.</param>
internal sealed record JanusServices(
    IResourceBuilder<ProjectResource> Migrations, IResourceBuilder<ProjectResource> Api, IResourceBuilder<ProjectResource> Worker, IResourceBuilder<ProjectResource> Web);

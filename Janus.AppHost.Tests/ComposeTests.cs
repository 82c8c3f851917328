using System.Text.RegularExpressions;

namespace Janus.AppHost.Tests;

/// <summary>The Docker Compose file that the AppHost writes, as text: whoever reads it next is not Aspire.</summary>
public sealed partial class ComposeTests
{
    private static readonly string[] Ours = [Topology.Migrations, Topology.Api, Topology.Worker, Topology.Web];

    [Fact]
    public async Task Services_start_one_after_the_other_on_a_database_that_is_ready_and_up_to_date()
    {
        var file = await PublishAsync();

        file[Topology.Migrations].ShouldContain("depends_on:\n      postgres-server:\n        condition: \"service_healthy\"");
        file[Topology.Api].ShouldContain("depends_on:\n      migrations:\n        condition: \"service_completed_successfully\"");
        file[Topology.Worker].ShouldContain("depends_on:\n      migrations:\n        condition: \"service_completed_successfully\"");
        file[Topology.Web].ShouldContain("depends_on:\n      apiservice:\n        condition: \"service_healthy\"");
        file[Topology.Migrations].ShouldContain("command:\n      - \"migrate\"");
        file[Topology.Migrations].ShouldContain("image: \"${APISERVICE_IMAGE:-janus-api:");
    }

    [Fact]
    public async Task Everybody_who_stays_says_whether_they_are_healthy_and_is_started_again()
    {
        var file = await PublishAsync();

        file[Topology.PostgresServer].ShouldContain("- \"pg_isready\"");
        foreach (var (service, program) in new[] { (Topology.Api, "Janus.ApiService"), (Topology.Worker, "Janus.ContentWorker"), (Topology.Web, "Janus.Web") })
            file[service].ShouldContain($"test:\n        - \"CMD\"\n        - \"dotnet\"\n        - \"/app/{program}.dll\"\n        - \"health\"");
        foreach (var service in Ours.Append(Topology.PostgresServer))
            file[service].ShouldContain(service == Topology.Migrations ? "restart: \"no\"" : "restart: \"unless-stopped\"");
    }

    [Fact]
    public async Task Nobody_has_rights_and_data_are_in_volumes()
    {
        var file = await PublishAsync();

        file.Keys.ShouldBe([.. Ours, Topology.PostgresServer], ignoreOrder: true);
        file[Topology.PostgresServer].ShouldContain("user: \"postgres\"");
        file[Topology.PostgresServer].ShouldContain("source: \"postgres-data\"");
        foreach (var service in Ours)
        {
            file[service].ShouldContain("user: \"1654\"");
            file[service].ShouldContain("target: \"/home/app\"\n        source: \"janus-data\"");
        }

        file.Values.ShouldAllBe(service => service.Contains("cap_drop:\n      - \"ALL\"") && service.Contains("no-new-privileges:true"));
    }

    [Fact]
    public async Task Only_the_pages_have_a_port_and_only_on_the_machine_itself()
    {
        var file = await PublishAsync();

        file.Where(service => service.Value.Contains("\n    ports:")).Select(service => service.Key).ShouldBe([Topology.Web]);
        file[Topology.Web].ShouldContain("ports:\n      - \"127.0.0.1:${JANUS_WEB_PORT:-5080}:8080\"");
        file[Topology.Web].ShouldContain("services__apiservice__http__0: \"http://apiservice:8080\"");
        // Whoever has no port of its own to be told of has no variable for one either.
        file.Values.ShouldAllBe(service => !service.Contains("_PORT}"));
    }

    [Fact]
    public async Task Secrets_are_asked_for_and_never_written()
    {
        var file = await PublishAsync("Parameters:service-key=a-key-that-is-known-to-nobody-else", "Parameters:gemini-api-key=AIza");

        file[Topology.Api].ShouldContain("Janus__Access__ServiceKey: \"${SERVICE_KEY:?");
        file[Topology.Web].ShouldContain("Janus__Access__ServiceKey: \"${SERVICE_KEY:?");
        file[Topology.PostgresServer].ShouldContain("POSTGRES_PASSWORD: \"${POSTGRES_SERVER_PASSWORD:?");
        file[Topology.Worker].ShouldContain("Gemini__ApiKey: \"${GEMINI_API_KEY}\"");
        file.Values.ShouldAllBe(service => !service.Contains("known-to-nobody-else") && !service.Contains("AIza"));
    }

    [Fact]
    public async Task A_server_of_ones_own_takes_the_place_of_the_container()
    {
        var file = await PublishAsync("JANUS_POSTGRES=Host=db.example;Password=secret", "JANUS_WORKER_REPLICAS=3");

        file.Keys.ShouldBe(Ours, ignoreOrder: true);
        file[Topology.Api].ShouldContain("ConnectionStrings__janus: \"${POSTGRES_CONNECTION:?");
        file[Topology.Worker].ShouldContain("deploy:\n      replicas: 3");
        file[Topology.Worker].ShouldContain("Gemini__Limits__Replicas: \"3\"");
    }

    /// <summary>Publishes, and reads the services of the file, each with its text.</summary>
    private static async Task<Dictionary<string, string>> PublishAsync(params string[] settings)
    {
        Assert.SkipUnless(
            File.Exists(Path.Combine(AppContext.BaseDirectory, "Aspire.Hosting.Docker.dll")), "needs Aspire.Hosting.Docker, which this package feed did not have when the solution was built");
        var folder = Directory.CreateTempSubdirectory("janus-compose-");
        try
        {
            await using (var model = await ModelUnderTest.PublishAsync([$"Pipeline:Step=publish", $"Pipeline:OutputPath={folder.FullName}", .. settings]))
            await using (var janus = await model.Builder.BuildAsync(TestContext.Current.CancellationToken))
                await janus.RunAsync(TestContext.Current.CancellationToken);

            var text = await File.ReadAllTextAsync(Path.Combine(folder.FullName, "docker-compose.yaml"), TestContext.Current.CancellationToken);
            text.ShouldStartWith("name: \"janus\"\n");
            return Service().Matches(text).ToDictionary(service => service.Groups["name"].Value, service => service.Groups["text"].Value, StringComparer.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Only services have an image.
    [GeneratedRegex(@"^  (?<name>[\w-]+):\n(?<text>    image:.*\n(    .*\n)*)", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Service();
}

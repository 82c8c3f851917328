using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Janus.AppHost.Tests;

/// <summary>What the AppHost describes when it publishes, whatever it publishes to: others run it, on machines of their own.</summary>
public sealed class PublishedModelTests
{
    public static TheoryData<string> Services => [Topology.Migrations, Topology.Api, Topology.Worker, Topology.Web];

    [Theory]
    [InlineData("")]
    [InlineData("JANUS_DATABASE=sqlite")]
    public async Task The_database_is_always_PostgreSQL_and_its_volume_has_the_same_name_from_any_clone(string setting)
    {
        await using var model = await ModelUnderTest.PublishAsync([.. new[] { setting }.Where(text => text is not "")]);

        var database = model.Resource<PostgresDatabaseResource>(Topology.Database);
        var volume = database.Parent.Annotations.OfType<ContainerMountAnnotation>().ShouldHaveSingleItem();
        (volume.Type, volume.Source).ShouldBe((ContainerMountType.Volume, "postgres-data"));
        // A volume keeps the tables of each major version apart.
        database.Parent.Annotations.OfType<ContainerImageAnnotation>().ShouldHaveSingleItem().Tag.ShouldBe("18");
        (await model.EnvironmentOfAsync(Topology.Worker))["Janus__Database"].ShouldBe("postgres");
    }

    [Fact]
    public async Task A_server_that_is_there_is_used_and_nothing_of_its_address_is_published()
    {
        await using var model = await ModelUnderTest.PublishAsync("JANUS_POSTGRES=Host=db.example;Password=secret");

        model.Builder.Resources.OfType<ContainerResource>().ShouldBeEmpty();
        (await model.EnvironmentOfAsync(Topology.Api))["ConnectionStrings__janus"].ShouldBe("{janus.connectionString}");
        model.Resource<ConnectionStringResource>(Topology.Database).ConnectionStringExpression.ValueExpression.ShouldBe("{postgres-connection.value}");
    }

    [Theory]
    [InlineData(Topology.Api)]
    [InlineData(Topology.Web)]
    public async Task People_sign_in_and_the_pages_show_the_API_a_secret(string service)
    {
        await using var model = await ModelUnderTest.PublishAsync();

        var environment = await model.EnvironmentOfAsync(service);
        environment["Janus__Access__SignIn"].ShouldBe("accounts");
        environment["Janus__Access__ServiceKey"].ShouldBe("{service-key.value}");
        model.Resource<ParameterResource>(Topology.ServiceKeyParameter).Secret.ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Nothing_of_this_machine_is_published(string service)
    {
        await using var model = await ModelUnderTest.PublishAsync("DOTNET_ENVIRONMENT=Development", "ASPNETCORE_URLS=http://localhost:15080");

        var environment = await model.EnvironmentOfAsync(service);
        environment["Janus__DataDirectory"].ShouldBe("/home/app");
        environment.Keys.ShouldNotContain("Janus__OperatorKey");
        environment.Keys.ShouldNotContain("ASPNETCORE_ENVIRONMENT");
        environment.GetValueOrDefault("Janus__TracesUrl", "").ShouldBeEmpty();
        environment.GetValueOrDefault("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "false").ShouldBe("false");
        environment.Values.ShouldAllBe(value => !value.Contains(model.DataDirectory));
        Directory.EnumerateFileSystemEntries(model.DataDirectory).ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_the_pages_are_reached_from_outside()
    {
        await using var model = await ModelUnderTest.PublishAsync();

        model.Builder.Resources.OfType<ProjectResource>().Where(service => service.Annotations.OfType<EndpointAnnotation>().Any(endpoint => endpoint.IsExternal))
            .Select(service => service.Name).ShouldBe([Topology.Web]);
    }
}

using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Janus.AppHost.Tests;

/// <summary>What the AppHost would start, for every setting that changes it. Nothing is started, so no container is needed.</summary>
public sealed class ModelTests
{
    public static TheoryData<string> WithStorage => [Topology.Migrations, Topology.Api, Topology.Worker];

    [Fact]
    public async Task Without_a_word_the_database_is_the_file_in_the_data_directory()
    {
        await using var model = await ModelUnderTest.BuildAsync();

        var connection = model.Resource<ConnectionStringResource>(Topology.Database);
        (await connection.ConnectionStringExpression.GetValueAsync(TestContext.Current.CancellationToken))
            .ShouldBe($"Data Source={Path.Combine(model.DataDirectory, "janus.db")}");
        model.Builder.Resources.OfType<ContainerResource>().ShouldBeEmpty();
        (await model.EnvironmentOfAsync(Topology.Api))["Janus__Database"].ShouldBe("sqlite");
    }

    [Fact]
    public async Task A_server_that_is_there_is_used_and_its_password_is_a_secret()
    {
        const string server = "Host=db.example;Password=secret";
        await using var model = await ModelUnderTest.BuildAsync($"JANUS_POSTGRES={server}");

        model.Resource<ParameterResource>(Topology.PostgresParameter).Secret.ShouldBeTrue();
        var connection = model.Resource<ConnectionStringResource>(Topology.Database);
        (await connection.ConnectionStringExpression.GetValueAsync(TestContext.Current.CancellationToken)).ShouldBe(server);
        model.Builder.Resources.OfType<ContainerResource>().ShouldBeEmpty();
        (await model.EnvironmentOfAsync(Topology.Worker))["Janus__Database"].ShouldBe("postgres");
    }

    [Fact]
    public async Task PostgreSQL_without_a_server_is_one_in_a_container_whose_data_stay()
    {
        await using var model = await ModelUnderTest.BuildAsync("JANUS_DATABASE=postgres");

        var database = model.Resource<PostgresDatabaseResource>(Topology.Database);
        database.DatabaseName.ShouldBe("janus");
        database.Parent.Annotations.OfType<ContainerImageAnnotation>().ShouldHaveSingleItem().Image.ShouldEndWith("postgres");
        database.Parent.Annotations.OfType<ContainerMountAnnotation>().ShouldHaveSingleItem().Type.ShouldBe(ContainerMountType.Volume);
        database.Parent.PasswordParameter.Secret.ShouldBeTrue();
        Waits(model, Topology.Migrations).ShouldContain(Topology.Database);
    }

    [Theory]
    [MemberData(nameof(WithStorage))]
    public async Task Whoever_stores_is_told_that_the_container_is_the_database(string service)
    {
        await using var model = await ModelUnderTest.BuildAsync("JANUS_DATABASE=postgres");

        var environment = await model.EnvironmentOfAsync(service);
        environment["Janus__Database"].ShouldBe("postgres");
        environment["ConnectionStrings__janus"].ShouldBe("{janus.connectionString}");
    }

    [Fact]
    public async Task The_pages_are_not_told_where_the_database_is()
    {
        await using var model = await ModelUnderTest.BuildAsync("JANUS_DATABASE=postgres");

        var environment = await model.EnvironmentOfAsync(Topology.Web);
        environment.Keys.ShouldNotContain("ConnectionStrings__janus");
        environment.Keys.ShouldContain("services__apiservice__http__0");
    }

    [Theory]
    [InlineData("JANUS_API_REPLICAS", "apiservice", 3)]
    [InlineData("JANUS_WORKER_REPLICAS", "contentworker", 4)]
    public async Task As_many_as_are_asked_for_are_started(string variable, string service, int replicas)
    {
        await using var model = await ModelUnderTest.BuildAsync(string.Create(CultureInfo.InvariantCulture, $"{variable}={replicas}"));

        model.Resource<ProjectResource>(service).Annotations.OfType<ReplicaAnnotation>().ShouldHaveSingleItem().Replicas.ShouldBe(replicas);
        (await model.EnvironmentOfAsync(Topology.Worker))["Gemini__Limits__Replicas"].ShouldBe(service == Topology.Worker ? "4" : "1");
    }

    [Fact]
    public async Task Nobody_serves_before_the_database_is_up_to_date_and_the_pages_not_before_the_API_answers()
    {
        await using var model = await ModelUnderTest.BuildAsync();

        Waits(model, Topology.Api).ShouldBe([Topology.Migrations]);
        Waits(model, Topology.Worker).ShouldBe([Topology.Migrations]);
        Waits(model, Topology.Web).ShouldContain(Topology.Api);
    }

    private static IEnumerable<string> Waits(ModelUnderTest model, string service) =>
        model.Resource<ProjectResource>(service).Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource.Name);
}

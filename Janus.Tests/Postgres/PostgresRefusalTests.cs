using Janus.Campaigns.Storage;
using Janus.Tests.Hosting;
using Janus.Tests.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Janus.Tests.Postgres;

/// <summary>Databases that Janus cannot use: one line that says what and what to do, and never a password.</summary>
public sealed class PostgresRefusalTests
{
    private const string Secret = "not the right one";

    [Fact]
    public async Task A_server_that_nobody_reaches()
    {
        var refused = await RefuseAsync("Host=127.0.0.1;Port=1;Database=janus;Username=janus;Password=" + Secret);
        refused.Message.ShouldBe("The server of the database janus on 127.0.0.1:1 cannot be reached (Connection refused): start it, or correct ConnectionStrings__janus.");
    }

    [Fact]
    public async Task A_wrong_password()
    {
        var server = await PostgresServer.SharedAsync();
        (await RefuseAsync(server.ConnectionString("postgres", password: Secret))).Message.ShouldContain("does not let the user in: correct user name and password");
        (await RefuseAsync(server.ConnectionString("postgres", user: "nobody"))).Message.ShouldContain("does not let the user in: correct user name and password");
    }

    [Fact]
    public async Task A_database_that_is_not_there()
    {
        var server = await PostgresServer.SharedAsync();
        (await RefuseAsync(server.ConnectionString("nowhere"))).Message.ShouldStartWith("There is no database nowhere on 127.0.0.1");
    }

    [Fact]
    public async Task A_server_that_only_reads()
    {
        await using var store = await TestStore.OnPostgresAsync();
        (await RefuseAsync(store.Settings["ConnectionStrings:janus"] + ";Options=-c default_transaction_read_only=on")).Message
            .ShouldEndWith("is read-only: name the primary server in ConnectionStrings__janus.");
    }

    [Fact]
    public async Task A_schema_that_is_older_newer_or_somebody_elses()
    {
        await using var store = await TestStore.OnPostgresAsync();
        var connectionString = store.Settings["ConnectionStrings:janus"]!;
        using var connection = store.Open();
        connection.Run("INSERT INTO \"__EFMigrationsHistory\" VALUES ('29990101000000_FromTheFuture', '99.0.0')");
        var newer = await RefuseAsync(connectionString);
        newer.ExitCode.ShouldBe(StartRefusedException.SchemaDiffers);
        newer.Message.ShouldContain("is newer than this program (29990101000000_FromTheFuture): start the newer program");

        var server = await PostgresServer.SharedAsync();
        var empty = server.ConnectionString(await server.CreateDatabaseAsync());
        var older = await RefuseAsync(empty, migrates: false);
        older.ExitCode.ShouldBe(StartRefusedException.SchemaDiffers);
        older.Message.ShouldContain("run 'Janus.ApiService migrate' first");

        var others = await server.CreateDatabaseAsync();
        await server.RunSqlAsync(others, "CREATE TABLE recipes (name text)");
        (await RefuseAsync(server.ConnectionString(others))).Message.ShouldEndWith("belongs to another program (it has a table recipes): name another database in ConnectionStrings__janus.");
    }

    [Theory]
    [InlineData("Data Source=/data/janus.db")]
    [InlineData("/data/janus.db")]
    [InlineData("postgres://janus:not the right one@db.example/janus")]
    [InlineData("Host=db.example;Password=not the right one")]
    [InlineData("")]
    public async Task A_text_that_is_no_connection_string_of_PostgreSQL(string text)
    {
        var refused = await RefuseAsync(text);
        refused.Message.ShouldStartWith("ConnectionStrings__janus is no connection string of PostgreSQL, and Janus__Database says postgres: write Host=");
    }

    [Fact]
    public async Task Two_migrators_at_once_migrate_once()
    {
        var server = await PostgresServer.SharedAsync();
        var connectionString = server.ConnectionString(await server.CreateDatabaseAsync());
        await using var one = Services(connectionString);
        await using var other = Services(connectionString);

        var both = await Task.WhenAll(((ServiceProvider[])[one, other]).Select(services => Task.Run(() => services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None))));

        both.SelectMany(applied => applied).ShouldBeUnique();
        both.SelectMany(applied => applied).ShouldNotBeEmpty();
        await one.GetRequiredService<DatabaseMigrator>().EnsureCurrentAsync(CancellationToken.None);
    }

    [Fact]
    public async Task An_empty_database_is_migrated_without_a_word_of_an_error()
    {
        var server = await PostgresServer.SharedAsync();

        var run = await ProgramRun.OfAsync(
            "Janus.ApiService", ["migrate"], ("Janus__Database", "postgres"), ("ConnectionStrings__janus", server.ConnectionString(await server.CreateDatabaseAsync())));

        run.ExitCode.ShouldBe(0, run.Output);
        run.Errors.ShouldBeEmpty();
        run.Output.ShouldStartWith("Migrated the database: ");
        run.Output.ShouldNotContain("Failed");
    }

    [Fact]
    public async Task No_model_change_is_pending()
    {
        await using var store = await TestStore.OnPostgresAsync();
        await using var services = Services(store.Settings["ConnectionStrings:janus"]!);
        await using var context = services.GetRequiredService<DatabaseEngine>().NewContext();
        Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.HasPendingModelChanges(context.Database).ShouldBeFalse();
    }

    private static async Task<StartRefusedException> RefuseAsync(string connectionString, bool migrates = true)
    {
        var refused = await Should.ThrowAsync<StartRefusedException>(async () =>
        {
            await using var services = Services(connectionString);
            var migrator = services.GetRequiredService<DatabaseMigrator>();
            if (migrates)
                await migrator.MigrateAsync(CancellationToken.None);
            else
                await migrator.EnsureCurrentAsync(CancellationToken.None);
        });
        refused.Message.ShouldNotContain(Secret);
        refused.Message.ShouldNotContain("\n");
        return refused;
    }

    private static ServiceProvider Services(string connectionString) => new ServiceCollection().AddLogging().AddCampaignStorage(new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Janus:Database"] = StorageOptions.Postgres,
            ["Janus:LockRetry:Budget"] = "00:00:05",
            ["ConnectionStrings:janus"] = connectionString,
        }).Build()).BuildServiceProvider();
}

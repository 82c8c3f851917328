using Janus.Campaigns.Storage;
using Janus.Tests.Engine;
using Janus.Tests.Storage;
using Npgsql;

namespace Janus.Tests.Postgres;

/// <summary>What Janus adds to the connection string that a person wrote.</summary>
public sealed class PostgresConnectionTests
{
    private const string Said = "Host=db.example;Database=janus;Username=janus";

    [Fact]
    public void What_a_person_did_not_say_is_added()
    {
        var prepared = Prepare(Said);

        prepared.MaxPoolSize.ShouldBe(7);
        prepared.Timeout.ShouldBe(5);
        prepared.KeepAlive.ShouldBe(10);
        prepared.MaxAutoPrepare.ShouldBe(100);
        prepared.AutoPrepareMinUsages.ShouldBe(2);
        prepared.NoResetOnClose.ShouldBeTrue();
        prepared.ApplicationName.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void What_they_said_stays_in_whichever_words()
    {
        var prepared = Prepare(Said + ";MaxPoolSize=3;Timeout=9;Max Auto Prepare=0;ApplicationName=mine");

        prepared.MaxPoolSize.ShouldBe(3);
        prepared.Timeout.ShouldBe(9);
        prepared.MaxAutoPrepare.ShouldBe(0);
        prepared.ApplicationName.ShouldBe("mine");
    }

    [Fact]
    public async Task What_runs_for_every_step_is_prepared_on_the_server()
    {
        await using var store = await TestStore.OnPostgresAsync();
        var way = new Dictionary<string, string?>(store.Settings, StringComparer.Ordinal);
        way["ConnectionStrings:janus"] += ";Maximum Pool Size=1";
        await using var engine = TestEngine.On(store, way);
        await engine.PlanAsync(posts: 3);
        while (await engine.ClaimAsync() is { Count: > 0 } steps)
        {
            foreach (var step in steps)
                await engine.CompleteAsync(step);
        }

        await using var session = await engine.Get<NpgsqlDataSource>().OpenConnectionAsync();
        session.Texts("SELECT statement FROM pg_prepared_statements").ShouldContain(statement => statement.Contains("INSERT INTO campaign_events", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(20, 1, 2)]
    [InlineData(20, 2, 2)]
    [InlineData(20, 6, 6)]
    [InlineData(20, 64, 15)]
    [InlineData(4, 8, 3)]
    [InlineData(1, 8, 1)]
    public void As_many_write_at_once_as_the_processors_can_use_and_the_pool_can_spare(int pool, int processors, int writers) =>
        PostgresEngine.WritersOf(pool, processors).ShouldBe(writers);

    private static NpgsqlConnectionStringBuilder Prepare(string said) => new(PostgresConnection.Prepare(said, mostConnections: 7, StorageOptions.ConnectionVariable));
}

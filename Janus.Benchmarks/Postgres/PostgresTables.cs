using Janus.Benchmarks.Campaigns;

namespace Janus.Benchmarks.Postgres;

/// <summary>What PostgreSQL gives, on a server that this run starts on the same machine.</summary>
internal static class PostgresTables
{
    public static async Task PrintAsync()
    {
        await using var server = await PlannedServer.StartAsync();
        await ManyWorkersTable.PrintAsync(server);
        await PicturesTable.PrintAsync(server);
        await FeedTable.PrintAsync(server);
        await CreationTable.PrintAsync(("JANUS_POSTGRES", await server.CreateAsync()));
    }
}

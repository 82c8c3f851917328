using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace Janus.Migrations;

/// <summary>Gives EF's command line a context of SQLite; no database is opened.</summary>
public sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteCampaignsContext>
{
    public SqliteCampaignsContext CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<SqliteCampaignsContext>();
        var options = new LockRetryOptions();
        CampaignStorage.ConfigureSqlite(builder, "Data Source=design.db", options, new LockRetry(options, TimeProvider.System, SqliteLocks.CodeOf));
        return new SqliteCampaignsContext(builder.Options);
    }
}

/// <summary>The same for PostgreSQL; no server is asked.</summary>
public sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresCampaignsContext>
{
    public PostgresCampaignsContext CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<PostgresCampaignsContext>();
        CampaignStorage.ConfigurePostgres(
            builder, NpgsqlDataSource.Create("Host=127.0.0.1;Database=design"), new LockRetry(new LockRetryOptions(), TimeProvider.System, _ => null));
        return new PostgresCampaignsContext(builder.Options);
    }
}

internal static class Program
{
    private static void Main()
    {
    }
}

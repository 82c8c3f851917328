using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Janus.Migrations;

/// <summary>Gives EF's command line a context; no database is opened.</summary>
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

internal static class Program
{
    private static void Main()
    {
    }
}

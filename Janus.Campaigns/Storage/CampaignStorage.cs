using Janus.Campaigns.Accounts;
using Janus.Campaigns.Auditing;
using Janus.Campaigns.Faults;
using Janus.Campaigns.Media;
using Janus.Campaigns.Planning;
using Janus.Campaigns.Posts;
using Janus.Campaigns.Reading;
using Janus.Campaigns.Scheduling;
using Janus.Campaigns.Spending;
using Janus.Campaigns.Steps;
using Janus.Campaigns.Storage.Backups;
using Janus.Campaigns.Storage.Moving;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Janus.Campaigns.Storage;

/// <summary>Registers the domain's storage.</summary>
public static class CampaignStorage
{
    /// <summary>
    /// Adds the database (<c>ConnectionStrings:janus</c>, else a file in <c>Janus:DataDirectory</c>), its lock retry, the
    /// campaign's stores and readers, the media folder and a health check. Nothing is opened before it is used.
    /// </summary>
    public static IServiceCollection AddCampaignStorage(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSettings<StorageOptions>(configuration.GetSection(StorageOptions.Section))
            .PostConfigure(options => Complete(options, configuration.GetConnectionString("janus")))
            .Validate(options => options.IsPostgres || !options.KeepsMediaInDatabase, "Janus:Media must be folder unless Janus:Database is postgres.");
        services.AddSettings<LockRetryOptions>(configuration.GetSection(LockRetryOptions.Section));
        services.AddSettings<StepOptions>(configuration.GetSection(StepOptions.Section));
        services.AddSettings<BudgetOptions>(configuration.GetSection(BudgetOptions.Section));
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<StorageOptions>>().Value);
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<LockRetryOptions>>().Value);
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<StepOptions>>().Value);
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<BudgetOptions>>().Value);

        services.AddSingleton(provider => new LockRetry(
            provider.GetRequiredService<LockRetryOptions>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<DatabaseEngine>()));
        AddSqlite(services);
        AddPostgres(services);
        services.AddSingleton<DatabaseEngine>(provider => IsPostgres(provider)
            ? provider.GetRequiredService<PostgresEngine>() : provider.GetRequiredService<SqliteEngine>());
        services.AddSingleton<DatabaseMigrator>(provider => IsPostgres(provider)
            ? provider.GetRequiredService<PostgresMigrator>() : provider.GetRequiredService<SqliteMigrator>());
        services.AddSingleton<IMediaStore>(provider => provider.GetRequiredService<StorageOptions>().KeepsMediaInDatabase
            ? provider.GetRequiredService<MediaTable>() : provider.GetRequiredService<MediaFolder>());

        services.AddFaultPoints(configuration);
        services.AddSingleton<CampaignDatabase>();
        services.AddSingleton<CampaignWriter>();
        services.AddSingleton<CampaignPlanning>();
        services.AddSingleton<FollowUps>();
        services.AddSingleton<Replanning>();
        services.AddSingleton<GenerationCommands>();
        services.AddSingleton<PauseCommands>();
        services.AddSingleton<BudgetCommands>();
        services.AddSingleton<SpendingReader>();
        services.AddSingleton<PostDecisions>();
        services.AddSingleton<ScheduleCommands>();
        services.AddSingleton<Publishing>();
        services.AddSingleton<ScheduleReader>();
        services.AddSingleton<Regeneration>();
        services.AddSingleton<VariantEditing>();
        services.AddSingleton<Standstill>();
        services.AddSingleton<StepQueue>();
        services.AddSingleton<ClockRepair>();
        services.AddSingleton<CampaignReader>();
        services.AddSingleton<PostReader>();
        services.AddSingleton<EventReader>();
        services.AddSingleton<MediaFolder>();
        services.AddSingleton<MediaTable>();
        services.AddSingleton<SqliteUpkeep>();
        services.AddSingleton<BackupWriter>();
        services.AddSingleton<BackupRestore>();
        services.AddSingleton<InstallationMove>();
        services.AddSingleton<AccountIdentity>();
        services.AddSingleton<AccountCommands>();
        services.AddSingleton<FirstAdmin>();
        services.AddSingleton<SignIns>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<AuditLog>();
        services.AddSingleton<CampaignDeletion>();
        services.AddSingleton<CommitSignal>();
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database");
        return services;
    }

    /// <summary>Adds the watcher that notices the commits of every process. Needed where <see cref="CommitSignal"/> is waited for.</summary>
    public static IServiceCollection AddCommitWatcher(this IServiceCollection services) =>
        services.AddSingleton<IHostedService>(provider => IsPostgres(provider)
            ? ActivatorUtilities.CreateInstance<PostgresCommitWatcher>(provider)
            : new SqliteCommitWatcher(
                provider.GetRequiredService<StorageOptions>().ConnectionString, provider.GetRequiredService<CommitSignal>(),
                provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<SqliteCommitWatcher>>()));

    /// <summary>Configures EF for SQLite as every context of Janus is configured.</summary>
    public static void ConfigureSqlite(
        DbContextOptionsBuilder builder, string connectionString, LockRetryOptions options, LockRetry retry, bool syncsEveryCommit = true)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder
            .UseSqlite(connectionString, sqlite => sqlite.ExecutionStrategy(dependencies =>
                new LockRetryExecutionStrategy(dependencies.CurrentContext.Context, retry)))
            .AddInterceptors(new SqliteConnectionSetUp(options, syncsEveryCommit), new KeptStatements());
        RefuseChance(builder);
    }

    /// <summary>Configures EF for PostgreSQL as every context of Janus is configured.</summary>
    public static void ConfigurePostgres(DbContextOptionsBuilder builder, NpgsqlDataSource source, LockRetry retry)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder
            .UseNpgsql(source, postgres => postgres.ExecutionStrategy(dependencies =>
                new LockRetryExecutionStrategy(dependencies.CurrentContext.Context, retry)))
            .AddInterceptors(new RaisedVersions());
        RefuseChance(builder);
    }

    // EF only warns, in the log of whoever runs it, of a query that takes the first rows of no order.
    private static void RefuseChance(DbContextOptionsBuilder builder) => builder.ConfigureWarnings(warnings => warnings.Throw(
        CoreEventId.RowLimitingOperationWithoutOrderByWarning, CoreEventId.FirstWithoutOrderByAndFilterWarning));

    private static void AddSqlite(IServiceCollection services)
    {
        services.AddPooledDbContextFactory<SqliteCampaignsContext>((provider, builder) => ConfigureSqlite(
            builder, provider.GetRequiredService<StorageOptions>().ConnectionString, provider.GetRequiredService<LockRetryOptions>(),
            provider.GetRequiredService<LockRetry>(), provider.GetRequiredService<StorageOptions>().SyncsEveryCommit));
        services.AddSingleton(provider => new SqliteEngine(
            provider.GetRequiredService<StorageOptions>(), provider.GetRequiredService<LockRetryOptions>(),
            () => provider.GetRequiredService<IDbContextFactory<SqliteCampaignsContext>>().CreateDbContext()));
        services.AddSingleton<SqliteMigrator>();
    }

    private static void AddPostgres(IServiceCollection services)
    {
        services.AddSingleton(provider => NpgsqlDataSource.Create(provider.GetRequiredService<StorageOptions>().ConnectionString));
        services.AddPooledDbContextFactory<PostgresCampaignsContext>((provider, builder) => ConfigurePostgres(
            builder, provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<LockRetry>()));
        services.AddSingleton<CommitNotices>();
        services.AddSingleton(provider => new PostgresEngine(
            provider.GetRequiredService<StorageOptions>(), provider.GetRequiredService<LockRetryOptions>(), provider.GetRequiredService<NpgsqlDataSource>(),
            provider.GetRequiredService<CommitNotices>(), provider.GetRequiredService<TimeProvider>(),
            () => provider.GetRequiredService<IDbContextFactory<PostgresCampaignsContext>>().CreateDbContext()));
        services.AddSingleton<PostgresMigrator>();
    }

    private static bool IsPostgres(IServiceProvider provider) => provider.GetRequiredService<StorageOptions>().IsPostgres;

    private static void Complete(StorageOptions options, string? connectionString)
    {
        options.DataDirectory = Path.GetFullPath(options.DataDirectory);
        options.MediaDirectory = Path.GetFullPath(options.MediaDirectory is "" ? Path.Combine(options.DataDirectory, "media") : options.MediaDirectory);
        if (options.Media is "")
            options.Media = options.IsPostgres ? "database" : "folder";
        if (options.IsPostgres)
        {
            // Limits that make no sense are refused by their own rule.
            options.ConnectionString = PostgresConnection.Prepare(connectionString ?? "", Math.Max(1, options.MaxConnections), options.NamedBy);
            return;
        }

        try
        {
            options.ConnectionString = SqliteLocks.Prepare(
                string.IsNullOrWhiteSpace(connectionString) ? $"Data Source={Path.Combine(options.DataDirectory, "janus.db")}" : connectionString);
        }
        catch (ArgumentException nonsense)
        {
            throw new StartRefusedException(
                StartRefusedException.DataUnusable,
                $"{StorageOptions.ConnectionVariable} is no connection string of SQLite: write Data Source= and the file, or leave it out.", nonsense);
        }
    }

    /// <summary>Healthy when the database answers a read.</summary>
    private sealed class DatabaseHealth(CampaignDatabase database) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            await database.ReadAsync("health", (tables, token) => tables.Campaigns.OrderBy(campaign => campaign.Id).Select(campaign => campaign.Id).FirstOrDefaultAsync(token), cancellationToken);
            return HealthCheckResult.Healthy();
        }
    }
}

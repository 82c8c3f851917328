using Janus.Campaigns.Faults;
using Janus.Campaigns.Media;
using Janus.Campaigns.Planning;
using Janus.Campaigns.Posts;
using Janus.Campaigns.Reading;
using Janus.Campaigns.Scheduling;
using Janus.Campaigns.Spending;
using Janus.Campaigns.Steps;
using Janus.Campaigns.Storage.Backups;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

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
        services.AddOptions<StorageOptions>().Bind(configuration.GetSection(StorageOptions.Section))
            .PostConfigure(options => Complete(options, configuration.GetConnectionString("janus")))
            .Validate(options => options.IsSynchronousKnown, "Janus:Synchronous must be full or normal.");
        services.AddOptions<LockRetryOptions>().Bind(configuration.GetSection(LockRetryOptions.Section));
        services.AddOptions<StepOptions>().Bind(configuration.GetSection(StepOptions.Section))
            .Validate(options => options.Lease >= TimeSpan.FromMilliseconds(100), "Janus:Steps:Lease must be at least 00:00:00.1.")
            .Validate(options => options is { MaxFailures: >= 1, MaxLosses: >= 1 }, "Janus:Steps:MaxFailures and Janus:Steps:MaxLosses must be at least 1.")
            .ValidateOnStart();
        services.AddOptions<BudgetOptions>().Bind(configuration.GetSection(BudgetOptions.Section))
            .Validate(options => BudgetOptions.IsCap(options.CampaignUsd), "Janus:Budget:CampaignUsd must be 0 to 100,000 US dollars.")
            .Validate(options => BudgetOptions.IsCap(options.DayUsd), "Janus:Budget:DayUsd must be 0 to 100,000 US dollars.")
            .ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<StorageOptions>>().Value);
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<LockRetryOptions>>().Value);
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<StepOptions>>().Value);
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<BudgetOptions>>().Value);

        services.AddSingleton(provider => new LockRetry(
            provider.GetRequiredService<LockRetryOptions>(), provider.GetRequiredService<TimeProvider>(), SqliteLocks.CodeOf,
            database: Path.GetFileName(provider.GetRequiredService<StorageOptions>().DatabaseFile)));
        services.AddPooledDbContextFactory<SqliteCampaignsContext>((provider, builder) => ConfigureSqlite(
            builder, provider.GetRequiredService<StorageOptions>().ConnectionString, provider.GetRequiredService<LockRetryOptions>(),
            provider.GetRequiredService<LockRetry>(), provider.GetRequiredService<StorageOptions>().SyncsEveryCommit));
        services.AddSingleton<Func<CampaignsContext>>(provider =>
            provider.GetRequiredService<IDbContextFactory<SqliteCampaignsContext>>().CreateDbContext);

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
        services.AddSingleton<DatabaseMigrator>();
        services.AddSingleton<SqliteUpkeep>();
        services.AddSingleton<BackupWriter>();
        services.AddSingleton<BackupRestore>();
        services.AddSingleton<CommitSignal>();
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database");
        return services;
    }

    /// <summary>Adds the watcher that notices the commits of every process. Needed where <see cref="CommitSignal"/> is waited for.</summary>
    public static IServiceCollection AddCommitWatcher(this IServiceCollection services) =>
        services.AddSingleton<IHostedService>(provider => new SqliteCommitWatcher(
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
            .AddInterceptors(new SqliteConnectionSetUp(options, syncsEveryCommit));
    }

    private static void Complete(StorageOptions options, string? connectionString)
    {
        options.DataDirectory = Path.GetFullPath(options.DataDirectory);
        options.MediaDirectory = Path.GetFullPath(options.MediaDirectory is "" ? Path.Combine(options.DataDirectory, "media") : options.MediaDirectory);
        options.ConnectionString = SqliteLocks.Prepare(
            string.IsNullOrWhiteSpace(connectionString) ? $"Data Source={Path.Combine(options.DataDirectory, "janus.db")}" : connectionString);
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

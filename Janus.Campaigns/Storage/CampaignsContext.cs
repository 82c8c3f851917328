using Janus.Campaigns.Accounts;
using Janus.Campaigns.Auditing;
using Janus.Campaigns.Events;
using Janus.Campaigns.Planning;
using Janus.Campaigns.Posts;
using Janus.Campaigns.Spending;
using Janus.Campaigns.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Janus.Campaigns.Storage;

/// <summary>The tables. Each database has a derived context with migrations of its own; features see only this one.</summary>
public abstract class CampaignsContext(DbContextOptions options) : DbContext(options)
{
    /// <summary>Campaigns.</summary>
    public DbSet<Campaign> Campaigns => Set<Campaign>();

    /// <summary>Posts.</summary>
    public DbSet<Post> Posts => Set<Post>();

    /// <summary>The edges between posts.</summary>
    public DbSet<PostEdge> Edges => Set<PostEdge>();

    /// <summary>Variants of posts.</summary>
    public DbSet<Variant> Variants => Set<Variant>();

    /// <summary>Reported numbers of published posts.</summary>
    public DbSet<PostMetrics> Metrics => Set<PostMetrics>();

    /// <summary>Generation steps: the queue and its history.</summary>
    public DbSet<GenerationStep> Steps => Set<GenerationStep>();

    /// <summary>Attempts at steps.</summary>
    public DbSet<GenerationAttempt> Attempts => Set<GenerationAttempt>();

    /// <summary>The event logs.</summary>
    public DbSet<CampaignEvent> Events => Set<CampaignEvent>();

    /// <summary>Idempotency keys of the last 24 hours.</summary>
    public DbSet<IdempotencyKey> IdempotencyKeys => Set<IdempotencyKey>();

    /// <summary>New plans that a person may apply.</summary>
    public DbSet<PlanProposal> PlanProposals => Set<PlanProposal>();

    /// <summary>What each day cost.</summary>
    public DbSet<SpendingDay> SpendingDays => Set<SpendingDay>();

    /// <summary>Who may sign in.</summary>
    public DbSet<Account> Accounts => Set<Account>();

    /// <summary>Secrets that let in without a password.</summary>
    public DbSet<AccessToken> AccessTokens => Set<AccessToken>();

    /// <summary>Who did what.</summary>
    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    /// <inheritdoc />
    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        using var detected = new DetectedOnce(ChangeTracker);
        CompleteChanges();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    /// <inheritdoc />
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        using var detected = new DetectedOnce(ChangeTracker);
        CompleteChanges();
        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <summary>Adds what follows from changes that are about to be saved and have been detected.</summary>
    private protected virtual void CompleteChanges() => ChangedPosts.Mark(this);

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<MicrosecondConverter>();
        configurationBuilder.Properties<Phase>().HaveConversion<WordConverter<Phase>>();
        configurationBuilder.Properties<PauseCause>().HaveConversion<WordConverter<PauseCause>>();
        configurationBuilder.Properties<PostStatus>().HaveConversion<WordConverter<PostStatus>>();
        configurationBuilder.Properties<Author>().HaveConversion<WordConverter<Author>>();
        configurationBuilder.Properties<Origin>().HaveConversion<WordConverter<Origin>>();
        configurationBuilder.Properties<StepKind>().HaveConversion<WordConverter<StepKind>>();
        configurationBuilder.Properties<StepState>().HaveConversion<WordConverter<StepState>>();
        configurationBuilder.Properties<AttemptOutcome>().HaveConversion<WordConverter<AttemptOutcome>>();
        configurationBuilder.Properties<EventKind>().HaveConversion<WordConverter<EventKind>>();
        configurationBuilder.Properties<Role>().HaveConversion<WordConverter<Role>>();
    }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Campaign>(campaign =>
        {
            campaign.ToTable("campaigns");
            campaign.HasIndex(c => c.PublicId).IsUnique();
            campaign.HasIndex(c => c.UpdatedAt);
            // Looked for at every turn of a worker; nearly always empty.
            campaign.HasIndex(c => c.PausedAt).HasFilter("pause_cause = 'day_budget'").HasDatabaseName("ix_campaigns_waiting_for_a_day");
            campaign.Property(c => c.Version).IsConcurrencyToken();
            campaign.Property(c => c.Brief).HasConversion<BriefConverter>();
            campaign.Property(c => c.Schedule).HasConversion<ScheduleRulesConverter>();
        });

        modelBuilder.Entity<Post>(post =>
        {
            post.ToTable("posts");
            post.HasIndex(p => new { p.CampaignId, p.NodeId }).IsUnique();
            post.HasOne<Campaign>().WithMany().HasForeignKey(p => p.CampaignId).OnDelete(DeleteBehavior.Cascade);
        });

        modelBuilder.Entity<PostEdge>(edge =>
        {
            edge.ToTable("post_edges");
            edge.HasKey(e => new { e.CampaignId, e.FromPostId, e.ToPostId });
            edge.HasOne<Campaign>().WithMany().HasForeignKey(e => e.CampaignId).OnDelete(DeleteBehavior.Cascade);
        });

        modelBuilder.Entity<Variant>(variant =>
        {
            variant.ToTable("variants");
            variant.HasIndex(v => new { v.PostId, v.Letter, v.Generation }).IsUnique();
            variant.HasIndex(v => v.Asset);
            variant.HasOne<Post>().WithMany().HasForeignKey(v => v.PostId).OnDelete(DeleteBehavior.Cascade);
        });

        modelBuilder.Entity<PostMetrics>(metrics =>
        {
            metrics.ToTable("post_metrics");
            metrics.HasKey(m => m.PostId);
            metrics.Property(m => m.PostId).ValueGeneratedNever();
            metrics.HasOne<Post>().WithOne().HasForeignKey<PostMetrics>(m => m.PostId).OnDelete(DeleteBehavior.Cascade);
        });

        modelBuilder.Entity<GenerationStep>(step =>
        {
            step.ToTable("generation_steps");
            step.HasIndex(s => new { s.PostId, s.Kind, s.Variant, s.Generation }).IsUnique();
            // Without the state: an index that has it looks better to a planner without statistics than the two below, and is read whole then.
            step.HasIndex(s => s.CampaignId);
            // Only unfinished steps are in these two, so that claiming stays as quick when millions are done.
            step.HasIndex(s => new { s.Kind, s.CampaignId, s.AvailableAt }).HasFilter("state = 'ready'").HasDatabaseName("ix_steps_ready");
            step.HasIndex(s => new { s.LeaseUntil, s.CampaignId }).HasFilter("state = 'running'").HasDatabaseName("ix_steps_running");
            step.HasOne<Campaign>().WithMany().HasForeignKey(s => s.CampaignId).OnDelete(DeleteBehavior.Cascade);
            step.HasOne<Post>().WithMany().HasForeignKey(s => s.PostId).OnDelete(DeleteBehavior.Cascade);
        });

        modelBuilder.Entity<GenerationAttempt>(attempt =>
        {
            attempt.ToTable("generation_attempts");
            attempt.HasKey(a => new { a.StepId, a.Number });
            attempt.HasOne<GenerationStep>().WithMany().HasForeignKey(a => a.StepId).OnDelete(DeleteBehavior.Cascade);
        });

        modelBuilder.Entity<CampaignEvent>(entry =>
        {
            entry.ToTable("campaign_events");
            entry.HasKey(e => new { e.CampaignId, e.Version });
            entry.HasOne<Campaign>().WithMany().HasForeignKey(e => e.CampaignId).OnDelete(DeleteBehavior.Cascade);
        });

        modelBuilder.Entity<IdempotencyKey>(key =>
        {
            key.ToTable("idempotency_keys");
            key.HasKey(k => k.Key);
            key.HasIndex(k => k.CreatedAt);
            key.HasOne<Campaign>().WithMany().HasForeignKey(k => k.CampaignId).OnDelete(DeleteBehavior.Cascade);
        });

        modelBuilder.Entity<PlanProposal>(proposal =>
        {
            proposal.ToTable("plan_proposals");
            proposal.HasIndex(p => p.PublicId).IsUnique();
            proposal.HasOne<Campaign>().WithMany().HasForeignKey(p => p.CampaignId).OnDelete(DeleteBehavior.Cascade);
        });

        modelBuilder.Entity<SpendingDay>(day =>
        {
            day.ToTable("spending_days");
            day.HasKey(d => d.Day);
            day.Property(d => d.Day).ValueGeneratedNever();
        });

        modelBuilder.Entity<Account>(account =>
        {
            account.ToTable("accounts");
            account.HasIndex(a => a.NormalizedUserName).IsUnique();
            account.Property(a => a.UserName).IsRequired();
            account.Property(a => a.NormalizedUserName).IsRequired();
            account.Property(a => a.SecurityStamp).IsRequired();
            account.Property(a => a.ConcurrencyStamp).IsConcurrencyToken();
            // Janus sends no mail and calls nobody.
            account.Ignore(a => a.Email).Ignore(a => a.NormalizedEmail).Ignore(a => a.EmailConfirmed)
                .Ignore(a => a.PhoneNumber).Ignore(a => a.PhoneNumberConfirmed).Ignore(a => a.TwoFactorEnabled);
        });

        modelBuilder.Entity<AccessToken>(token =>
        {
            token.ToTable("access_tokens");
            token.HasIndex(t => t.Hash).IsUnique();
            token.HasOne<Account>().WithMany().HasForeignKey(t => t.AccountId).OnDelete(DeleteBehavior.Cascade);
        });

        modelBuilder.Entity<AuditEntry>(entry =>
        {
            entry.ToTable("audit_entries");
            entry.HasIndex(e => new { e.Subject, e.Id });
            entry.HasIndex(e => new { e.Actor, e.Id });
            // Lists that are open ask for these after every commit.
            entry.HasIndex(e => e.At).HasFilter("action = 'campaign_deleted'").HasDatabaseName("ix_audit_deleted_campaigns");
        });

        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
            property.SetColumnName(System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
    }

    /// <summary>Looks once for what has changed; EF would look again for each question about its entries, and once more as it saves.</summary>
    private readonly struct DetectedOnce : IDisposable
    {
        private readonly ChangeTracker _tracker;

        public DetectedOnce(ChangeTracker tracker)
        {
            tracker.DetectChanges();
            tracker.AutoDetectChangesEnabled = false;
            _tracker = tracker;
        }

        public void Dispose() => _tracker.AutoDetectChangesEnabled = true;
    }
}

/// <summary>The tables on SQLite.</summary>
public sealed class SqliteCampaignsContext(DbContextOptions<SqliteCampaignsContext> options) : CampaignsContext(options);

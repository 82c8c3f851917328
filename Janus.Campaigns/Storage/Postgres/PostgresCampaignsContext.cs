using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Storage;

/// <summary>The tables on PostgreSQL, where pictures may be rows as well.</summary>
public sealed class PostgresCampaignsContext(DbContextOptions<PostgresCampaignsContext> options) : CampaignsContext(options)
{
    private CommitMarks? _marks;
    private CommitMarks.Slot? _mark;

    /// <summary>The mark of the transaction; null while it has saved no changes.</summary>
    internal CommitMarks.Slot? Mark => _mark;

    /// <summary>The campaigns whose versions the next query raises; see <see cref="RaisedVersions"/>.</summary>
    internal int[]? VersionsToRaise { get; set; }

    /// <summary>Has the transaction of the next unit of work marked with the first changes that it saves.</summary>
    /// <returns>What ends it: a context comes again from its pool.</returns>
    internal IAsyncDisposable BeginMarking(CommitMarks marks)
    {
        _marks = marks;
        return new Unit(this);
    }

    /// <inheritdoc />
    private protected override void CompleteChanges()
    {
        base.CompleteChanges();
        if (_marks is null || _mark is not null || !ChangeTracker.HasChanges())
            return;
        _mark = _marks.Rent();
        _mark.RaiseWith(this);
    }

    private sealed class Unit(PostgresCampaignsContext context) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            (context._marks, context._mark, context.VersionsToRaise) = (null, null, null);
            return ValueTask.CompletedTask;
        }
    }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.Entity<StoredPicture>(picture =>
        {
            picture.ToTable("pictures");
            picture.HasKey(p => p.Name);
            picture.HasIndex(p => p.TouchedAt);
        });
        modelBuilder.Entity<CommitMark>(mark =>
        {
            mark.ToTable(CommitMarks.Table);
            mark.HasKey(m => m.Slot);
            mark.Property(m => m.Slot).ValueGeneratedNever();
        });
        base.OnModelCreating(modelBuilder);
    }
}

/// <summary>A picture as a row. Its bytes never change.</summary>
public sealed class StoredPicture
{
    /// <summary>Its name, as variants and URLs have it.</summary>
    public required string Name { get; init; }

    /// <summary>The picture.</summary>
    public required byte[] Bytes { get; init; }

    /// <summary>When it was last on its way to a variant, UTC: a younger one is no orphan.</summary>
    public DateTimeOffset TouchedAt { get; init; }
}

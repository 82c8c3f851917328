using Janus.Campaigns.Storage;
using Janus.Tests.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Janus.Tests.Storage;

public sealed class CommitSignalTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);
    private readonly ManualTime _time = new();

    [Fact]
    public async Task A_commit_by_another_connection_is_signalled()
    {
        await using var watched = await WatchAsync();

        watched.Database.Run("CREATE TABLE notes (text TEXT)");

        (await TickUntilRaisedAsync(watched.Signal, 1)).ShouldBe(2);
    }

    [Fact]
    public async Task Reading_and_rolling_back_are_not_signalled()
    {
        await using var watched = await WatchAsync();
        using var foreign = watched.Database.OpenForeign();

        for (var round = 0; round < 25; round++)
        {
            foreign.Number("SELECT count(*) FROM campaigns").ShouldBe(0);
            foreign.Run("BEGIN IMMEDIATE; CREATE TABLE never (id INTEGER); ROLLBACK");
            _time.Advance(Tick);
        }

        foreign.Run("CREATE TABLE notes (text TEXT)");

        // The commit is the second thing that was ever signalled; the first is that watching began.
        (await TickUntilRaisedAsync(watched.Signal, 1)).ShouldBe(2);
    }

    [Fact]
    public async Task Each_commit_after_the_last_one_that_was_noticed_is_signalled()
    {
        await using var watched = await WatchAsync();
        watched.Database.Run("CREATE TABLE notes (text TEXT)");
        var seen = await TickUntilRaisedAsync(watched.Signal, 1);

        watched.Database.Run("INSERT INTO notes VALUES ('x')");

        (await TickUntilRaisedAsync(watched.Signal, seen)).ShouldBe(seen + 1);
    }

    [Fact]
    public async Task A_commit_between_two_waits_is_not_missed()
    {
        var signal = new CommitSignal();
        var seen = signal.Number;
        signal.Raise();

        var waiting = signal.WaitAsync(seen, TimeSpan.FromHours(1), _time, CancellationToken.None);

        waiting.IsCompletedSuccessfully.ShouldBeTrue();
        (await waiting).ShouldBe(1);
    }

    [Fact]
    public async Task Every_waiter_is_woken()
    {
        var signal = new CommitSignal();
        var waiting = Enumerable.Range(0, 3).Select(_ => signal.WaitAsync(0, TimeSpan.FromHours(1), _time, CancellationToken.None)).ToList();

        signal.Raise();

        (await Task.WhenAll(waiting)).ShouldBe([1, 1, 1]);
    }

    [Fact]
    public async Task A_wait_ends_at_its_limit_and_when_it_is_cancelled()
    {
        var signal = new CommitSignal();
        var limited = signal.WaitAsync(0, TimeSpan.FromSeconds(5), _time, CancellationToken.None);
        limited.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(5));
        (await limited).ShouldBe(0);

        using var cancel = new CancellationTokenSource();
        var cancelled = signal.WaitAsync(0, TimeSpan.FromSeconds(5), _time, cancel.Token);
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => cancelled);
    }

    [Fact]
    public async Task A_watcher_outlives_an_exclusive_lock()
    {
        await using var watched = await WatchAsync(rollbackJournal: true);
        using (var foreign = ForeignLock.OnEverything(watched.Database))
        {
            for (var round = 0; round < 5; round++)
                _time.Advance(Tick);
        }

        watched.Database.Run("CREATE TABLE notes (text TEXT)");

        (await TickUntilRaisedAsync(watched.Signal, 1)).ShouldBe(2);
    }

    // Ticks are the watcher's own; each turn of this loop lets it look once more.
    private async Task<long> TickUntilRaisedAsync(CommitSignal signal, long seen)
    {
        while (signal.Number <= seen)
        {
            _time.Advance(Tick);
            await Task.Yield();
        }

        return signal.Number;
    }

    private async Task<Watched> WatchAsync(bool rollbackJournal = false)
    {
        var database = await TestDatabase.CreateAsync(_time, addServices: services => services.AddCommitWatcher());
        if (rollbackJournal)
            database.Run("PRAGMA journal_mode=DELETE");
        var watched = new Watched(database);
        await watched.StartAsync();
        // Watching begins with a signal: what was committed before is unknown to waiters.
        (await watched.Signal.WaitAsync(0, TimeSpan.FromHours(1), _time, CancellationToken.None)).ShouldBe(1);
        return watched;
    }

    private sealed record Watched(TestDatabase Database) : IAsyncDisposable
    {
        public CommitSignal Signal => Database.Services.GetRequiredService<CommitSignal>();

        private IHostedService Watcher => Database.Services.GetRequiredService<IHostedService>();

        public Task StartAsync() => Watcher.StartAsync(CancellationToken.None);

        public async ValueTask DisposeAsync()
        {
            await Watcher.StopAsync(CancellationToken.None);
            await Database.DisposeAsync();
        }
    }
}

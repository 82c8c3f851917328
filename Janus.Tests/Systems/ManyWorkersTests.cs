using System.Globalization;
using System.Net.ServerSentEvents;
using Janus.Campaigns.Faults;
using Janus.Campaigns.Steps;
using Janus.Tests.Hosting;

namespace Janus.Tests.Systems;

/// <summary>Several worker processes on one database, and somebody who follows what they do. <c>JANUS_WORKERS=4</c> makes it four, with more to do; two otherwise.</summary>
[Collection(SystemsCollection.Name)]
public sealed class ManyWorkersTests
{
    private const int SlotsOfEachKind = 2;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static int Workers => int.TryParse(Environment.GetEnvironmentVariable("JANUS_WORKERS"), CultureInfo.InvariantCulture, out var workers) ? workers : 2;

    [Fact]
    public async Task Workers_share_the_steps_and_no_step_runs_twice_at_once_and_what_a_killed_one_held_is_made_by_the_others()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "ends processes by Unix signals");
        await using var janus = await RunningJanus.StartReadyAsync(environment: SharedSettings());
        await using var others = await OthersAsync(janus);
        using var marketer = new Marketer(() => janus);

        var undisturbed = await PlanAsync(marketer, "undisturbed");
        var followed = undisturbed.Select(id => NumbersUntilScheduledAsync(janus, id)).ToList();
        await marketer.UntilScheduledAsync(undisturbed);
        foreach (var numbers in await Task.WhenAll(followed))
            numbers.ShouldBe([.. Enumerable.Range(1, numbers.Count).Select(number => (long)number)], "the live feed has a gap, or an event twice");

        var audit = await Audit.OfAsync(janus.DataDirectory, undisturbed.Count);
        audit.Lost.ShouldBe(0);
        CallsIn(janus).ShouldBe(audit.Steps);
        var attempts = await Audit.AttemptsAsync(janus.DataDirectory);
        attempts.Select(attempt => attempt.Worker).Distinct().Count().ShouldBe(Workers);
        ShouldNeverOverlap(attempts);
        // Nobody took more than it has room for, so they did work side by side.
        foreach (var ofWorker in attempts.GroupBy(attempt => attempt.Worker))
            MostAtOnce(ofWorker).ShouldBeLessThanOrEqualTo(2 * SlotsOfEachKind);
        MostAtOnce(attempts).ShouldBeGreaterThan(2 * SlotsOfEachKind);

        var disturbed = await PlanAsync(marketer, "disturbed");
        await marketer.UntilAsync(disturbed, seen => Marketer.Done(seen) >= 2 * Workers);
        await KillWhileItHoldsStepsAsync(others.All[0], janus.DataDirectory);
        await marketer.UntilScheduledAsync(disturbed);

        audit = await Audit.OfAsync(janus.DataDirectory, undisturbed.Count + disturbed.Count);
        audit.Lost.ShouldBeInRange(1, 2 * SlotsOfEachKind);
        CallsIn(janus).ShouldBeInRange(audit.Steps, audit.Attempts);
        attempts = await Audit.AttemptsAsync(janus.DataDirectory);
        attempts.Where(attempt => attempt.Outcome == AttemptOutcome.Lost).Select(attempt => attempt.Worker).Distinct().ShouldHaveSingleItem();
        ShouldNeverOverlap(attempts);
    }

    // From the first event to the one that schedules the campaign, as a client of the live feed gets them.
    private static async Task<IReadOnlyList<long>> NumbersUntilScheduledAsync(RunningJanus janus, string campaignId)
    {
        using var limit = new CancellationTokenSource(Limit * 2);
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        await using var stream = await http.GetStreamAsync(new Uri(janus.Api, $"/api/campaigns/{campaignId}/events"), limit.Token);
        var numbers = new List<long>();
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(limit.Token))
        {
            if (item.EventId is not { Length: > 0 } number)
                continue;
            numbers.Add(long.Parse(number, CultureInfo.InvariantCulture));
            if (item.Data.Contains("\"to\":\"scheduled\"", StringComparison.Ordinal))
                break;
        }

        return numbers;
    }

    // Each call leaves a file behind, in whatever process it is made.
    private static Dictionary<string, string?> SharedSettings() => Settings.With(
        // More processes than cores: with too short a lease one that only had to wait for its turn would count as lost.
        ("Janus__Steps__Lease", TimeSpan.FromSeconds(Workers * Workers).ToString("c", CultureInfo.InvariantCulture)),
        ("Janus__Worker__TextConcurrency", SlotsOfEachKind.ToString(CultureInfo.InvariantCulture)),
        ("Janus__Worker__PictureConcurrency", SlotsOfEachKind.ToString(CultureInfo.InvariantCulture)),
        (FaultPoints.Key.Replace(":", "__", StringComparison.Ordinal), $"{FaultPoints.BeforeCall}=pause 00:00:00 x9999"));

    private static int CallsIn(RunningJanus janus) => FaultPoints.Count(janus.DataDirectory, FaultPoints.BeforeCall);

    private static async Task<OtherWorkers> OthersAsync(RunningJanus janus)
    {
        var others = new OtherWorkers();
        for (var count = 1; count < Workers; count++)
            others.All.Add(await AnotherWorker.StartAsync(janus, SharedSettings()));
        return others;
    }

    // A worker that stands still can neither end what it holds nor claim more, so what is seen now is what the kill finds.
    private static async Task KillWhileItHoldsStepsAsync(AnotherWorker worker, string dataDirectory)
    {
        using var deadline = new CancellationTokenSource(Limit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            Standstill.Begin(worker.Id);
            if ((await Audit.AttemptsAsync(dataDirectory)).Any(attempt => attempt.EndedAt is null && attempt.Worker == worker.Name))
                break;
            Standstill.End(worker.Id).ShouldBeTrue();
            await timer.WaitForNextTickAsync(deadline.Token);
        }

        RunningJanus.Kill(worker.Id);
    }

    private static async Task<IReadOnlyList<string>> PlanAsync(Marketer marketer, string name)
    {
        var plans = await Task.WhenAll(Enumerable.Range(1, Workers).Select(n => marketer.PlanAsync($"{name} {n}")));
        return [.. plans.Select(plan => plan.CampaignId!)];
    }

    // A lost attempt ends when it is taken back, so that the next one begins after it too.
    private static void ShouldNeverOverlap(IReadOnlyList<GenerationAttempt> attempts)
    {
        foreach (var ofStep in attempts.GroupBy(attempt => attempt.StepId))
        {
            foreach (var (earlier, later) in ofStep.OrderBy(attempt => attempt.Number).Zip(ofStep.OrderBy(attempt => attempt.Number).Skip(1)))
                later.StartedAt.ShouldBeGreaterThanOrEqualTo(earlier.EndedAt!.Value, $"two attempts at step {ofStep.Key} ran at once");
        }
    }

    private static int MostAtOnce(IEnumerable<GenerationAttempt> attempts)
    {
        var (running, most) = (0, 0);
        foreach (var (_, change) in attempts.SelectMany(attempt => new[] { (At: attempt.StartedAt, Change: 1), (At: attempt.EndedAt!.Value, Change: -1) }).OrderBy(edge => edge.At).ThenBy(edge => edge.Change))
            most = Math.Max(most, running += change);
        return most;
    }

    private sealed class OtherWorkers : IAsyncDisposable
    {
        public List<AnotherWorker> All { get; } = [];

        public async ValueTask DisposeAsync()
        {
            foreach (var worker in All)
                await worker.DisposeAsync();
        }
    }
}

using Janus.Campaigns;
using Janus.Campaigns.Faults;
using Janus.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Janus.Tests.Engine;

/// <summary>Somebody takes the media folder away while a worker makes pictures.</summary>
[Trait(TestStore.Trait, TestStore.Sqlite)]
public sealed class MediaGoneTests
{
    [Fact]
    public async Task Pictures_that_vanish_before_they_are_recorded_are_made_again_in_a_new_folder()
    {
        await using var engine = await TestEngine.StartAsync();
        // Each picture that is wholly kept leaves a file behind that counts it.
        var kept = FaultPoints.Read($"{FaultPoints.AfterFile}=pause 00:00:00 x99", engine.Folder);
        await using var worker = await TestWorker.StartAsync(engine, services => services.AddSingleton(kept), ("Sample:PictureLatency", "00:00:00.300"));
        var campaign = await engine.PlanAsync(posts: 2);
        await worker.UntilAsync(campaign, graph => graph.Parts.Running == 4 && graph.Parts.Done == 2);

        // While nobody can write, the pictures lie in the folder and no row names them.
        using (engine.Store.HoldWrites())
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
            while (FaultPoints.Count(engine.Folder, FaultPoints.AfterFile) < 4)
                await timer.WaitForNextTickAsync(limit.Token);
            Directory.Delete(engine.MediaDirectory, recursive: true);
        }

        var made = await worker.UntilAsync(campaign, graph => graph.Campaign.Phase == Phase.Scheduled);
        made.Posts.SelectMany(post => post.Variants).ShouldAllBe(variant => File.Exists(Path.Combine(engine.MediaDirectory, variant.Asset!)));
        (await engine.EventsAsync(campaign)).Count(entry => entry.Data.Contains("media_lost", StringComparison.Ordinal)).ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public async Task A_folder_that_is_replaced_by_a_file_stops_the_campaign_with_that_reason_and_retry_makes_what_is_missing()
    {
        await using var engine = await TestEngine.StartAsync();
        await using var worker = await TestWorker.StartAsync(
            engine, null, ("Sample:PictureLatency", "00:00:00.100"), ("Janus:Worker:PictureConcurrency", "1"));
        var campaign = await engine.PlanAsync(posts: 3);
        await worker.UntilAsync(campaign, graph => graph.Parts.Done >= 5);

        var aside = engine.MediaDirectory + "-aside";
        Directory.Move(engine.MediaDirectory, aside);
        await File.WriteAllTextAsync(engine.MediaDirectory, "a file where the folder should be");
        var failed = await worker.UntilAsync(campaign, graph => graph.Campaign is { Phase: Phase.Planning, LastError: not null });
        failed.Campaign.LastError.ShouldBe("The media folder cannot be written. Make it writable, then retry.");

        File.Delete(engine.MediaDirectory);
        Directory.Move(aside, engine.MediaDirectory);
        (await engine.Commands.RetryAsync(campaign.PublicId, CancellationToken.None)).IsAccepted.ShouldBeTrue();
        var made = await worker.UntilAsync(campaign, graph => graph.Campaign.Phase == Phase.Scheduled);
        made.Posts.SelectMany(post => post.Variants).ShouldAllBe(variant => File.Exists(Path.Combine(engine.MediaDirectory, variant.Asset!)));
    }
}

using System.Net;
using Janus.Tests.Hosting;

namespace Janus.Tests.Systems;

[Collection(SystemsCollection.Name)]
public sealed class FullDiskTests
{
    [Fact]
    public async Task A_full_disk_sends_the_campaign_back_with_that_reason_and_retry_works_once_there_is_room()
    {
        await using var disk = await SmallDisk.MountAsync("1m");
        disk.Fill();
        await using var janus = await RunningJanus.StartReadyAsync(environment: Settings.With(("Janus__MediaDirectory", disk.Path)));
        using var marketer = new Marketer(() => janus);
        var campaign = (await marketer.PlanAsync("full")).CampaignId!;

        var failed = await marketer.UntilAsync(
            [campaign], seen => seen[0].GetProperty("phase").GetString() == "planning" && seen[0].GetProperty("last_error").GetString() is not null);
        failed[0].GetProperty("last_error").GetString().ShouldBe("The disk that holds the pictures is full. Free some space, then retry.");
        failed[0].GetProperty("parts").GetProperty("done").GetInt32().ShouldBeGreaterThan(0);

        disk.MakeRoom();
        (await marketer.CommandAsync(campaign, "retry")).ShouldBe(HttpStatusCode.OK);
        await marketer.UntilScheduledAsync([campaign]);
    }

    [Fact]
    public async Task A_database_whose_disk_fills_up_during_generation_loses_nothing_and_goes_on_by_itself_once_there_is_room()
    {
        await using var disk = await SmallDisk.MountAsync("16m");
        var pictures = Directory.CreateTempSubdirectory("janus-media-");
        try
        {
            var data = Directory.CreateDirectory(Path.Combine(disk.Path, "data")).FullName;
            Directory.CreateSymbolicLink(Path.Combine(data, "media"), pictures.FullName);
            await using (var janus = await RunningJanus.StartReadyAsync(data, Settings.With(("Sample__PictureLatency", "00:00:00.400"))))
            {
                using var marketer = new Marketer(() => janus);
                var campaign = (await marketer.PlanAsync("full database", postsPerPhase: 4)).CampaignId!;
                await marketer.UntilAsync([campaign], seen => Marketer.Done(seen) >= 4);

                var from = janus.Lines.All.Count;
                disk.Fill();
                await janus.Lines.WaitForAsync(
                    line => line.Contains("cannot be recorded yet", StringComparison.Ordinal) || line.Contains("The database cannot be used right now", StringComparison.Ordinal),
                    TimeSpan.FromSeconds(30), from);
                disk.MakeRoom();

                await marketer.UntilScheduledAsync([campaign]);
                janus.RequestStop();
                (await janus.WaitForExitAsync(TimeSpan.FromSeconds(60))).ShouldBe(0);
            }

            await Audit.OfAsync(data, campaigns: 1);
        }
        finally
        {
            pictures.Delete(recursive: true);
        }
    }
}

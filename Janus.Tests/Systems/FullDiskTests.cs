using System.Diagnostics;
using System.Net;
using Janus.Tests.Hosting;

namespace Janus.Tests.Systems;

[Collection(SystemsCollection.Name)]
public sealed class FullDiskTests
{
    [Fact]
    public async Task A_full_disk_sends_the_campaign_back_with_that_reason_and_retry_works_once_there_is_room()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "mounts a small file system, which needs root on Linux");
        var media = Directory.CreateTempSubdirectory("janus-media-").FullName;
        Assert.SkipUnless(await RunAsync("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", media) == 0, "mounting a small file system was refused");
        try
        {
            var filler = Path.Combine(media, "filler");
            Fill(filler);
            await using var janus = await RunningJanus.StartReadyAsync(environment: Settings.With(("Janus__MediaDirectory", media)));
            using var marketer = new Marketer(() => janus);
            var campaign = (await marketer.PlanAsync("full")).CampaignId!;

            var failed = await marketer.UntilAsync(
                [campaign], seen => seen[0].GetProperty("phase").GetString() == "planning" && seen[0].GetProperty("last_error").GetString() is not null);
            failed[0].GetProperty("last_error").GetString().ShouldBe("The disk that holds the pictures is full. Free some space, then retry.");
            failed[0].GetProperty("parts").GetProperty("done").GetInt32().ShouldBeGreaterThan(0);

            File.Delete(filler);
            (await marketer.CommandAsync(campaign, "retry")).ShouldBe(HttpStatusCode.OK);
            await marketer.UntilScheduledAsync([campaign]);
        }
        finally
        {
            await RunAsync("umount", media);
            Directory.Delete(media, recursive: true);
        }
    }

    private static void Fill(string path)
    {
        using var file = File.Create(path, bufferSize: 1);
        var block = new byte[4096];
        try
        {
            while (true)
                file.Write(block);
        }
        catch (IOException full)
        {
            full.Message.ShouldNotBeEmpty();
        }
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}

using System.Diagnostics;
using System.Net;
using Janus.Tests.Hosting;
using Janus.Tests.House;

namespace Janus.Tests.Systems;

[Collection(SystemsCollection.Name)]
public sealed class LoadTests
{
    [Fact]
    public async Task Watch_sees_a_campaign_through_to_scheduled_and_ends_with_0()
    {
        await using var janus = await RunningJanus.StartReadyAsync(environment: Settings.With());
        using var watch = Process.Start(new ProcessStartInfo("dotnet", [Solution.ProgramOf("Janus.DevTools"), "watch", "--api", janus.Api.ToString()])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var said = await watch.StandardOutput.ReadToEndAsync() + await watch.StandardError.ReadToEndAsync();
        await watch.WaitForExitAsync();

        watch.ExitCode.ShouldBe(0, said);
        said.ShouldContain("planning, content_creation, scheduled");
        janus.Lines.All.Where(line => line.Contains(" fail: ", StringComparison.Ordinal)).ShouldBeEmpty();
        await Audit.OfAsync(janus.DataDirectory, campaigns: 1);
    }

    [Fact]
    public async Task The_201_comes_before_any_content_exists()
    {
        await using var janus = await RunningJanus.StartReadyAsync(environment: Settings.With(("Sample__TextLatency", "00:10:00")));
        using var marketer = new Marketer(() => janus);

        var (status, campaign) = await marketer.PlanAsync("slow");

        status.ShouldBe(HttpStatusCode.Created);
        var graph = await marketer.GraphAsync(campaign!);
        graph.GetProperty("campaign").GetProperty("parts").GetProperty("done").GetInt32().ShouldBe(0);
        graph.GetProperty("diagram").GetArrayLength().ShouldBe(6);
    }

    [Fact]
    public async Task Eight_then_thirty_two_plans_at_once_are_all_accepted_and_scheduled_also_while_another_process_holds_the_write_lock_for_8_s()
    {
        await using var janus = await RunningJanus.StartReadyAsync(environment: Settings.With(("Sample__TextLatency", "0"), ("Sample__PictureLatency", "0")));
        using var marketer = new Marketer(() => janus);
        await PlanAtOnceAsync(marketer, "eight", 8);
        await PlanAtOnceAsync(marketer, "thirty-two", 32);

        using var holder = Process.Start(new ProcessStartInfo(
            "dotnet", [Solution.ProgramOf("Janus.DevTools"), "locks", "--hold-only", "8", "--file", Path.Combine(janus.DataDirectory, "janus.db")]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        (await holder.StandardOutput.ReadLineAsync()).ShouldNotBeNull().ShouldContain("holding");
        await PlanAtOnceAsync(marketer, "held", 32);
        await holder.WaitForExitAsync();

        holder.ExitCode.ShouldBe(0);
        janus.Lines.All.Where(line => line.Contains(" fail: ", StringComparison.Ordinal)).ShouldBeEmpty();
        (await Audit.OfAsync(janus.DataDirectory, campaigns: 72)).Lost.ShouldBe(0);
    }

    private static async Task PlanAtOnceAsync(Marketer marketer, string name, int count)
    {
        var plans = await Task.WhenAll(Enumerable.Range(1, count).Select(n => marketer.PlanAsync($"{name} {n}")));
        plans.Select(plan => plan.Status).Distinct().ShouldBe([HttpStatusCode.Created]);
        await marketer.UntilScheduledAsync([.. plans.Select(plan => plan.CampaignId!)]);
    }
}

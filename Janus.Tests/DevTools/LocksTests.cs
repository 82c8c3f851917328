using System.Diagnostics;
using System.Globalization;
using Janus.DevTools;
using Janus.DevTools.Locks;
using Janus.Tests.Storage;

namespace Janus.Tests.DevTools;

/// <summary><c>locks</c> as people run it: real processes on one real file.</summary>
public sealed class LocksTests
{
    [Fact]
    public async Task Two_processes_with_two_writers_each_lose_nothing()
    {
        using var locks = Start("locks", "--processes", "2", "--writers", "2", "--transactions", "10", "--hold-seconds", "0.8");
        var output = await locks.StandardOutput.ReadToEndAsync();
        await locks.WaitForExitAsync();

        locks.ExitCode.ShouldBe(0, output);
        var table = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToDictionary(line => line[..14].TrimEnd(), line => line[14..].Trim());
        table["processes"].ShouldBe("2");
        table["writers"].ShouldBe("4");
        table["transactions"].ShouldBe("40");
        table["errors"].ShouldBe("0");
        table["lost updates"].ShouldBe("0");
        Number("attempts").ShouldBe(40 + Number("retries"));

        int Number(string name) => int.Parse(table[name], CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Writers_and_readers_come_through_a_lock_that_is_held_for_seconds_without_an_error()
    {
        using var locks = Start("locks", "--processes", "2", "--writers", "4", "--readers", "2", "--seconds", "4", "--hold-seconds", "2.5", "--holds", "1");
        var output = await locks.StandardOutput.ReadToEndAsync();
        await locks.WaitForExitAsync();

        locks.ExitCode.ShouldBe(0, output);
        var table = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToDictionary(line => line[..14].TrimEnd(), line => line[14..].Trim());
        table["errors"].ShouldBe("0");
        table["lost updates"].ShouldBe("0");
        // Everybody waited for as long as it was held, and wrote then; nobody who read waited for it.
        int.Parse(table["transactions"], CultureInfo.InvariantCulture).ShouldBeGreaterThanOrEqualTo(8);
        Milliseconds("longest wait").ShouldBeGreaterThan(2400);
        Milliseconds("p50 read").ShouldBeLessThan(1000);

        double Milliseconds(string name) => double.Parse(table[name].Split(' ')[0], CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Another_process_that_holds_the_write_lock_is_waited_for()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var holder = Start("locks", "--hold-only", "60", "--file", database.File);
        try
        {
            (await holder.StandardOutput.ReadLineAsync()).ShouldBe("holding");
            var refusals = 0;
            database.Retry.Refused += _ =>
            {
                if (refusals++ == 0)
                    holder.Kill();
            };

            await database.Database.WriteAsync(
                "plan",
                (tables, _) =>
                {
                    tables.Campaigns.Add(Samples.NewCampaign());
                    return Task.FromResult((true, true));
                },
                CancellationToken.None);

            refusals.ShouldBeGreaterThan(0);
            database.Count("SELECT count(*) FROM campaigns").ShouldBe(1);
        }
        finally
        {
            if (!holder.HasExited)
                holder.Kill();
        }
    }

    [Fact]
    public async Task A_hold_ends_by_itself()
    {
        await using var database = await TestDatabase.CreateAsync();
        var output = new StringWriter();

        (await LocksCommand.RunAsync(["--hold-only", "0", "--file", database.File], output, CancellationToken.None)).ShouldBe(0);

        output.ToString().Trim().ShouldBe("holding");
        database.Run("CREATE TABLE notes (text TEXT)");
    }

    [Theory]
    [InlineData("--hold-only", "8")]
    [InlineData("--processes", "0")]
    [InlineData("--hold-seconds", "-1")]
    [InlineData("--seconds", "1", "--transactions", "1")]
    [InlineData("--holds", "0")]
    public void Wrong_usage_is_refused(params string[] args) => Should.Throw<UsageException>(() => LocksOptions.Parse(args));

    [Fact]
    public async Task A_lost_update_and_an_error_fail_the_command()
    {
        var options = LocksOptions.Parse(["--processes", "1", "--writers", "1", "--transactions", "2"]);
        var well = new WriterReport(2, 1, [1, 3], [], []);

        new LocksReport(options, [well], counter: 2, rows: 2).ExitCode.ShouldBe(0);
        new LocksReport(options, [well], counter: 1, rows: 2).ExitCode.ShouldBe(1);
        new LocksReport(options, [well], counter: 2, rows: 1).ExitCode.ShouldBe(1);
        new LocksReport(options, [well with { Transactions = 1 }], counter: 1, rows: 1).ExitCode.ShouldBe(1);

        var failed = new LocksReport(options, [well with { Errors = ["x: y", "x: y"] }], counter: 2, rows: 2);
        var output = new StringWriter();
        await failed.PrintAsync(output);
        failed.ExitCode.ShouldBe(1);
        output.ToString().ShouldContain("error (2x): x: y");
    }

    private static Process Start(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true };
        start.ArgumentList.Add(typeof(LocksCommand).Assembly.Location);
        foreach (var arg in args)
            start.ArgumentList.Add(arg);
        return Process.Start(start)!;
    }
}

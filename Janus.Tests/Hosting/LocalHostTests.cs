using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Janus.Tests.Hosting;

/// <summary>The real services under the real host, in processes that are killed without warning.</summary>
public sealed class LocalHostTests
{
    private const string NeedsSignals = "ends processes by Unix signals";
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task It_says_where_it_is_and_stops_with_everything_it_started()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), NeedsSignals);
        await using var janus = await RunningJanus.StartReadyAsync();
        var ready = await janus.Lines.WaitForAsync(RunningJanus.IsReadyLine, _limit);
        var (web, api) = (janus.Web.GetLeftPart(UriPartial.Authority), janus.Api.GetLeftPart(UriPartial.Authority));
        ready.ShouldBe($"ready web={web} api={api}");

        using var http = new HttpClient { Timeout = _limit };
        foreach (var service in new[] { janus.Web, janus.Api })
            (await http.GetAsync(new Uri(service, Topology.HealthPath))).StatusCode.ShouldBe(HttpStatusCode.OK);

        var addressesFile = Path.Combine(janus.DataDirectory, "run", "addresses.json");
        using (var addresses = JsonDocument.Parse(await File.ReadAllTextAsync(addressesFile)))
        {
            addresses.RootElement.GetProperty("web").GetString().ShouldBe(web);
            addresses.RootElement.GetProperty("api").GetString().ShouldBe(api);
            addresses.RootElement.GetProperty("pid").GetInt32().ShouldBe(janus.HostId);
        }

        janus.RequestStop();
        (await janus.WaitForExitAsync(_limit)).ShouldBe(0);
        janus.ServiceIds.Where(ProcessFacts.IsRunning).ShouldBeEmpty();
        File.Exists(addressesFile).ShouldBeFalse();
        janus.Errors.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_killed_worker_comes_back_on_the_same_port_and_a_second_host_is_sent_to_the_first()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), NeedsSignals);
        await using var janus = await RunningJanus.StartReadyAsync();

        var killed = janus.ProcessIdOf(Topology.Worker);
        var started = await janus.Lines.WaitForAsync(line => line.StartsWith($"started {Topology.Worker} pid={killed} ", StringComparison.Ordinal), _limit);
        RunningJanus.Kill(killed);
        await janus.Lines.WaitForAsync(line => line == $"{Topology.Worker} ended with code 137; restarting in 0.2 s", _limit);
        var address = started.Split(' ')[^1];
        await janus.Lines.WaitForAsync(
            line => line != started && line.StartsWith($"started {Topology.Worker} pid=", StringComparison.Ordinal) && line.EndsWith(address, StringComparison.Ordinal),
            _limit);

        await using var second = RunningJanus.Start(janus.DataDirectory);
        (await second.WaitForExitAsync(_limit)).ShouldBe(3);
        second.Errors.All.ShouldHaveSingleItem().ShouldContain(janus.Web.GetLeftPart(UriPartial.Authority));
    }

    [Fact]
    public async Task A_killed_host_leaves_no_service_behind_and_the_next_one_starts_on_its_data()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), NeedsSignals);
        await using var janus = await RunningJanus.StartReadyAsync();
        RunningJanus.Kill(janus.HostId);
        await ProcessFacts.WaitUntilGoneAsync([janus.HostId, .. janus.ServiceIds], _limit);

        await using var next = await RunningJanus.StartReadyAsync(janus.DataDirectory);
        next.ServiceIds.ShouldAllBe(service => ProcessFacts.IsRunning(service));
    }

    [Theory]
    [InlineData(Topology.Ports.WebVariable)]
    [InlineData(Topology.Ports.ApiVariable)]
    public async Task A_port_that_was_asked_for_and_is_taken_is_refused_in_one_line(string variable)
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;

        var refusal = await RefusalAsync(null, variable, $"{port}");
        refusal.ShouldContain(variable);
        refusal.ShouldContain($"{port}");
    }

    [Fact]
    public async Task A_port_that_is_none_is_refused_in_one_line() =>
        (await RefusalAsync(null, Topology.Ports.WebVariable, "eighty")).ShouldStartWith($"{Topology.Ports.WebVariable} is 'eighty'");

    [Fact]
    public async Task A_data_directory_that_cannot_be_written_is_refused_in_one_line()
    {
        var file = Path.GetTempFileName();
        try
        {
            var refusal = await RefusalAsync(Path.Combine(file, "data"), Topology.Ports.WebVariable, "0");
            refusal.ShouldContain(file);
            refusal.ShouldContain(Topology.DataVariable);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<string> RefusalAsync(string? dataDirectory, string variable, string value)
    {
        await using var janus = RunningJanus.Start(dataDirectory, new Dictionary<string, string?> { [variable] = value });
        (await janus.WaitForExitAsync(_limit)).ShouldBe(2);
        janus.ServiceIds.ShouldBeEmpty();
        return janus.Errors.All.ShouldHaveSingleItem();
    }
}

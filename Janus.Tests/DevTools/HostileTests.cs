using System.Text.RegularExpressions;
using Janus.DevTools;
using Janus.DevTools.Hostile;
using Janus.Tests.Api;
using Janus.Tests.House;
using Janus.Tests.Pages;

namespace Janus.Tests.DevTools;

/// <summary><c>hostile</c>, in short, against the real API and the real pages; and that it sees what it looks for.</summary>
public sealed partial class HostileTests(ApiHost api) : IClassFixture<ApiHost>
{
    private static readonly Uri Address = new("http://127.0.0.1:5180/");
    private static readonly Attack SomeAttack = new(7, "wrong type", Address, "GET / HTTP/1.1", [], Sending.Whole);
    private static readonly SteadyReads Fine = new([1, 2, 3], []);

    [Fact]
    public async Task Nothing_breaks_nothing_of_the_inside_comes_out_and_a_legitimate_user_does_not_notice()
    {
        await api.PlanAsync();
        await api.MakeContentAsync();
        await using var web = new WebHost(api.Http.BaseAddress!);
        using var pages = web.CreateClient();
        var output = new StringWriter();

        var exitCode = await HostileCommand.RunAsync(
            ["--api", $"{api.Http.BaseAddress}", "--web", $"{pages.BaseAddress}", "--requests", "320", "--streams", "30", "--quiet", "0.3"], output, TestContext.Current.CancellationToken);

        exitCode.ShouldBe(0, output.ToString());
        foreach (var kind in AttackMaker.KindNames)
            output.ToString().ShouldContain($"\n{kind,-24}{20,8}  ", customMessage: output.ToString());
        output.ToString().ShouldContain("dropped stream                30  200 x30", customMessage: output.ToString());
        api.Logs.Lines.ShouldNotContain(line => line.Contains("A request failed", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_seed_sends_the_same_requests()
    {
        var targets = new HostileTargets(Address, [new Operation("POST", "/api/things/{pk}", ["after"], ["pk", "text"])], Address, "c_1", 1);
        Bytes(1).ShouldBe(Bytes(1));
        Bytes(1).Zip(Bytes(2)).Count(pair => pair.First != pair.Second).ShouldBeGreaterThan(25);

        List<string> Bytes(int seed) => [.. Enumerable.Range(0, 64).Select(number => Convert.ToBase64String(new AttackMaker(targets, seed, null).Make(number).Bytes))];
    }

    [Theory]
    [InlineData(500, "HTTP/1.1 500 Internal Server Error\r\n\r\n")]
    [InlineData(503, "HTTP/1.1 503 Service Unavailable\r\n\r\n")]
    [InlineData(RawExchange.Silence, "")]
    [InlineData(400, "HTTP/1.1 400 Bad Request\r\n\r\n{\"detail\":\"System.FormatException: no number\"}")]
    [InlineData(400, "HTTP/1.1 400 Bad Request\r\n\r\nboom\n   at Janus.Posts.Read(String text)")]
    [InlineData(404, "HTTP/1.1 404 Not Found\r\n\r\n{\"error\":\"Could not find file '/var/lib/janus/media/x.png'\"}")]
    public void Harm_is_seen(int status, string answer) => Storm.WrongWith(new RawAnswer(status, answer)).ShouldNotBeNull();

    [Theory]
    [InlineData(0, "")]
    [InlineData(400, "HTTP/1.1 400 Bad Request\r\n\r\n{\"detail\":\"pk must be a number. Look at /api/status.\"}")]
    [InlineData(200, "HTTP/1.1 200 OK\r\nContent-Type: text/javascript\r\n\r\nthrow new Exception()")]
    public void What_is_right_is_no_harm(int status, string answer) => Storm.WrongWith(new RawAnswer(status, answer)).ShouldBeNull();

    [Fact]
    public async Task Everything_that_went_wrong_fails_the_command_and_is_told()
    {
        var well = new HostileReport(new Dictionary<(string, int), int> { [("wrong type", 400)] = 3 }, [], Fine, Fine with { Milliseconds = [100] }, 0, new Dictionary<string, List<long>> { ["api"] = [50, 100, 120] });
        well.ExitCode.ShouldBe(0);
        (well with { StreamsLeft = 1 }).ExitCode.ShouldBe(1);
        (well with { Stormy = Fine with { Errors = ["/x: 429"] } }).ExitCode.ShouldBe(1);
        (well with { Memory = new Dictionary<string, List<long>> { ["api"] = [1, 100_000_000, 250_000_000] } }).ExitCode.ShouldBe(1);
        var harmed = well with { Harm = [new Harm(SomeAttack, new RawAnswer(500, ""), "500")] };
        harmed.ExitCode.ShouldBe(1);

        var output = new StringWriter();
        await harmed.PrintAsync(output);
        output.ToString().ShouldContain("500: wrong type #7 GET / HTTP/1.1 to http://127.0.0.1:5180/");
        output.ToString().ShouldContain("warning: the legitimate user's p99 in the storm is more than 3 times that in quiet.");
    }

    [Theory]
    [InlineData]
    [InlineData("--api", "http://janus.example")]
    [InlineData("--api", "http://192.168.0.7:5180")]
    [InlineData("--api", "http://127.0.0.1:5180", "--web", "http://janus.example")]
    [InlineData("--api", "http://127.0.0.1:5180", "--pid", "api")]
    [InlineData("--api", "http://127.0.0.1:5180", "--pid", "api=1,api=2")]
    [InlineData("--api", "http://127.0.0.1:5180", "--requests", "0")]
    public void Wrong_usage_and_other_machines_are_refused(params string[] args) => Should.Throw<UsageException>(() => HostileOptions.Parse(args));

    [Fact]
    public void Every_address_of_the_pages_is_attacked()
    {
        var routes = Solution.Files(".cs", ".razor").Where(file => file.Path.StartsWith("Janus.Web/", StringComparison.Ordinal))
            .SelectMany(file => Route().Matches(file.Text)).Select(match => match.Groups["path"].Value.Replace("{CampaignId}", "{campaignId}", StringComparison.Ordinal)).ToList();
        routes.Count.ShouldBeGreaterThan(10);
        routes.Except(HostileTargets.WebPaths).ShouldBeEmpty();
    }

    [GeneratedRegex("""(@page |\.Map(Get|Post|Put|Delete|Methods)\()"(?<path>[^"]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Route();
}

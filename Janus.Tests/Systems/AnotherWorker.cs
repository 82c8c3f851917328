using System.Text.RegularExpressions;
using Janus.LocalHost;
using Janus.Tests.Hosting;
using Janus.Tests.House;

namespace Janus.Tests.Systems;

/// <summary>One more worker process beside those of a running Janus, on the same file and the same media folder.</summary>
internal sealed partial class AnotherWorker : IAsyncDisposable
{
    private readonly ServiceProcess _process;

    private AnotherWorker(ServiceProcess process, CollectedLines lines) => (_process, Lines) = (process, lines);

    public int Id => _process.Id;

    /// <summary>What its attempts are signed with.</summary>
    public string Name { get; private set; } = "";

    public CollectedLines Lines { get; }

    /// <summary>Starts it and returns when it claims.</summary>
    public static async Task<AnotherWorker> StartAsync(RunningJanus janus, IReadOnlyDictionary<string, string?> environment)
    {
        var program = new JanusPrograms(Path.GetDirectoryName(Solution.ProgramOf("Janus.LocalHost"))!, await DataStores.PostgresOfAsync(janus.DataDirectory)).Worker(janus.DataDirectory, new Ports(0, janus.Api.Port, 0));
        var variables = program.Environment.ToDictionary();
        foreach (var (name, value) in environment)
            variables[name] = value ?? "";
        var lines = new CollectedLines();
        var worker = new AnotherWorker(ServiceProcess.Start(program with { Environment = variables }, new PrefixedOutput(lines.Add, [Topology.Worker])), lines);
        try
        {
            var claiming = await lines.WaitForAsync(line => line.Contains("is claiming", StringComparison.Ordinal), RunningJanus.StartLimit);
            worker.Name = ClaimingWorker().Match(claiming).Groups["name"].Value;
            return worker;
        }
        catch (TimeoutException)
        {
            await worker.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.StopAsync(Supervisor.Patience);
        await _process.DisposeAsync();
        TestContext.Current.TestOutputHelper?.WriteLine(Lines.Tail);
    }

    [GeneratedRegex(@"Worker (?<name>\S+) is claiming", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ClaimingWorker();
}

using System.Reflection;
using System.Text.RegularExpressions;
using Janus.LocalHost;
using Janus.Tests.House;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Janus.Tests.AppModel;

/// <summary>Both hosts start the same system: the same programs with the same environment, in an order that fits.</summary>
public sealed partial class ParityTests
{
    /// <summary>Given to services by Aspire itself, without a word in the AppHost.</summary>
    private static readonly string[] ByAspire =
    [
        Topology.Variables.Urls, Topology.Variables.TelemetryName, Topology.Variables.TelemetryEndpoint, Topology.Variables.TelemetryProtocol,
        Topology.Variables.SpanDelay, Topology.Variables.LogDelay, Topology.Variables.MetricInterval,
    ];

    /// <summary>Plain processes inherit these from whoever starts the host; nobody inherits through Aspire's parameters. One worker needs no division.</summary>
    private static readonly string[] Inherited =
    [
        Topology.Variables.GeminiKey, Topology.Variables.TextModel, Topology.Variables.ImageModel, Topology.Variables.CaptureContent,
        Topology.Variables.TracesUrl, Topology.Variables.LimitReplicas,
    ];

    /// <summary>Given when the AppHost publishes, which no other host does; on a developer's machine nobody signs in.</summary>
    private static readonly string[] Published = [Topology.Variables.SignIn, Topology.Variables.ServiceKey];

    /// <summary>How a process that is not Aspire's is run: no service reads them for what it does.</summary>
    private static readonly string[] OfProcesses =
        [Topology.Variables.StopWithParent, "DOTNET_ENVIRONMENT", "ASPNETCORE_ENVIRONMENT", "Logging__Console__FormatterName", "Logging__Console__FormatterOptions__SingleLine"];

    public static TheoryData<string, string, string> Drifts => new()
    {
        { "AppHost.cs", ".WaitForCompletion(migrations)", "" },
        { "AppHost.cs", ".WaitFor(api)", "" },
        { "AppHost.cs", ".WithReference(api)", "" },
        { "AppHost.cs", "Projects.Janus_ContentWorker", "Projects.Janus_Web" },
        { "AppHost.cs", ".WithArgs(Topology.MigrateArgument)", "" },
        { "AppHost.cs", ".WithHttpHealthCheck(Topology.HealthPath)", "" },
        { "AppHost.cs", "(Topology.Worker)", "(Topology.Traces)" },
        { "AppHost.cs", ".WithModels(models)", ".WithEnvironment(Topology.Variables.StopWithParent, \"true\")" },
        { "JanusResources.cs", "        .WithReference(database)\n", "" },
        { "JanusResources.cs", "Topology.Variables.DataDirectory", "Topology.DataFolder" },
        { "OperatorCommands.cs", ".WithEnvironment(Topology.Variables.OperatorKey, key)", "" },
        { "OperatorCommands.cs", "Topology.Operator.PausePath", "Topology.Operator.ResumePath" },
    };

    public static TheoryData<string, string> Copies => new()
    {
        { "Topology.HealthPath", "\"/health\"" },
        { "Topology.Worker", "\"contentworker\"" },
        { "Topology.Endpoint", "\"http\"" },
        { "\"Rocket\"", "\"Janus__Rocket\"" },
        { "\"Rocket\"", "\"JANUS_ROCKET\"" },
        { "endpoint.Port = port", "endpoint.Port = 5080" },
    };

    [Fact]
    public void Both_hosts_start_the_same_system() => Differences(AppHostSource.OnDisk()).ShouldBeEmpty();

    [Fact]
    public void Names_ports_paths_and_variables_stand_in_Topology_alone() => CopiesIn(AppHostSource.OnDisk()).ShouldBeEmpty();

    [Fact]
    public void The_button_of_every_command_is_there() =>
        AppHostSource.Parse(AppHostSource.OnDisk()).Resources[Topology.Api].Commands.ShouldBe(
            [
                Topology.Operator.SampleCampaignPath, Topology.Operator.HoldLockPath, Topology.Operator.PausePath, Topology.Operator.ResumePath,
                Topology.Operator.RetryPath, Topology.Operator.BackupPath,
            ],
            ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Drifts))]
    public void A_host_that_drifts_away_is_noticed(string file, string text, string change)
    {
        var files = AppHostSource.OnDisk();
        Differences(Changed(files, file, text, change)).ShouldNotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Copies))]
    public void A_copy_of_what_stands_in_Topology_is_noticed(string text, string change)
    {
        var files = AppHostSource.OnDisk();
        var file = files.First(pair => pair.Value.Contains(text, StringComparison.Ordinal)).Key;
        CopiesIn(Changed(files, file, text, change)).ShouldNotBeEmpty();
    }

    private static Dictionary<string, string> Changed(Dictionary<string, string> files, string file, string text, string change)
    {
        var normal = files[file].ReplaceLineEndings("\n");
        normal.ShouldContain(text);
        files[file] = normal.Replace(text, change, StringComparison.Ordinal);
        return files;
    }

    private static List<string> Differences(IReadOnlyDictionary<string, string> files)
    {
        AppHostSource source;
        try
        {
            source = AppHostSource.Parse(files);
        }
        catch (InvalidOperationException unknown)
        {
            return [unknown.Message];
        }

        var order = LocalHostOrder.Read();
        var local = LocalPrograms().ToDictionary(program => program.Name, StringComparer.Ordinal);
        List<string> found = [.. Unlike("resources", source.Resources.Keys, local.Keys)];
        foreach (var (name, resource) in source.Resources.Where(pair => local.ContainsKey(pair.Key)))
        {
            var program = local[name];
            if (Path.GetFileNameWithoutExtension(program.Arguments[0]) != resource.Project)
                found.Add($"{name} runs {resource.Project} under Aspire and {program.Arguments[0]} elsewhere.");
            found.AddRange(Unlike($"arguments of {name}", resource.Arguments, program.Arguments.Skip(1)));
            found.AddRange(Unlike($"variables of {name}", VariablesOf(resource).Except(Inherited).Except(Published), program.Environment.Keys.Except(ByAspire).Except(OfProcesses)));
            // Plain processes start no database: it is a file, or somebody else's server.
            found.AddRange(resource.Waits.Where(other => other != Topology.Database).Where(other => !order.ContainsKey(other) || order[other] >= order[name]).Select(other => $"{name} waits for {other} under Aspire alone."));
            // Whoever is started later elsewhere waits here: for somebody of an earlier group.
            if (order.Values.Min() < order[name] && resource.Waits.Count == 0)
                found.Add($"{name} waits for nobody under Aspire.");
            if (program.Address is not null)
                found.AddRange(Unlike($"health of {name}", resource.HealthPaths, [Topology.HealthPath]));
        }

        var paths = source.Resources.Values.SelectMany(resource => resource.Commands).ToList();
        return [.. found, .. Unlike("commands", paths, PathsOf(typeof(Topology.Operator))), .. paths.GroupBy(path => path).Where(same => same.Count() > 1).Select(same => $"{same.Key} has two buttons.")];
    }

    private static IEnumerable<ServiceProgram> LocalPrograms()
    {
        var programs = new JanusPrograms(Path.GetDirectoryName(Solution.ProgramOf("Janus.LocalHost"))!);
        var ports = new Ports(1, 2, 3);
        return [programs.Migrations("data"), programs.Api("data", ports, "key"), programs.Worker("data", ports), programs.Web("data", ports)];
    }

    private static IEnumerable<string> VariablesOf(AppResource resource) => resource.Variables.Concat(resource.References.Select(other => other switch
    {
        Topology.Database => Topology.Variables.ConnectionString,
        Topology.Api => Topology.Variables.ApiAddress,
        _ => $"a reference to {other}",
    }));

    private static IEnumerable<string> Unlike(string what, IEnumerable<string> aspire, IEnumerable<string> elsewhere) =>
        aspire.Except(elsewhere).Select(one => $"{what}: {one} under Aspire alone.").Concat(elsewhere.Except(aspire).Select(one => $"{what}: {one} elsewhere alone."));

    private static IEnumerable<string> PathsOf(Type type) =>
        Constants(type).Where(value => value is string path && path.StartsWith('/')).Select(value => (string)value);

    private static IEnumerable<object> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => field.GetRawConstantValue()!)
            .Concat(type.GetNestedTypes().SelectMany(Constants));

    private static List<string> CopiesIn(IReadOnlyDictionary<string, string> files)
    {
        var known = Constants(typeof(Topology)).ToHashSet();
        return [.. files.Values.SelectMany(text => CSharpSyntaxTree.ParseText(text).GetRoot().DescendantTokens())
            .Where(token => token.Value is int or string && token.Parent is LiteralExpressionSyntax)
            .Where(token => known.Contains(token.Value!) || (token.Value is string written && Variable().IsMatch(written)))
            .Select(token => token.Text)];
    }

    [GeneratedRegex("__|^[A-Z]+(_[A-Z]+)+$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();
}

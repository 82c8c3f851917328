using Janus.DevTools;
using Janus.DevTools.Operator;
using Janus.Tests.Api;

namespace Janus.Tests.DevTools;

/// <summary><c>operator</c> as people run it, against a real API.</summary>
public sealed class OperatorCommandTests(OperatorHost host) : IClassFixture<OperatorHost>, IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("janus-test-").FullName;

    private string Api => host.Http.BaseAddress!.ToString();

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task It_finds_the_running_system_and_its_key_by_the_data_directory()
    {
        var run = Directory.CreateDirectory(Path.Combine(_data, "run")).FullName;
        await File.WriteAllTextAsync(Path.Combine(run, "addresses.json"), $$"""{"api":"{{Api}}"}""");
        await File.WriteAllTextAsync(Path.Combine(run, "operator.key"), OperatorHost.Key);
        await host.PlanAsync();

        var paused = await RunAsync(["pause"], new() { ["JANUS_DATA"] = _data });
        var resumed = await RunAsync(["resume"], new() { ["JANUS_DATA"] = _data });

        paused.Code.ShouldBe(0, paused.Errors);
        paused.Output.ShouldStartWith("Paused ");
        resumed.Output.ShouldStartWith("Resumed ");
    }

    [Fact]
    public async Task Everything_can_be_said_and_the_answer_is_one_line()
    {
        foreach (var name in OperatorCommand.Names)
        {
            string[] length = name == "hold-lock" ? ["--seconds", "1"] : [];
            var said = await RunAsync([name, "--api", Api, .. length], new() { ["JANUS_OPERATOR_KEY"] = OperatorHost.Key });
            said.Code.ShouldBe(0, $"{name}: {said.Errors}");
            said.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem();
        }
    }

    [Fact]
    public async Task A_wrong_key_ends_with_1_and_nobody_there_with_3()
    {
        var refused = await RunAsync(["backup", "--api", Api, "--key", "another"], []);
        var nobody = await RunAsync(["backup"], new() { ["JANUS_DATA"] = _data });

        (refused.Code, refused.Output, refused.Errors.TrimEnd()).ShouldBe((1, "", "This needs the operator's key."));
        nobody.Code.ShouldBe(3);
        nobody.Errors.ShouldContain("operator.key cannot be read");
    }

    [Fact]
    public async Task The_key_of_this_machine_is_told_to_no_address_that_somebody_named()
    {
        var run = Directory.CreateDirectory(Path.Combine(_data, "run")).FullName;
        await File.WriteAllTextAsync(Path.Combine(run, "operator.key"), OperatorHost.Key);

        await Should.ThrowAsync<UsageException>(() => RunAsync(["pause", "--api", Api], new() { ["JANUS_DATA"] = _data }));
        await Should.ThrowAsync<UsageException>(() => RunAsync(["pause"], new() { ["JANUS_DATA"] = _data, ["JANUS_API"] = Api }));
    }

    [Fact]
    public async Task Wrong_usage_is_refused()
    {
        foreach (var args in (string[][])[[], ["dance"], ["pause", "--seconds", "5"], ["hold-lock", "--seconds", "61"], ["pause", "--key"]])
            await Should.ThrowAsync<UsageException>(() => RunAsync(args, []));
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string[] args, Dictionary<string, string> environment)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var code = await OperatorCommand.RunAsync(args, output, errors, environment.GetValueOrDefault, CancellationToken.None);
        return (code, output.ToString(), errors.ToString());
    }
}

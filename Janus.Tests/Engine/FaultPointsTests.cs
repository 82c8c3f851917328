using Janus.Campaigns.Faults;
using Janus.Campaigns.Planning;
using Janus.Campaigns.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Janus.Tests.Engine;

public sealed class FaultPointsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("janus-faults-").FullName;

    [Fact]
    public async Task A_place_fails_as_often_as_it_was_told_in_all_processes_together()
    {
        var first = FaultPoints.Read("call.after=throw x3; call.before=throw", _folder);
        var second = FaultPoints.Read("call.after=throw x3", _folder);

        foreach (var faults in (FaultPoints[])[first, second, first])
            (await Should.ThrowAsync<FaultException>(faults.ReachAsync(FaultPoints.AfterCall, CancellationToken.None).AsTask())).Message.ShouldContain("call.after");
        await second.ReachAsync(FaultPoints.AfterCall, CancellationToken.None);

        FaultPoints.Count(_folder, FaultPoints.AfterCall).ShouldBe(3);
        FaultPoints.Count(_folder, FaultPoints.BeforeCall).ShouldBe(0);
    }

    [Fact]
    public async Task A_pause_ends_with_the_token()
    {
        var faults = FaultPoints.Read("call.after=pause 00:10:00", _folder);
        using var cancel = new CancellationTokenSource();
        var reached = faults.ReachAsync(FaultPoints.AfterCall, cancel.Token).AsTask();

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(reached);
    }

    [Theory]
    [InlineData("call.after")]
    [InlineData("call.after=explode")]
    [InlineData("call.after=kill x")]
    [InlineData("call.after=pause soon")]
    [InlineData("../etc=kill")]
    public void What_is_no_fault_is_refused(string plan) =>
        Should.Throw<FormatException>(() => FaultPoints.Read(plan, _folder)).Message.ShouldStartWith("Janus:Faults");

    [Theory]
    [InlineData("Production", "call.after=throw", "Janus:Faults works in Development only.")]
    [InlineData("Development", "nonsense", "Janus:Faults: \"nonsense\" is no fault")]
    public async Task A_program_with_faults_starts_in_Development_only_and_only_when_they_make_sense(string environment, string plan, string said)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true, EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Janus:DataDirectory"] = _folder, ["Janus:Faults"] = plan });
        builder.Services.AddCampaignStorage(builder.Configuration);
        using var host = builder.Build();

        var refused = await Should.ThrowAsync<Microsoft.Extensions.Options.OptionsValidationException>(host.StartAsync());

        refused.Message.ShouldContain(said);
    }

    [Fact]
    public async Task A_write_that_fails_before_its_commit_leaves_nothing_and_one_that_fails_after_it_leaves_everything()
    {
        await using var engine = await TestEngine.StartAsync();
        foreach (var (place, planned) in (IEnumerable<(string, int)>)[("plan.before_commit", 0), ("plan.after_commit", 1)])
        {
            var database = new CampaignDatabase(
                engine.Get<DatabaseEngine>(), engine.Get<LockRetry>(), FaultPoints.Read($"{place}=throw", Path.Combine(_folder, place)));
            await Should.ThrowAsync<FaultException>(engine.PlanAsync(planning: new CampaignPlanning(database, engine.Time)));
            await using var tables = engine.Get<DatabaseEngine>().NewContext();
            tables.Campaigns.Count().ShouldBe(planned);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

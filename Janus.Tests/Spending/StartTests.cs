using Janus.Campaigns.Storage;
using Janus.Generation.Providers;
using Janus.Tests.Engine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Janus.Tests.Spending;

public sealed class StartTests
{
    [Theory]
    [InlineData("Janus:Budget:DayUsd", "-1")]
    [InlineData("Janus:Budget:CampaignUsd", "lots")]
    [InlineData("Prices:Sets:0:From", "soon")]
    [InlineData("Prices:Sets:0:Models:gemini-4:OutputUsd", "cheap")]
    [InlineData("Prices:Models:gemini-4:OutputUsd", "3")]
    [InlineData("Prices:Sets:0:Models:gemini-4:OutputUsd", "-3")]
    public async Task A_program_whose_prices_or_limits_cannot_be_meant_does_not_start(string key, string value)
    {
        await using var engine = await TestEngine.StartAsync();
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(engine.Store.Settings).AddInMemoryCollection(new Dictionary<string, string?> { [key] = value });
        builder.Services.AddCampaignStorage(builder.Configuration);
        builder.Services.AddGeneration(builder.Configuration, isPlanner: false);
        using var host = builder.Build();

        (await host.RunOnCurrentDatabaseAsync()).ShouldBe(StartRefusedException.DataUnusable);
    }
}

using Janus.Generation;
using Janus.Generation.Providers;
using Janus.Generation.Sample;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Janus.Tests.Generation;

public sealed class GenerationServicesTests
{
    [Fact]
    public void Without_a_key_the_sample_studio_answers()
    {
        using var services = Build(new() { ["Gemini:ApiKey"] = " ", ["Sample:TextLatency"] = "00:00:02", ["Sample:Seed"] = "9" });
        services.GetRequiredService<IChatClient>().GetService<SampleChatClient>().ShouldNotBeNull();
        services.GetRequiredService<GeneratorInUse>().ShouldBe(new GeneratorInUse("sample", "sample-studio", "sample-studio"));
        services.GetRequiredService<StrategyPlanner>().ShouldNotBeNull();
        services.GetRequiredService<ContentCreator>().ShouldNotBeNull();
        var sample = services.GetRequiredService<IOptions<SampleOptions>>().Value;
        (sample.TextLatency, sample.Seed, sample.PlanLatency).ShouldBe((TimeSpan.FromSeconds(2), 9, TimeSpan.FromMilliseconds(400)));
    }

    [Fact]
    public void A_failure_rate_above_one_is_refused()
    {
        using var services = Build(new() { ["Sample:FailureRate"] = "1.5" });
        Should.Throw<OptionsValidationException>(() => services.GetRequiredService<IOptions<SampleOptions>>().Value);
    }

    private static ServiceProvider Build(Dictionary<string, string?> settings) => new ServiceCollection()
        .AddGeneration(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), isPlanner: false)
        .BuildServiceProvider();
}

using Janus.Gemini;
using Janus.Generation.Sample;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Janus.Generation.Providers;

/// <summary>Registers the agents and the provider that they talk to.</summary>
public static class GenerationServices
{
    /// <summary>
    /// Adds the agents. With a key in <c>Gemini:ApiKey</c> they talk to Gemini, without one to the sample studio, which needs neither key nor network.
    /// </summary>
    public static IServiceCollection AddGeneration(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<PriceList>().Bind(configuration.GetSection(PriceList.Section));
        services.AddOptions<SampleOptions>().Bind(configuration.GetSection(SampleOptions.Section))
            .Validate(sample => sample.FailureRate is >= 0 and <= 1, "Sample:FailureRate must be between 0 and 1.");
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<StrategyPlanner>();
        services.TryAddSingleton<ContentCreator>();
        services.TryAddSingleton<MediaCreator>();

        var gemini = configuration.GetSection(GeminiOptions.Section).Get<GeminiOptions>() ?? new GeminiOptions();
        return string.IsNullOrWhiteSpace(gemini.ApiKey) ? services.UseSampleStudio() : services.UseGemini(configuration, gemini);
    }

    private static IServiceCollection UseSampleStudio(this IServiceCollection services)
    {
        services.AddSingleton<IChatClient, SampleChatClient>();
        services.AddSingleton<IImageGenerator, SampleImageGenerator>();
        return services.AddSingleton(new GeneratorInUse(GeneratorInUse.SampleStudio, SampleOptions.Model, SampleOptions.Model));
    }

    private static IServiceCollection UseGemini(this IServiceCollection services, IConfiguration configuration, GeminiOptions gemini)
    {
        services.AddGemini(configuration);
        services.AddSingleton<IChatClient>(provider => provider.GetRequiredService<GeminiChatClient>());
        services.AddSingleton<IImageGenerator>(provider => provider.GetRequiredService<GeminiImageGenerator>());
        return services.AddSingleton(new GeneratorInUse("gemini", gemini.TextModel, gemini.ImageModel));
    }
}

/// <summary>Which provider answers in this process, for a status page.</summary>
/// <param name="Provider"><c>sample</c> or <c>gemini</c>.</param>
/// <param name="TextModel">The model that plans and writes.</param>
/// <param name="ImageModel">The model that makes pictures.</param>
public sealed record GeneratorInUse(string Provider, string TextModel, string ImageModel)
{
    /// <summary>The provider's name when the sample studio answers.</summary>
    public const string SampleStudio = "sample";
}

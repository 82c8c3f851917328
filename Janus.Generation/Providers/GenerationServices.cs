using Janus.Gemini;
using Janus.Generation.Sample;
using Janus.Generation.Telemetry;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Janus.Generation.Providers;

/// <summary>Registers the agents and the provider that they talk to.</summary>
public static class GenerationServices
{
    /// <summary>
    /// Adds the agents. With a key in <c>Gemini:ApiKey</c> they talk to Gemini, without one to the sample studio, which needs neither key nor network.
    /// </summary>
    /// <param name="services">The services to add to.</param>
    /// <param name="configuration">Has the sections <c>Gemini</c>, <c>Prices</c> and <c>Sample</c>.</param>
    /// <param name="isPlanner">Whether this process plans; the others take what planning leaves of the provider's limits.</param>
    public static IServiceCollection AddGeneration(this IServiceCollection services, IConfiguration configuration, bool isPlanner)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddPrices(configuration);
        services.AddSettings<SampleOptions>(configuration.GetSection(SampleOptions.Section));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(ContentCapture.From(configuration));
        services.TryAddSingleton<ModelTelemetry>();
        services.TryAddSingleton<KeptPicture>();
        services.TryAddSingleton<StrategyPlanner>();
        services.TryAddSingleton<ContentCreator>();
        services.TryAddSingleton<MediaCreator>();

        // The key alone: whatever else of the section cannot be read is told when the host starts, by its name.
        return string.IsNullOrWhiteSpace(configuration[$"{GeminiOptions.Section}:{nameof(GeminiOptions.ApiKey)}"])
            ? services.UseSampleStudio() : services.UseGemini(configuration, isPlanner);
    }

    private static void AddPrices(this IServiceCollection services, IConfiguration configuration)
    {
        // Without this the binder drops a set in which anything cannot be read, and what it names would be free.
        services.AddOptions<PriceList>().Bind(configuration.GetSection(PriceList.Section), binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.AddSingleton<IValidateOptions<PriceList>, PriceListCheck>();
        services.TryAddSingleton<PriceBook>();
        services.AddHostedService<UnpricedModels>();
    }

    private static IServiceCollection UseSampleStudio(this IServiceCollection services)
    {
        services.TryAddSingleton<SampleChatClient>();
        services.TryAddSingleton<SampleImageGenerator>();
        services.UseTraced<SampleChatClient, SampleImageGenerator>();
        services.AddSingleton(new ProviderRoom(_ => new CallRoom(int.MaxValue, null)));
        return services.AddSingleton(new GeneratorInUse(GeneratorInUse.SampleStudio, SampleOptions.Model, SampleOptions.Model));
    }

    private static IServiceCollection UseGemini(this IServiceCollection services, IConfiguration configuration, bool isPlanner)
    {
        services.AddGemini(configuration, isPlanner ? GeminiPart.Planning : GeminiPart.Content);
        services.AddSingleton<ProviderRoom>(provider =>
        {
            var traffic = provider.GetRequiredService<GeminiTraffic>();
            return kind => RoomOf(kind == CallKind.Picture ? traffic.ImageRoom : traffic.TextRoom);
        });
        services.UseTraced<GeminiChatClient, GeminiImageGenerator>();
        return services.AddSingleton(provider =>
        {
            var gemini = provider.GetRequiredService<IOptions<GeminiOptions>>().Value;
            return new GeneratorInUse("gemini", gemini.TextModel, gemini.ImageModel);
        });

        static CallRoom RoomOf(GeminiRoom room) => new(room.Calls, room.ClosedUntil);
    }

    // The same telemetry on every provider: whoever reads a trace needs to know only one form.
    private static void UseTraced<TChat, TImages>(this IServiceCollection services)
        where TChat : IChatClient
        where TImages : IImageGenerator
    {
        services.AddSingleton(provider => provider.GetRequiredService<TChat>().AsBuilder()
            .Use((chat, given) => new TracedChatClient(chat, given.GetRequiredService<ModelTelemetry>())).Build(provider));
        services.AddSingleton(provider => provider.GetRequiredService<TImages>().AsBuilder()
            .Use((images, given) => new TracedImageGenerator(images, given.GetRequiredService<ModelTelemetry>())).Build(provider));
    }
}

/// <summary>How many further calls make sense now. Whoever claims work asks before, so that nothing is claimed for a provider that is down.</summary>
/// <param name="kind">What is to be made.</param>
public delegate CallRoom ProviderRoom(CallKind kind);

/// <summary>What a call makes.</summary>
public enum CallKind
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>A picture.</summary>
    Picture,
}

/// <summary>Room for calls.</summary>
/// <param name="Calls">Calls that may be under way at once.</param>
/// <param name="ClosedUntil">Until when none is made, because the provider is down; null when it is up, as far as anybody knows.</param>
public readonly record struct CallRoom(int Calls, DateTimeOffset? ClosedUntil);

/// <summary>Which provider answers in this process, for a status page.</summary>
/// <param name="Provider"><c>sample</c> or <c>gemini</c>.</param>
/// <param name="TextModel">The model that plans and writes.</param>
/// <param name="ImageModel">The model that makes pictures.</param>
public sealed record GeneratorInUse(string Provider, string TextModel, string ImageModel)
{
    /// <summary>The provider's name when the sample studio answers.</summary>
    public const string SampleStudio = "sample";
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Janus.Gemini;

/// <summary>Registers Gemini.</summary>
public static class GeminiServices
{
    /// <summary>The name of the HttpClient whose requests go to Gemini.</summary>
    public const string HttpClientName = "Gemini";

    /// <summary>
    /// Adds <see cref="GeminiChatClient"/> and <see cref="GeminiImageGenerator"/> as singletons, with <see cref="GeminiOptions"/> from the
    /// section <c>Gemini</c>, checked at start. Which of them serves as IChatClient or IImageGenerator is decided elsewhere.
    /// </summary>
    /// <param name="services">The services to add to.</param>
    /// <param name="configuration">The configuration that has the section.</param>
    /// <param name="part">Which part of the limits this process takes.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="OptionsValidationException">
    /// Thrown when the host starts or a client is first asked for: an option is unusable; the message names its key.
    /// </exception>
    public static IServiceCollection AddGemini(this IServiceCollection services, IConfiguration configuration, GeminiPart part = GeminiPart.Everything)
    {
        services.AddSettings<GeminiOptions>(configuration.GetSection(GeminiOptions.Section));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<GeminiOptions>, GeminiOptionsRules>());
        services.TryAddSingleton(TimeProvider.System);

        services.AddHttpClient(HttpClientName)
            .ConfigureHttpClient(http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(Connections)
            // The clients below are singletons and keep theirs; connections are renewed by their own lifetime.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            // A generic handler that resends, set for all clients of a host, would pay for a picture twice.
            .ConfigureAdditionalHttpMessageHandlers((handlers, _) => handlers.Clear());

        services.AddSingleton(provider => new GeminiTraffic(
            Options(provider), part, provider.GetRequiredService<TimeProvider>(), provider.GetService<ILogger<GeminiTraffic>>()));
        services.AddSingleton(provider => new GeminiChatClient(
            Http(provider), Options(provider), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<GeminiTraffic>()));
        services.AddSingleton(provider => new GeminiImageGenerator(
            Http(provider), Options(provider), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<GeminiTraffic>()));
        return services;
    }

    private static SocketsHttpHandler Connections() => new()
    {
        // A redirect would carry the key to another address.
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = System.Net.DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    private static HttpClient Http(IServiceProvider provider) => provider.GetRequiredService<IHttpClientFactory>().CreateClient(HttpClientName);

    private static GeminiOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<GeminiOptions>>().Value;
}

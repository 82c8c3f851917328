using Microsoft.Extensions.Http.Resilience;

namespace Janus.Web.Api;

/// <summary>Wires the pages to the API.</summary>
internal static class ApiServices
{
    private static readonly Uri Api = new("https+http://apiservice");
    private static readonly TimeSpan LongLimit = TimeSpan.FromMinutes(3);

    public static IServiceCollection AddJanusApi(this IServiceCollection services)
    {
        // Above the API's own 20 s lock budget, so that a busy database is its answer to give.
        services.AddHttpClient(JanusApi.Reads, client => client.BaseAddress = Api).AddStandardResilienceHandler(options =>
        {
#pragma warning disable EXTEXP0001 // Marked experimental in the package; the alternative is to resend what costs money.
            options.Retry.DisableForUnsafeHttpMethods();
#pragma warning restore EXTEXP0001
            // Somebody is looking at the page: a service that is being started again answers within a second or two, or says that it does not.
            options.Retry.Delay = TimeSpan.FromMilliseconds(200);
            options.AttemptTimeout.Timeout = TimeSpan.FromSeconds(25);
            options.TotalRequestTimeout.Timeout = TimeSpan.FromSeconds(60);
            options.CircuitBreaker.SamplingDuration = TimeSpan.FromSeconds(60);
        });
        services.AddHttpClient(JanusApi.Long, client => (client.BaseAddress, client.Timeout) = (Api, LongLimit));
        services.AddHttpClient(JanusApi.Streams, client => (client.BaseAddress, client.Timeout) = (Api, Timeout.InfiniteTimeSpan));
        return services.AddSingleton<ApiConnection>().AddScoped<JanusApi>();
    }
}

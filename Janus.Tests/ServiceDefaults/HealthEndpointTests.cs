using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Janus.Tests.ServiceDefaults;

public sealed class HealthEndpointTests
{
    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    public async Task A_service_answers_in_production_too(string path)
    {
        await using var service = await LoopbackService.StartAsync(builder => builder.AddServiceDefaults(), app => app.MapDefaultEndpoints());

        var response = await service.Client.GetAsync(new Uri(path, UriKind.Relative));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync()).ShouldBe("Healthy");
    }

    [Fact]
    public async Task A_service_that_is_not_ready_is_alive_all_the_same()
    {
        await using var service = await LoopbackService.StartAsync(
            builder => builder.AddServiceDefaults().Services.AddHealthChecks().AddCheck("database", () => HealthCheckResult.Unhealthy()),
            app => app.MapDefaultEndpoints());

        (await service.Client.GetAsync(new Uri("/health", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await service.Client.GetAsync(new Uri("/alive", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}

using Janus.Tests.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Janus.Tests.LimitedFeed;

/// <summary>What Janus expects of Microsoft.Extensions.ServiceDiscovery, whether the package or its stand-in provides it.</summary>
public sealed class ServiceDiscoveryTests
{
    [Theory]
    [InlineData("http://apiservice")]
    [InlineData("https+http://apiservice")]
    public async Task A_service_is_found_by_its_name(string address)
    {
        await using var service = await EchoAsync();
        using var services = ServicesWith(("services:apiservice:http:0", service.Address.ToString()));
        var client = ClientOf(services, address);

        (await client.GetStringAsync(new Uri("/a%20b/c?d=e%2Ff&g=", UriKind.Relative))).ShouldBe("/a%20b/c?d=e%2Ff&g=");
    }

    [Fact]
    public async Task The_request_keeps_the_address_that_it_was_made_with()
    {
        await using var service = await EchoAsync();
        using var services = ServicesWith(("services:apiservice:http:0", service.Address.ToString()));
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://apiservice/here");

        (await ClientOf(services, "http://apiservice").SendAsync(request)).EnsureSuccessStatusCode();

        request.RequestUri.ShouldBe(new Uri("http://apiservice/here"));
    }

    [Fact]
    public async Task A_host_that_is_not_configured_is_left_as_it_is()
    {
        await using var service = await EchoAsync();
        using var services = ServicesWith(("services:apiservice:http:0", "http://192.0.2.1"));

        (await ClientOf(services, service.Address.ToString()).GetStringAsync(new Uri("/here", UriKind.Relative))).ShouldBe("/here");
    }

    [Fact]
    public async Task Several_addresses_of_one_service_take_turns()
    {
        await using var first = await LoopbackService.StartAsync(_ => { }, app => app.MapGet("/", () => "first"));
        await using var second = await LoopbackService.StartAsync(_ => { }, app => app.MapGet("/", () => "second"));
        using var services = ServicesWith(
            ("services:apiservice:http:0", first.Address.ToString()), ("services:apiservice:http:1", second.Address.ToString()));
        var client = ClientOf(services, "http://apiservice");

        string[] answers = [await client.GetStringAsync(new Uri("/", UriKind.Relative)), await client.GetStringAsync(new Uri("/", UriKind.Relative))];

        answers.ShouldBe(["first", "second"], ignoreOrder: true);
    }

    private static Task<LoopbackService> EchoAsync() => LoopbackService.StartAsync(
        _ => { }, app => app.MapFallback((HttpRequest request) => request.GetEncodedPathAndQuery()));

    private static ServiceProvider ServicesWith(params (string Key, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value))
            .Build());
        services.AddServiceDiscovery();
        services.ConfigureHttpClientDefaults(http => http.AddServiceDiscovery());
        return services.BuildServiceProvider();
    }

    private static HttpClient ClientOf(ServiceProvider services, string address)
    {
        var client = services.GetRequiredService<IHttpClientFactory>().CreateClient();
        client.BaseAddress = new Uri(address);
        return client;
    }
}

using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Janus.Tests.LimitedFeed;

/// <summary>What Janus expects of Microsoft.Extensions.Http.Resilience, whether the package or its stand-in provides it.</summary>
public sealed class ResilienceTests
{
    [Fact]
    public async Task A_read_that_met_a_busy_server_is_sent_again()
    {
        var server = new ScriptedServer(HttpStatusCode.ServiceUnavailable, HttpStatusCode.TooManyRequests, HttpStatusCode.OK);

        var response = await ClientOf(server).GetAsync(new Uri("http://server/"));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        server.Calls.ShouldBe(3);
    }

    [Fact]
    public async Task A_read_is_given_up_after_three_retries()
    {
        var server = new ScriptedServer(HttpStatusCode.ServiceUnavailable);

        var response = await ClientOf(server).GetAsync(new Uri("http://server/"));

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        server.Calls.ShouldBe(4);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task A_write_is_never_sent_again(string method)
    {
        var refusing = new ScriptedServer(HttpStatusCode.ServiceUnavailable);
        var absent = new ScriptedServer { Failure = new HttpRequestException("Nobody listens.") };

        using var first = new HttpRequestMessage(new HttpMethod(method), "http://server/");
        (await ClientOf(refusing).SendAsync(first)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        using var second = new HttpRequestMessage(new HttpMethod(method), "http://server/");
        await Should.ThrowAsync<HttpRequestException>(() => ClientOf(absent).SendAsync(second));

        refusing.Calls.ShouldBe(1);
        absent.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task A_refusal_is_an_answer_and_not_a_reason_to_ask_again()
    {
        var server = new ScriptedServer(HttpStatusCode.Conflict);

        await ClientOf(server).GetAsync(new Uri("http://server/"));

        server.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task An_attempt_without_an_answer_ends_at_its_time_out()
    {
        var server = new ScriptedServer { NeverAnswers = true };

        await Should.ThrowAsync<TimeoutRejectedException>(() => ClientOf(server, options =>
        {
            options.AttemptTimeout.Timeout = TimeSpan.FromMilliseconds(20);
            options.Retry.MaxRetryAttempts = 1;
        }).GetAsync(new Uri("http://server/")));

        server.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task The_circuit_belongs_to_the_client_and_not_to_one_of_its_handlers()
    {
        var server = new ScriptedServer(HttpStatusCode.ServiceUnavailable);
        using var services = ServicesOf(server, options => options.CircuitBreaker.MinimumThroughput = 2).BuildServiceProvider();
        var clients = services.GetRequiredService<IHttpClientFactory>();

        await Should.ThrowAsync<BrokenCircuitException>(() => clients.CreateClient("api").GetAsync(new Uri("http://server/")));
        await Should.ThrowAsync<BrokenCircuitException>(() => clients.CreateClient("api").GetAsync(new Uri("http://server/")));

        server.Calls.ShouldBe(2);
    }

    [Theory]
    [InlineData(25, 120, 30)]
    [InlineData(25, 20, 60)]
    public async Task Time_outs_that_contradict_each_other_stop_the_host_at_its_start(int attempt, int total, int sampling)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddHttpClient("api").AddStandardResilienceHandler(options =>
        {
            options.AttemptTimeout.Timeout = TimeSpan.FromSeconds(attempt);
            options.TotalRequestTimeout.Timeout = TimeSpan.FromSeconds(total);
            options.CircuitBreaker.SamplingDuration = TimeSpan.FromSeconds(sampling);
        });
        using var host = builder.Build();

        await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
    }

    private static HttpClient ClientOf(ScriptedServer server, Action<HttpStandardResilienceOptions>? configure = null) =>
        ServicesOf(server, configure).BuildServiceProvider().GetRequiredService<IHttpClientFactory>().CreateClient("api");

    private static ServiceCollection ServicesOf(ScriptedServer server, Action<HttpStandardResilienceOptions>? configure)
    {
        var services = new ServiceCollection();
        services.AddHttpClient("api")
            .ConfigurePrimaryHttpMessageHandler(() => server)
            .AddStandardResilienceHandler(options =>
            {
                options.Retry.Delay = TimeSpan.Zero;
#pragma warning disable EXTEXP0001 // The one way to keep writes out of retries; the package still calls it experimental.
                options.Retry.DisableForUnsafeHttpMethods();
#pragma warning restore EXTEXP0001
                configure?.Invoke(options);
            });
        return services;
    }

    /// <summary>Answers with its statuses in turn, the last one for ever.</summary>
    private sealed class ScriptedServer(params HttpStatusCode[] statuses) : HttpMessageHandler
    {
        private int _calls;

        public int Calls => _calls;

        public HttpRequestException? Failure { get; init; }

        public bool NeverAnswers { get; init; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var call = Interlocked.Increment(ref _calls);
            if (Failure is not null)
                throw Failure;
            if (NeverAnswers)
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return new HttpResponseMessage(statuses[Math.Min(call, statuses.Length) - 1]) { RequestMessage = request };
        }
    }
}

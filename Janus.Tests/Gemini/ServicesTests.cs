using System.Collections.Concurrent;
using System.Diagnostics;
using Janus.Gemini;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Janus.Tests.Gemini;

public class ServicesTests
{
    [Fact]
    public async Task The_section_Gemini_configures_both_clients()
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Text("Bread."));
        await using var services = Services(gemini, ("TextModel", "gemini-mine"), ("Retry:QuotaLongestDelay", "00:00:05"));

        var response = await services.GetRequiredService<GeminiChatClient>().GetResponseAsync("Write a post.");

        response.Text.ShouldBe("Bread.");
        gemini.Requests[0].PathAndQuery.ShouldBe("/v1beta/models/gemini-mine:generateContent");
        gemini.Requests[0].Headers["x-goog-api-key"].ShouldBe(FakeGemini.Key);
        services.GetRequiredService<IOptions<GeminiOptions>>().Value.Retry.QuotaLongestDelay.ShouldBe(TimeSpan.FromSeconds(5));
        services.GetRequiredService<GeminiImageGenerator>().ShouldBeSameAs(services.GetRequiredService<GeminiImageGenerator>());
        services.GetService<IChatClient>().ShouldBeNull();
    }

    [Theory]
    [InlineData("Endpoint", "gemini")]
    [InlineData("Endpoint", "/v1beta")]
    [InlineData("Endpoint", "ftp://gemini.example")]
    [InlineData("Endpoint", "https://gemini.example?key=x")]
    [InlineData("Endpoint", "https://somebody@gemini.example")]
    [InlineData("TextModel", " ")]
    [InlineData("ImageModel", "")]
    [InlineData("Timeout", "00:00:00")]
    [InlineData("MaxResponseBytes", "0")]
    [InlineData("MaxPictureBytes", "-1")]
    [InlineData("Retry:OverloadedAttempts", "0")]
    [InlineData("Retry:OverloadedDelayFactor", "0.5")]
    [InlineData("Retry:OverloadedFirstDelay", "-00:00:01")]
    [InlineData("Retry:OverloadedLongestDelay", "99.00:00:00")]
    [InlineData("Retry:QuotaLongestDelay", "-00:00:01")]
    [InlineData("Retry:QuotaResends", "-1")]
    public async Task An_option_that_cannot_be_used_is_refused_by_its_name(string key, string value)
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Text("Bread."));
        await using var services = Services(gemini, (key, value));

        Should.Throw<OptionsValidationException>(services.GetRequiredService<GeminiChatClient>).Message.ShouldContain($"Gemini:{key}");
        Should.Throw<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate);
    }

    [Fact]
    public async Task A_handler_that_resends_for_every_client_of_the_host_does_not_reach_Gemini()
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Error(500, "INTERNAL"));
        await using var services = Services(gemini, collection => collection.ConfigureHttpClientDefaults(
            client => client.AddHttpMessageHandler(() => new SendEverythingTwice())));

        await Should.ThrowAsync<GeminiException>(services.GetRequiredService<GeminiChatClient>().GetResponseAsync("Write a post."));

        gemini.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_key_follows_no_redirect()
    {
        await using var elsewhere = await FakeGemini.StartAsync(Reply.Text("Stolen."));
        await using var gemini = await FakeGemini.StartAsync(Reply.Raw("", "text/plain", 307, ("Location", elsewhere.Address.ToString())));
        await using var services = Services(gemini);

        var failure = await Should.ThrowAsync<GeminiException>(services.GetRequiredService<GeminiChatClient>().GetResponseAsync("Write a post."));

        failure.Kind.ShouldBe(GeminiFailureKind.Malformed);
        elsewhere.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Neither_logs_nor_spans_carry_the_key_or_the_prompt()
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Text("Bread."));
        using var log = new KeptLog();
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "System.Net.Http",
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var services = Services(
            gemini, collection => collection.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log)));

        await services.GetRequiredService<GeminiChatClient>().GetResponseAsync(FakeGemini.Prompt);

        log.Lines.ShouldContain(line => line.Contains(":generateContent", StringComparison.Ordinal));
        string[] told = [.. log.Lines, .. spans.SelectMany(span => span.TagObjects).Select(tag => $"{tag.Key}={tag.Value}")];
        told.ShouldNotContain(line => line.Contains(FakeGemini.Key, StringComparison.Ordinal));
        told.ShouldNotContain(line => line.Contains(FakeGemini.Prompt, StringComparison.Ordinal));
    }

    private static ServiceProvider Services(FakeGemini gemini, params (string Key, string Value)[] settings) => Services(gemini, _ => { }, settings);

    private static ServiceProvider Services(FakeGemini gemini, Action<IServiceCollection> more, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Gemini:ApiKey", FakeGemini.Key), new("Gemini:Endpoint", gemini.Address.ToString())])
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>($"Gemini:{setting.Key}", setting.Value)))
            .Build();
        var services = new ServiceCollection().AddGemini(configuration);
        more(services);
        return services.BuildServiceProvider();
    }

    private sealed class SendEverythingTwice : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var first = await base.SendAsync(request, cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class KeptLog : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> lines = new();

        public IReadOnlyList<string> Lines => [.. lines];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            lines.Enqueue($"{state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}

#pragma warning disable MEAI001 // IImageGenerator is marked experimental; the pictures of Gemini are tested through it.
using System.Collections.Concurrent;
using System.Text.Json;
using Janus.Gemini;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Janus.Tests.Gemini;

/// <summary>What came over the wire.</summary>
internal sealed record ReceivedRequest(string Method, string PathAndQuery, IReadOnlyDictionary<string, string> Headers, string Text)
{
    public JsonElement Json => JsonElement.Parse(Text);
}

/// <summary>A real HTTP server on loopback that answers as scripted, one reply per request; the last reply serves all further requests.</summary>
internal sealed class FakeGemini : IAsyncDisposable
{
    public const string Key = "test-key-that-nobody-may-see";
    public const string Prompt = "A prompt that nobody may see";

    private readonly WebApplication server;
    // Whoever works behind a proxy has it in the environment; loopback is not reached through it.
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly ConcurrentQueue<ReceivedRequest> requests = new();
    private readonly ConcurrentQueue<Reply> script;
    private readonly TaskCompletionSource firstRequest = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FakeGemini(WebApplication server, IEnumerable<Reply> script)
    {
        this.server = server;
        this.script = new(script);
    }

    public Uri Address => new(server.Urls.Single());

    public IReadOnlyList<ReceivedRequest> Requests => [.. requests];

    /// <summary>Completes when a request has come, a reply to it not yet being sent.</summary>
    public Task FirstRequest => firstRequest.Task;

    /// <summary>The clock of the clients: waits are over at once, the time limit when a test says so.</summary>
    public HurriedTime Time { get; } = new();

    public GeminiOptions Options => field ??= new() { ApiKey = Key, Endpoint = Address };

    public GeminiChatClient Text => field ??= new(http, Options, Time);

    public GeminiImageGenerator Pictures => field ??= new(http, Options, Time);

    /// <summary>A client with a clock and a traffic of the test's own.</summary>
    public GeminiChatClient TextWith(TimeProvider time, GeminiTraffic traffic) => new(http, Options, time, traffic);

    public static async Task<FakeGemini> StartAsync(params IEnumerable<Reply> script)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var gemini = new FakeGemini(builder.Build(), script);
        gemini.server.Run(gemini.AnswerAsync);
        await gemini.server.StartAsync();
        return gemini;
    }

    /// <summary>Asks for "text" or for a "picture" with <see cref="Prompt"/>.</summary>
    public Task AskAsync(string what, CancellationToken cancellationToken = default) => what == "picture"
        ? Pictures.GenerateAsync(new ImageGenerationRequest(Prompt), cancellationToken: cancellationToken)
        : Text.GetResponseAsync(Prompt, cancellationToken: cancellationToken);

    /// <summary>Asks and expects to fail, with a message that gives nothing away.</summary>
    public async Task<GeminiException> FailAsync(string what)
    {
        var failure = await Should.ThrowAsync<GeminiException>(AskAsync(what));
        failure.ToString().ShouldNotContain(Key);
        failure.ToString().ShouldNotContain(Prompt);
        failure.ToString().ShouldNotContain(Reply.Secret);
        return failure;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (!script.TryDequeue(out var reply)) throw new InvalidOperationException("The script has no reply.");
        if (script.IsEmpty) script.Enqueue(reply);

        if (reply.ReadsRequest)
        {
            using var reader = new StreamReader(context.Request.Body);
            requests.Enqueue(new ReceivedRequest(
                context.Request.Method,
                context.Request.Path + context.Request.QueryString,
                context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                await reader.ReadToEndAsync(context.RequestAborted)));
        }

        firstRequest.TrySetResult();
        await reply.Answer(context);
    }
}

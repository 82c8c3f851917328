using System.Net;
using System.Text.Json;
using Janus.DevTools.FakeGemini.Http;
using Janus.DevTools.FakeGemini.Script;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Janus.DevTools.FakeGemini;

/// <summary>
/// A server on loopback that follows Gemini's REST protocol (v1beta) strictly: what the protocol does not know is refused, what is asked well is
/// answered as the real service would, and a script says what goes wrong.
/// </summary>
internal sealed class FakeGeminiServer : IAsyncDisposable
{
    // A script is typed by people.
    private const int LongestScript = 100_000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly WebApplication _app;
    private readonly int _seed;
    private ScriptRun _script;

    private FakeGeminiServer(WebApplication app, FakeServerOptions options)
    {
        _app = app;
        _seed = options.Seed;
        _script = new ScriptRun(ScriptParser.Parse(options.Script), _seed);
        Journal = new Journal(options.Time);
    }

    /// <summary>Where it listens, without a path: the value of <c>Gemini:Endpoint</c>.</summary>
    public Uri Address => new(_app.Urls.Single());

    /// <summary>What was asked and how it was answered.</summary>
    public Journal Journal { get; }

    /// <summary>Starts listening.</summary>
    /// <exception cref="ScriptException">The script makes no sense.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<FakeGeminiServer> StartAsync(FakeServerOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        // Nothing of the surroundings: no settings files, no variables that would move the address.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, options.Port);
            // The fake has a limit of its own, which it answers as the service does.
            kestrel.Limits.MaxRequestBodySize = null;
        });
        var app = builder.Build();
        try
        {
            var server = new FakeGeminiServer(app, options);
            server.Map(options);
            await app.StartAsync(cancellationToken);
            return server;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Replaces the script; nothing of the one before is played any more.</summary>
    /// <exception cref="ScriptException">It makes no sense; the one before goes on.</exception>
    public void Play(string script) => Volatile.Write(ref _script, new ScriptRun(ScriptParser.Parse(script), _seed));

    /// <summary>Stops at once; what is under way breaks off.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    private void Map(FakeServerOptions options)
    {
        var models = new ModelsEndpoint(options, Journal);
        var generate = new GenerateEndpoint(options, () => Volatile.Read(ref _script), Journal, _app.Lifetime.ApplicationStopping);
        _app.MapGet("/v1beta/models", (RequestDelegate)models.ListAsync);
        _app.MapGet("/v1beta/models/{model}", (RequestDelegate)(context => models.GetAsync(context, Last(context, "model"))));
        _app.MapPost("/v1beta/models/{call}", (RequestDelegate)(context => generate.AnswerAsync(context, Last(context, "call"))));
        _app.MapPut("/fake/script", (RequestDelegate)PutScriptAsync);
        _app.MapGet("/fake/journal", (RequestDelegate)(context => context.Response.WriteAsJsonAsync(Journal.Read(), Json, context.RequestAborted)));
        _app.MapDelete("/fake/journal", (RequestDelegate)(context =>
        {
            Journal.Clear();
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }));
        _app.MapFallback("{*address}", (RequestDelegate)models.RefuseAsync);
    }

    private static string Last(HttpContext context, string name) => (string)context.Request.RouteValues[name]!;

    private async Task PutScriptAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var buffer = new char[LongestScript + 1];
        var length = await reader.ReadBlockAsync(buffer, context.RequestAborted);
        try
        {
            Play(length <= LongestScript ? new string(buffer, 0, length) : throw new ScriptException($"A script has at most {LongestScript} characters."));
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (ScriptException wrong)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync(wrong.Message + "\n", context.RequestAborted);
        }
    }
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Janus.Tests.DevTools;

/// <summary>An API that plans one campaign and plays the events it was given. It is real HTTP on a free port.</summary>
internal sealed class ScriptedApi : IAsyncDisposable
{
    public const string CampaignId = "c_0123456789ABCDEFGHIJKL";

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string?> _resumedAfter = new();
    private readonly ConcurrentQueue<string?> _shown = new();
    private int _connections;

    private ScriptedApi(WebApplication app) => _app = app;

    /// <summary>The events, in the order of sending.</summary>
    public required IReadOnlyList<ScriptedEvent> Events { get; init; }

    /// <summary>The first connections end after so many events each, or are refused when that is none; those after them go on to the end.</summary>
    public IReadOnlyList<int> BreakAfter { get; init; } = [];

    /// <summary>Whether the stream stays open after its last event.</summary>
    public bool StaysOpen { get; init; } = true;

    /// <summary>The picture of the second variant.</summary>
    public string? AssetOfB { get; init; } = "/media/b.png";

    /// <summary>Whether posts are ready.</summary>
    public bool AssetsReady { get; init; } = true;

    /// <summary>The Last-Event-ID of each connection.</summary>
    public IReadOnlyList<string?> ResumedAfter => [.. _resumedAfter];

    /// <summary>What each request showed as its Authorization.</summary>
    public IReadOnlyList<string?> Shown => [.. _shown];

    /// <summary>Where it listens.</summary>
    public string Address => _app.Urls.Single();

    public static async Task<ScriptedApi> StartAsync(Func<WebApplication, ScriptedApi> script)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var api = script(builder.Build());
        api.Map();
        await api._app.StartAsync();
        return api;
    }

    public static Func<WebApplication, ScriptedApi> Script(
        IReadOnlyList<ScriptedEvent> events, int[]? breakAfter = null, string? assetOfB = "/media/b.png", bool assetsReady = true, bool staysOpen = true) =>
        app => new ScriptedApi(app)
        {
            Events = events,
            BreakAfter = breakAfter ?? [],
            AssetOfB = assetOfB,
            AssetsReady = assetsReady,
            StaysOpen = staysOpen,
        };

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private void Map()
    {
        _app.Use(next => context =>
        {
            _shown.Enqueue(context.Request.Headers.Authorization);
            return next(context);
        });
        _app.MapPost("/api/strategy/plan/", async (HttpContext context) =>
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
            return body.RootElement.TryGetProperty("product_description", out _) && body.RootElement.TryGetProperty("gtm_goals", out _)
                ? Results.Text($$"""{"success":true,"campaign_id":"{{CampaignId}}"}""", "application/json", statusCode: 201)
                : Results.Problem("Not snake case.", statusCode: 400);
        });
        _app.MapGet("/api/campaigns/{id}/events", SendEventsAsync);
        _app.MapGet("/api/nodesJson/", () => Results.Text(
            $$"""
            {"diagram":[{"pk":7,"title":"Teaser","assets_ready":{{(AssetsReady ? "true" : "false")}}}],
             "metrics":{},"campaign":{"campaign_id":"{{CampaignId}}","phase":"scheduled"},"post_metrics":[]}
            """,
            "application/json"));
        _app.MapGet("/getVariants/", (int pk) => Results.Text(
            $$"""
            {"variants":[{"variant_id":"A","content":"Text A of {{pk}}","asset":"/media/a.png"},
                         {"variant_id":"B","content":"Text B of {{pk}}","asset":{{JsonSerializer.Serialize(AssetOfB)}}}]}
            """,
            "application/json"));
    }

    private async Task SendEventsAsync(HttpContext context)
    {
        _resumedAfter.Enqueue(context.Request.Headers["Last-Event-ID"]);
        var after = long.Parse(context.Request.Headers["Last-Event-ID"].ToString(), CultureInfo.InvariantCulture);
        var connection = _connections++;
        var left = connection < BreakAfter.Count ? BreakAfter[connection] : int.MaxValue;
        if (left == 0)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        context.Response.ContentType = "text/event-stream";
        await context.Response.WriteAsync(": hello\n\n");
        foreach (var entry in Events.Where(entry => entry.Version > after))
        {
            if (left-- == 0)
                return;
            await context.Response.WriteAsync(entry.ToText());
        }

        await context.Response.Body.FlushAsync();
        if (StaysOpen)
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
    }
}

/// <summary>An event as the feed sends it.</summary>
internal sealed record ScriptedEvent(long Version, string Kind, string Data)
{
    public static ScriptedEvent Planned(long version) => new(version, "campaign_planned", """{"posts":1,"connections":0,"parts":3}""");

    public static ScriptedEvent Moved(long version, string from, string to, string? reason = null) =>
        new(version, "phase_changed", JsonSerializer.Serialize(new { from, to, cause = "said", reason }));

    public static ScriptedEvent Done(long version, int done, int failed = 0) =>
        new(version, failed > 0 ? "step_dead" : "step_done", $$"""{"post_pk":7,"kind":"text","progress":{"done":{{done}},"total":3,"failed":{{failed}} } }""");

    public static ScriptedEvent Started(long version) => new(version, "step_started", """{"post_pk":7,"kind":"text","variant":"AB","attempt":1}""");

    public string ToText() =>
        $"id: {Version}\nevent: {Kind}\ndata: {{\"version\":{Version},\"kind\":\"{Kind}\",\"at\":\"2026-03-02T09:00:00Z\","
        + $"\"campaign_id\":\"{ScriptedApi.CampaignId}\",\"trace_id\":null,\"data\":{Data}}}\n\n";
}

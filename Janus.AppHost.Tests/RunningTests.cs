using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace Janus.AppHost.Tests;

/// <summary>The whole of Janus under Aspire: real processes behind Aspire's own proxies.</summary>
public sealed class RunningTests
{
    // Enough for a start on a busy machine.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    // Nobody listens there: what these services record is for nobody's dashboard.
    private const string Dashboard = "http://127.0.0.1:9";

    [Fact]
    public async Task Every_service_comes_up_and_a_campaign_is_planned_made_and_scheduled()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        // Two APIs behind one address: events reach a reader whichever of them planned the campaign.
        await using var model = await ModelUnderTest.BuildAsync("JANUS_API_REPLICAS=2", $"ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL={Dashboard}");
        await using var janus = await model.Builder.BuildAsync(limit.Token);
        await janus.StartAsync(limit.Token);

        foreach (var service in new[] { Topology.Api, Topology.Worker, Topology.Web })
        {
            var healthy = await janus.ResourceNotifications.WaitForResourceHealthyAsync(service, WaitBehavior.StopOnResourceUnavailable, limit.Token);
            var environment = healthy.Snapshot.EnvironmentVariables.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal);
            environment["OTEL_SERVICE_NAME"].ShouldBe(service);
            environment["OTEL_EXPORTER_OTLP_ENDPOINT"].ShouldBe(Dashboard);
        }

        (await janus.ResourceNotifications.WaitForResourceAsync(Topology.Migrations, KnownResourceStates.TerminalStates, limit.Token)).ShouldBe(KnownResourceStates.Finished);

        using var api = janus.CreateHttpClient(Topology.Api, Topology.Endpoint);
        var campaign = await PlanAsync(api, limit.Token);
        (await PhasesAsync(api, campaign, limit.Token)).ShouldBe(["content_creation", "scheduled"]);

        using var web = janus.CreateHttpClient(Topology.Web, Topology.Endpoint);
        (await web.GetStringAsync(new Uri("/", UriKind.Relative), limit.Token)).ShouldContain(campaign);
        var addresses = await File.ReadAllTextAsync(Path.Combine(model.DataDirectory, "run", "addresses.json"), limit.Token);
        addresses.ShouldContain(web.BaseAddress!.GetLeftPart(UriPartial.Authority));
        addresses.ShouldContain(api.BaseAddress!.GetLeftPart(UriPartial.Authority));

        await janus.StopAsync(limit.Token);
        Directory.EnumerateFiles(Path.Combine(model.DataDirectory, "run")).Select(Path.GetFileName).ShouldBe(["localhost.lock"]);
    }

    private static async Task<string> PlanAsync(HttpClient api, CancellationToken cancellationToken)
    {
        var planned = await api.PostAsJsonAsync(
            new Uri("/api/strategy/plan/", UriKind.Relative),
            new { product_description = "A quiet espresso machine for small kitchens", gtm_goals = "Win 500 preorders before March" },
            cancellationToken);
        planned.EnsureSuccessStatusCode();
        return (await planned.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("campaign_id").GetString()!;
    }

    /// <summary>The phases that a campaign moves to, up to scheduled, as its event stream tells them.</summary>
    private static async Task<List<string?>> PhasesAsync(HttpClient api, string campaign, CancellationToken cancellationToken)
    {
        var phases = new List<string?>();
        await using var stream = await api.GetStreamAsync(new Uri($"/api/campaigns/{campaign}/events", UriKind.Relative), cancellationToken);
        await foreach (var entry in SseParser.Create(stream).EnumerateAsync(cancellationToken))
        {
            if (entry.EventType != "phase_changed")
                continue;
            using var data = JsonDocument.Parse(entry.Data);
            phases.Add(data.RootElement.GetProperty("data").GetProperty("to").GetString());
            if (phases[^1] == "scheduled")
                break;
        }

        return phases;
    }
}

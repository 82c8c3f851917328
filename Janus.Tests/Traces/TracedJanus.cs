using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Janus.DevTools.Traces.Receiving;
using Janus.Tests.Hosting;
using Janus.Tests.Systems;

namespace Janus.Tests.Traces;

/// <summary>A whole Janus in processes of its own, whose telemetry comes here.</summary>
internal sealed class TracedJanus : IAsyncDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(40) };

    private TracedJanus(TraceReceiver receiver, RunningJanus janus)
    {
        (Receiver, Processes) = (receiver, janus);
        Marketer = new Marketer(() => Processes);
    }

    public TraceReceiver Receiver { get; }

    public RunningJanus Processes { get; }

    public Marketer Marketer { get; }

    public static CancellationToken Limit => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    public static async Task<TracedJanus> StartAsync(bool grpc, params (string Name, string Value)[] settings)
    {
        var receiver = await TraceReceiver.StartAsync(new TraceReceiverOptions { KeepBodies = true }, CancellationToken.None);
        try
        {
            return new TracedJanus(receiver, await RunningJanus.StartReadyAsync(environment: Settings.With(
            [
                ("OTEL_EXPORTER_OTLP_ENDPOINT", (grpc ? receiver.GrpcAddress : receiver.HttpAddress).AbsoluteUri),
                ("OTEL_EXPORTER_OTLP_PROTOCOL", grpc ? "grpc" : "http/protobuf"),
                ("OTEL_METRIC_EXPORT_INTERVAL", "500"),
                .. settings,
            ])));
        }
        catch
        {
            await receiver.DisposeAsync();
            throw;
        }
    }

    /// <summary>Plans a campaign from every field of a brief.</summary>
    /// <returns>Its public id.</returns>
    public async Task<string> PlanAsync(object brief)
    {
        using var response = await _http.PostAsJsonAsync(new Uri(Processes.Api, "/api/strategy/plan/"), brief);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("campaign_id").GetString()!;
    }

    /// <summary>The campaign's log, oldest first.</summary>
    public async Task<IReadOnlyList<JsonElement>> EventsAsync(string campaign)
    {
        var log = await _http.GetFromJsonAsync<JsonElement>(new Uri(Processes.Api, $"/api/campaigns/{campaign}/log?limit=500"));
        return [.. log.GetProperty("events").EnumerateArray().Reverse()];
    }

    /// <summary>Stops every process, so that nothing is left in their queues, and gives the spans of a campaign's trace.</summary>
    public async Task<IReadOnlyList<ReceivedSpan>> StopAndReadAsync(string campaign)
    {
        Processes.RequestStop();
        (await Processes.WaitForExitAsync(TimeSpan.FromSeconds(30))).ShouldBe(0);
        var sent = Receiver.Spans.Single(span => span.Name == "send generation_steps" && span.Text("janus.campaign.id") == campaign);
        return Receiver.Received.SpansOf(sent.TraceId);
    }

    public async ValueTask DisposeAsync()
    {
        Marketer.Dispose();
        _http.Dispose();
        await Processes.DisposeAsync();
        await Receiver.DisposeAsync();
    }
}

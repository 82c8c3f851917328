using Janus.Campaigns.Planning;
using Janus.Campaigns.Reading;
using Janus.Campaigns.Storage;
using Janus.ContentWorker;
using Janus.Generation.Providers;
using Janus.Tests.Api;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Janus.Tests.Engine;

/// <summary>A whole worker, as its program wires it, on the folder of a <see cref="TestEngine"/>, without a port.</summary>
internal sealed class TestWorker : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly RecordedLogs _logs;

    private TestWorker(IHost host, RecordedLogs logs) => (_host, _logs) = (host, logs);

    public static async Task<TestWorker> StartAsync(
        TestEngine engine, Action<IServiceCollection>? replace = null, params IEnumerable<(string Key, string Value)> settings)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(engine.Store.Settings).AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Sample:TextLatency"] = "00:00:00",
            ["Sample:PictureLatency"] = "00:00:00",
            ["Janus:Steps:FirstBackoff"] = "00:00:00.010",
            ["Janus:Worker:StopGrace"] = "00:00:00.200",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value)));
        var logs = new RecordedLogs();
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning).AddProvider(logs));
        builder.Services.AddCampaignStorage(builder.Configuration).AddCommitWatcher();
        builder.Services.AddGeneration(builder.Configuration, isPlanner: false);
        builder.Services.AddContentWorker(builder.Configuration);
        replace?.Invoke(builder.Services);
        var host = builder.Build();
        await host.StartAsync();
        return new TestWorker(host, logs);
    }

    /// <summary>Waits, woken by commits, until the campaign is as it should be.</summary>
    /// <exception cref="TimeoutException">It is not within a minute. How it is then, and all that the worker has warned of, stands in the message.</exception>
    public async Task<CampaignGraph> UntilAsync(StoredCampaign campaign, Func<CampaignGraph, bool> reached)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var signal = _host.Services.GetRequiredService<CommitSignal>();
        var reader = _host.Services.GetRequiredService<CampaignReader>();
        CampaignGraph? graph = null;
        try
        {
            while (true)
            {
                var seen = signal.Number;
                graph = (await reader.GraphAsync(campaign.PublicId, limit.Token))!;
                if (reached(graph))
                    return graph;
                await signal.WaitAsync(seen, TimeSpan.FromSeconds(60), TimeProvider.System, limit.Token);
            }
        }
        catch (OperationCanceledException exception) when (limit.IsCancellationRequested)
        {
            var asItIs = graph is null ? "It was not read once." : $"{graph.Campaign.Phase} {graph.Parts}";
            throw new TimeoutException(string.Join(Environment.NewLine, _logs.Lines.Prepend(asItIs)), exception);
        }
    }

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}

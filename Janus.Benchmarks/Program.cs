using Janus.Benchmarks.Campaigns;
using Janus.Benchmarks.Engine;
using Janus.Benchmarks.Gemini;
using Janus.Benchmarks.Graph;
using Janus.Benchmarks.Pages;
using Janus.Benchmarks.Postgres;
using Janus.Benchmarks.Services;
using Janus.Benchmarks.Soak;
using Janus.Benchmarks.Telemetry;

var all = new Dictionary<string, Func<Task<int>>>(StringComparer.Ordinal)
{
    ["campaign"] = () => Done(CampaignTable.PrintAsync()),
    ["steps"] = () => Done(EngineTable.PrintAsync()),
    ["writes"] = () => Done(WriteLatencyTable.PrintAsync()),
    ["creation"] = () => Done(CreationTable.PrintAsync()),
    ["graph"] = () => Done(GraphTable.PrintAsync()),
    ["claim"] = () => Done(ClaimTable.PrintAsync()),
    ["gemini"] = GeminiTable.PrintAsync,
    ["postgres"] = () => Done(PostgresTables.PrintAsync()),
    ["pages"] = PagesTable.PrintAsync,
    ["telemetry"] = TelemetryTable.PrintAsync,
    ["services"] = ServicesTable.PrintAsync,
};
string[] engine = ["campaign", "steps", "writes", "creation", "graph", "claim"];

if (args is ["soak", .. var options])
    return await SoakTable.PrintAsync(options);

var asked = args is [] or ["engine"] ? engine : args;
if (asked.FirstOrDefault(name => !all.ContainsKey(name)) is { } unknown)
{
    await Console.Error.WriteLineAsync($"There is no '{unknown}': give some of {string.Join(", ", all.Keys)}, or soak [--minutes 15], or nothing for the engine's ({string.Join(", ", engine)}).");
    return 2;
}

var worst = 0;
foreach (var name in asked)
    worst = Math.Max(worst, await all[name]());
return worst;

static async Task<int> Done(Task table)
{
    await table;
    return 0;
}

using Janus.Campaigns.Storage;
using Janus.ContentWorker;
using Janus.Generation.Providers;

if (args is ["health"])
    return await ServiceHealth.AskAsync();

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddCampaignStorage(builder.Configuration).AddCommitWatcher();
builder.Services.AddGeneration(builder.Configuration, isPlanner: false);
builder.Services.AddContentWorker(builder.Configuration);

await using var app = builder.Build();
app.MapDefaultEndpoints();
return await app.RunOnCurrentDatabaseAsync();

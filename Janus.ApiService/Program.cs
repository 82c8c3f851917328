using Janus.ApiService.Campaigns;
using Janus.ApiService.Events;
using Janus.ApiService.Graph;
using Janus.ApiService.Http;
using Janus.ApiService.Media;
using Janus.ApiService.Planning;
using Janus.ApiService.Posts;
using Janus.ApiService.Status;
using Janus.Campaigns.Storage;
using Janus.Generation;
using Janus.Generation.Providers;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddHttpRules();
builder.Services.AddCampaignStorage(builder.Configuration).AddCommitWatcher();
builder.Services.AddGeneration(builder.Configuration);
builder.Services.AddSingleton<PlanAgent>(services => services.GetRequiredService<StrategyPlanner>().PlanAsync);
builder.Services.AddPlanning();
builder.Services.AddEventStreams();

var app = builder.Build();
if (args is ["migrate"])
    return await app.MigrateDatabaseAsync();

app.UseHttpRules();
app.MapDefaultEndpoints();
app.MapOpenApi();
app.MapPlanning();
app.MapGraph();
app.MapCampaigns();
app.MapPosts();
app.MapEvents();
app.MapMedia();
app.MapStatus();
return await app.RunOnCurrentDatabaseAsync();

using Janus.ApiService.Budget;
using Janus.ApiService.Campaigns;
using Janus.ApiService.Events;
using Janus.ApiService.Graph;
using Janus.ApiService.Http;
using Janus.ApiService.Media;
using Janus.ApiService.Operator;
using Janus.ApiService.Planning;
using Janus.ApiService.Posts;
using Janus.ApiService.Status;
using Janus.Campaigns.Storage;
using Janus.Generation.Providers;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddHttpRules();
builder.Services.AddCampaignStorage(builder.Configuration).AddCommitWatcher();
builder.Services.AddGeneration(builder.Configuration, isPlanner: true);
builder.Services.AddPlanning();
builder.Services.AddEventStreams();
builder.Services.AddStatus();
builder.Services.AddOperator();

var app = builder.Build();
if (args is ["migrate"])
    return await app.MigrateDatabaseAsync();

app.UseHttpRules();
app.MapDefaultEndpoints();
app.MapOpenApi();
app.MapPlanning();
app.MapFollowUps();
app.MapReplanning();
app.MapEstimate();
app.MapGraph();
app.MapCampaigns();
app.MapBudget();
app.MapPosts();
app.MapDecisions();
app.MapFaces();
app.MapTexts();
app.MapEvents();
app.MapLog();
app.MapMedia();
app.MapStatus();
app.MapOperator();
return await app.RunOnCurrentDatabaseAsync();

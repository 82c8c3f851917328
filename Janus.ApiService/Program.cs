using Janus.ApiService.Access;
using Janus.ApiService.Accounts;
using Janus.ApiService.Budget;
using Janus.ApiService.Campaigns;
using Janus.ApiService.Events;
using Janus.ApiService.Graph;
using Janus.ApiService.Http;
using Janus.ApiService.Media;
using Janus.ApiService.Operator;
using Janus.ApiService.Planning;
using Janus.ApiService.Posts;
using Janus.ApiService.Schedule;
using Janus.ApiService.Status;
using Janus.Campaigns.Storage;
using Janus.Generation.Providers;

if (args is ["health"])
    return await ServiceHealth.AskAsync();

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddHttpRules();
builder.AddCallers();
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
app.UseCallers();
app.MapDefaultEndpoints();
var api = app.MapGuarded();
api.MapOpenApi();
api.MapSignIn();
api.MapOwnAccount();
api.MapAccounts();
api.MapPlanning();
api.MapFollowUps();
api.MapReplanning();
api.MapEstimate();
api.MapGraph();
api.MapCampaigns();
api.MapBudget();
api.MapPosts();
api.MapDecisions();
api.MapFaces();
api.MapTexts();
api.MapSchedule();
api.MapPostTimes();
api.MapMetrics();
api.MapEvents();
api.MapLog();
api.MapMedia();
api.MapStatus();
app.MapOperator();
return await app.RunOnCurrentDatabaseAsync();

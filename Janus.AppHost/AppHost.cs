using Janus;

var builder = DistributedApplication.CreateBuilder(args);

var dataDirectory = Topology.DataDirectory(Path.Combine(builder.AppHostDirectory, ".."));
Directory.CreateDirectory(dataDirectory);

var geminiKey = builder.AddParameter(
    Topology.GeminiKeyParameter, () => builder.Configuration[$"Parameters:{Topology.GeminiKeyParameter}"] ?? "", secret: true);
var textModel = builder.AddParameter(Topology.TextModelParameter, Topology.DefaultTextModel, publishValueAsDefault: true);
var imageModel = builder.AddParameter(Topology.ImageModelParameter, Topology.DefaultImageModel, publishValueAsDefault: true);

var database = builder.AddConnectionString(
    Topology.Database, ReferenceExpression.Create($"Data Source={Path.Combine(dataDirectory, Topology.DatabaseFile)}"));

// The launch profile's address is the dashboard's.
var dashboard = builder.Configuration["ASPNETCORE_URLS"]?.Split(';')[0] ?? "";

// A developer reads prompts in the dashboard on this machine; nowhere else may they leave.
var captureContent = builder.Environment.EnvironmentName == "Development" ? "true" : "false";

var migrations = builder.AddProject<Projects.Janus_ApiService>(Topology.Migrations, launchProfileName: null)
    .WithArgs(Topology.MigrateArgument)
    .WithReference(database)
    .WithEnvironment(Topology.Variables.DataDirectory, dataDirectory);

var api = builder.AddProject<Projects.Janus_ApiService>(Topology.Api)
    .WithReference(database)
    .WithEnvironment(Topology.Variables.DataDirectory, dataDirectory)
    .WithEnvironment(Topology.Variables.GeminiKey, geminiKey)
    .WithEnvironment(Topology.Variables.TextModel, textModel)
    .WithEnvironment(Topology.Variables.ImageModel, imageModel)
    .WithEnvironment(Topology.Variables.CaptureContent, captureContent)
    .WithEnvironment(Topology.Variables.TracesUrl, dashboard)
    .WithHttpHealthCheck(Topology.HealthPath)
    .WaitForCompletion(migrations);

builder.AddProject<Projects.Janus_ContentWorker>(Topology.Worker)
    .WithReference(database)
    .WithEnvironment(Topology.Variables.DataDirectory, dataDirectory)
    .WithEnvironment(Topology.Variables.GeminiKey, geminiKey)
    .WithEnvironment(Topology.Variables.TextModel, textModel)
    .WithEnvironment(Topology.Variables.ImageModel, imageModel)
    .WithEnvironment(Topology.Variables.CaptureContent, captureContent)
    .WithHttpHealthCheck(Topology.HealthPath)
    .WaitForCompletion(migrations);

builder.AddProject<Projects.Janus_Web>(Topology.Web)
    .WithReference(api)
    .WithEnvironment(Topology.Variables.DataDirectory, dataDirectory)
    .WithHttpHealthCheck(Topology.HealthPath)
    .WithExternalHttpEndpoints()
    .WithUrlForEndpoint("http", url => url.DisplayText = "Campaigns")
    .WaitFor(api);

migrations.WithParentRelationship(api);

builder.Build().Run();

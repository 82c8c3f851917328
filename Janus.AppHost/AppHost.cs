using Janus;

var builder = DistributedApplication.CreateBuilder(args);

var start = builder.ReadHostStart();
var database = builder.AddJanusDatabase(start);
var models = builder.AddModels();
var signIn = builder.AddSignIn(start);

var migrations = builder.AddProject<Projects.Janus_ApiService>(Topology.Migrations, launchProfileName: null)
    .WithArgs(Topology.MigrateArgument)
    .WithStorage(database, start)
    .WaitFor(database);

var api = builder.AddProject<Projects.Janus_ApiService>(Topology.Api)
    .WithStorage(database, start)
    .WithModels(models)
    .WithSignIn(signIn)
    .WithReplicas(start.Settings.Apis)
    .WithPublicPort(start.ApiPort)
    .WithEnvironment(Topology.Variables.TracesUrl, builder.DashboardAddress())
    .WithOperatorCommands(start)
    .WithHttpHealthCheck(Topology.HealthPath)
    .WithApiUrls()
    .WaitForCompletion(migrations);

var worker = builder.AddProject<Projects.Janus_ContentWorker>(Topology.Worker)
    .WithStorage(database, start)
    .WithModels(models)
    .WithWorkerReplicas(start.Settings.Workers)
    .WithPublicPort(null)
    .WithHttpHealthCheck(Topology.HealthPath)
    .WaitForCompletion(migrations);

var web = builder.AddProject<Projects.Janus_Web>(Topology.Web)
    .WithReference(api)
    .WithSignIn(signIn)
    .WithEnvironment(Topology.Variables.DataDirectory, start.DataDirectory)
    .WithPublicPort(start.WebPort)
    .WithHttpHealthCheck(Topology.HealthPath)
    .WithExternalHttpEndpoints()
    .WithPageUrls()
    .WaitFor(api)
    .SayWhenReady(api, start);

migrations.WithParentRelationship(api);

builder.PublishContainers(start, models, new(migrations, api, worker, web));

builder.Build().Run();

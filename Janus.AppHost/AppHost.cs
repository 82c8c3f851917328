using Janus;

var builder = DistributedApplication.CreateBuilder(args);

var dataDirectory = builder.UseDataDirectory();
var database = builder.AddJanusDatabase(dataDirectory);
var models = builder.AddModels();

var migrations = builder.AddProject<Projects.Janus_ApiService>(Topology.Migrations, launchProfileName: null)
    .WithArgs(Topology.MigrateArgument)
    .WithStorage(database, dataDirectory);

var api = builder.AddProject<Projects.Janus_ApiService>(Topology.Api)
    .WithStorage(database, dataDirectory)
    .WithModels(models)
    .WithEnvironment(Topology.Variables.TracesUrl, builder.DashboardAddress())
    .WithOperatorCommands(builder)
    .WithHttpHealthCheck(Topology.HealthPath)
    .WithApiUrls()
    .WaitForCompletion(migrations);

builder.AddProject<Projects.Janus_ContentWorker>(Topology.Worker)
    .WithStorage(database, dataDirectory)
    .WithModels(models)
    .WithWorkerReplicas(builder.WorkerReplicas())
    .WithHttpHealthCheck(Topology.HealthPath)
    .WaitForCompletion(migrations);

builder.AddProject<Projects.Janus_Web>(Topology.Web)
    .WithReference(api)
    .WithEnvironment(Topology.Variables.DataDirectory, dataDirectory)
    .WithHttpHealthCheck(Topology.HealthPath)
    .WithExternalHttpEndpoints()
    .WithPageUrls()
    .WaitFor(api);

migrations.WithParentRelationship(api);

builder.Build().Run();

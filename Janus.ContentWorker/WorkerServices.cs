using Janus.Campaigns.Steps;
using Janus.ContentWorker.Running;
using Microsoft.Extensions.Options;

namespace Janus.ContentWorker;

/// <summary>Registers the worker.</summary>
internal static class WorkerServices
{
    public static IServiceCollection AddContentWorker(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<WorkerOptions>(configuration.GetSection(WorkerOptions.Section));
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<WorkerOptions>>().Value);
        services.AddSingleton<StepCosts>();
        services.AddSingleton<StepRunner>();
        services.AddSingleton<RunningSteps>();
        services.AddSingleton<ClockLeaps>();
        services.AddHostedService<DatabaseUpkeep>();
        services.AddHostedService<QueueGauges>();
        services.AddHostedService<MediaSweep>();
        services.AddHostedService<LeaseRenewal>();
        services.AddHostedService<Dispatcher>();
        // Running calls get their grace, then what is held is given back; the host must not give up before that.
        services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(25));
        return services;
    }
}

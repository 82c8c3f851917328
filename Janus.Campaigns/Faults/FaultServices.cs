using Janus.Campaigns.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Janus.Campaigns.Faults;

/// <summary>Registers the fault points.</summary>
internal static class FaultServices
{
    /// <summary>Adds them; what is armed is checked at start and refused outside Development.</summary>
    public static IServiceCollection AddFaultPoints(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<FaultOptions>()
            .Configure<StorageOptions>((options, storage) => (options.Plan, options.DataDirectory) = (configuration[FaultPoints.Key] ?? "", storage.DataDirectory))
            .Validate<IServiceProvider>(
                (options, provider) => options.Plan.Length == 0 || provider.GetService<IHostEnvironment>()?.IsDevelopment() == true,
                $"{FaultPoints.Key} works in Development only.")
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<FaultOptions>, FaultRules>();
        return services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<FaultOptions>>().Value;
            return FaultPoints.Read(options.Plan, options.DataDirectory);
        });
    }

    private sealed class FaultOptions
    {
        public string Plan { get; set; } = "";

        public string DataDirectory { get; set; } = "";
    }

    private sealed class FaultRules : IValidateOptions<FaultOptions>
    {
        public ValidateOptionsResult Validate(string? name, FaultOptions options)
        {
            try
            {
                FaultPoints.Read(options.Plan, options.DataDirectory);
                return ValidateOptionsResult.Success;
            }
            catch (FormatException nonsense)
            {
                return ValidateOptionsResult.Fail(nonsense.Message);
            }
        }
    }
}

using Janus;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.Hosting;

/// <summary>How a service without a database runs and ends.</summary>
public static class ServiceRun
{
    /// <summary>Runs the host. Settings that make no sense end it with one line that names them.</summary>
    /// <returns>The process's exit code: 0, or 2 after such a line.</returns>
    public static async Task<int> RunWithSettingsAsync(this IHost host)
    {
        try
        {
            // Before the host would log the same with a stack.
            host.Services.GetRequiredService<IStartupValidator>().Validate();
            await host.RunAsync();
            return 0;
        }
        catch (Exception exception) when (SettingRefusal.LineOf(exception) is { } line)
        {
            await Console.Error.WriteLineAsync(line);
            return SettingRefusal.ExitCode;
        }
    }
}

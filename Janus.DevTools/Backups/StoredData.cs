using Janus.Campaigns.Storage;
using Janus.Campaigns.Storage.Backups;
using Janus.Campaigns.Storage.Moving;
using Janus.DevTools.Watch;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Janus.DevTools.Backups;

/// <summary>The data of a Janus, found as its services find them: by the environment, unless an option names their folder.</summary>
internal static class StoredData
{
    private const int Refused = 1;

    /// <summary>Runs something with the services of the storage.</summary>
    /// <returns>0; or 1 when it was refused, with one line that says why.</returns>
    public static Task<int> UseAsync(string? dataDirectory, TextWriter errors, Func<IServiceProvider, Task> work) => UseAsync(dataDirectory, isSqlite: false, errors, work);

    /// <summary>The same for the data on SQLite, although the environment may lead to PostgreSQL already.</summary>
    public static Task<int> UseSqliteAsync(string? dataDirectory, TextWriter errors, Func<IServiceProvider, Task> work) => UseAsync(dataDirectory, isSqlite: true, errors, work);

    private static async Task<int> UseAsync(string? dataDirectory, bool isSqlite, TextWriter errors, Func<IServiceProvider, Task> work)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
        {
            DisableDefaults = true,
            EnvironmentName = Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") ?? Environments.Production,
        });
        builder.Configuration.AddEnvironmentVariables();
        if (dataDirectory is not null)
            builder.Configuration.AddInMemoryCollection(Only(dataDirectory));
        else if (string.IsNullOrEmpty(builder.Configuration["Janus:DataDirectory"]))
            builder.Configuration["Janus:DataDirectory"] = ApiAddress.DataDirectory(Environment.CurrentDirectory, Environment.GetEnvironmentVariable);
        if (isSqlite && StorageOptions.Postgres.Equals(builder.Configuration["Janus:Database"], StringComparison.OrdinalIgnoreCase))
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Janus:Database"] = "sqlite", ["Janus:Media"] = "", ["ConnectionStrings:janus"] = "" });
        builder.Services.AddCampaignStorage(builder.Configuration);
        try
        {
            using var host = builder.Build();
            await work(host.Services);
            return 0;
        }
        catch (Exception refused) when (refused is BackupRefusedException or MoveRefusedException or StartRefusedException or DatabaseBusyException or OptionsValidationException)
        {
            await errors.WriteLineAsync(refused.Message);
            return Refused;
        }
    }

    // What the environment says of another database or media folder does not belong to the folder that was named.
    private static Dictionary<string, string?> Only(string dataDirectory) => new()
    {
        ["Janus:DataDirectory"] = dataDirectory,
        ["Janus:MediaDirectory"] = "",
        ["ConnectionStrings:janus"] = "",
    };
}

using Janus.Tests.Api;
using Janus.Tests.Storage;

namespace Janus.Tests.Postgres.Moving;

/// <summary>An API over the database that is moved, or over the one that it was moved to.</summary>
internal sealed class MovingHost : ApiHost
{
    private readonly bool _keepsFolder;

    private MovingHost(TestStore store, bool keepsFolder)
        : base(store) => _keepsFolder = keepsFolder;

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        // A step that is running when Janus is stopped is lost soon after.
        ["Janus:Steps:Lease"] = "00:00:00.200",
        ["Janus:Media"] = _keepsFolder ? "folder" : "",
    };

    public static async Task<MovingHost> StartAsync(TestStore store, bool keepsFolder = false)
    {
        var host = new MovingHost(store, keepsFolder);
        await host.InitializeAsync();
        return host;
    }
}

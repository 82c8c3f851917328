using System.Data.Common;
using Janus.Tests.Storage;
using Microsoft.Data.Sqlite;

namespace Janus.Tests.Api;

/// <summary>An API whose operator has a key.</summary>
public sealed class OperatorHost : ApiHost
{
    public const string Key = "a key for tests";

    private string _environment = "Development";

    protected override string Environment => _environment;

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Janus:OperatorKey"] = Key,
        // Only Development goes without sign-in; the operator's key is another thing.
        ["Janus:Access:SignIn"] = _environment == "Development" ? "none" : "accounts",
        ["Janus:Access:ServiceKey"] = "a key for tests that is long enough",
    };

    public static async Task<OperatorHost> StartAsync(string environment = "Development")
    {
        var host = new OperatorHost { _environment = environment };
        await host.InitializeAsync();
        return host;
    }

    /// <summary>Says what the operator says, with a key or without one.</summary>
    public async Task<Answer> SayAsync(string path, string? key = Key, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        if (key is not null)
            request.Headers.TryAddWithoutValidation(Topology.Operator.KeyHeader, key);
        using var response = await Http.SendAsync(request, cancellationToken);
        return await Answer.ReadAsync(response);
    }

    /// <summary>Whether another process could begin to write at this moment.</summary>
    public bool CanWrite()
    {
        using var connection = Store.Open();
        try
        {
            connection.Run(TestStore.IsPostgres ? "BEGIN; LOCK TABLE campaigns IN ROW EXCLUSIVE MODE NOWAIT; ROLLBACK" : "BEGIN IMMEDIATE; ROLLBACK");
            return true;
        }
        catch (DbException refused) when (refused is SqliteException { SqliteErrorCode: 5 } or { SqlState: "55P03" })
        {
            return false;
        }
    }

    /// <summary>Waits until the write lock is held, or is not.</summary>
    public async Task WaitUntilLockAsync(bool isHeld)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (CanWrite() == isHeld)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}

using System.Data.Common;

namespace Janus.Campaigns.Storage;

/// <summary>What an engine can do where one transaction writes at a time: let several units of work share one, and so one commit and one wait for the disk.</summary>
internal interface ISharedTransactions
{
    /// <summary>Lets a context work in a transaction that another context began.</summary>
    /// <returns>What takes it out again, before the context goes.</returns>
    Task<IAsyncDisposable> JoinAsync(CampaignsContext context, DbTransaction transaction, CancellationToken cancellationToken);

    /// <summary>Whether a transaction is still there: some errors, such as a full disk, end it as a whole.</summary>
    bool IsThere(DbTransaction transaction);
}

using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Janus.Campaigns.Storage;

/// <summary>
/// Puts the statement that raises the versions of campaigns before the query that is sent next, in the same command: one round trip for both. Each
/// statement of a command has a snapshot of its own in READ COMMITTED (https://www.postgresql.org/docs/15/transaction-iso.html), so the query sees what was
/// committed before the campaigns were taken.
/// </summary>
internal sealed class RaisedVersions : DbCommandInterceptor
{
    private const string Raise = "UPDATE campaigns SET version = version + 1 WHERE id = ANY(@raised);\n";

    /// <inheritdoc />
    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(eventData);
        if (eventData.Context is PostgresCampaignsContext { VersionsToRaise: { } campaignIds } context)
        {
            context.VersionsToRaise = null;
#pragma warning disable CA2100 // A constant before what EF was about to send.
            command.CommandText = Raise + command.CommandText;
#pragma warning restore CA2100
            command.Parameters.Add(new NpgsqlParameter("raised", campaignIds));
        }

        return ValueTask.FromResult(result);
    }
}

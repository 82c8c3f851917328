using System.Net.Sockets;
using Npgsql;

namespace Janus.Campaigns.Storage;

/// <summary>Why a PostgreSQL database cannot be used, as one line for a person, which names no secret.</summary>
internal static class PostgresRefusal
{
    /// <summary>The line.</summary>
    /// <param name="exception">What the server or the provider said.</param>
    /// <param name="database">The database, as in <c>database janus on db.example:5432</c>.</param>
    /// <param name="namedBy">Where the person named it.</param>
    public static string Of(NpgsqlException exception, string database, string namedBy) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } =>
            $"The server of the {database} does not let the user in: correct user name and password in {namedBy}.",
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => $"There is no {database}: create it, or name another in {namedBy}.",
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } refused =>
            $"The {database} does not let its user do what is needed ({refused.MessageText}): grant it, or name another user in {namedBy}.",
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => $"The disk of the {database} is full: free some space, then start again.",
        PostgresException refused => $"The {database} cannot be used ({refused.MessageText}, SQLSTATE {refused.SqlState}): mend that, then start again.",
        { InnerException: SocketException or IOException or TimeoutException } =>
            $"The server of the {database} cannot be reached ({Innermost(exception)}): start it, or correct {namedBy}.",
        // The password is missing, the encryption that is asked for is not to be had: the provider's words name no secret.
        _ => $"The {database} cannot be used ({exception.Message.TrimEnd('.')}): correct {namedBy}.",
    };

    private static string Innermost(Exception exception) => exception.InnerException is { } inner ? Innermost(inner) : exception.Message.TrimEnd('.');
}

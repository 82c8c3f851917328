using System.Diagnostics;
using Npgsql;

namespace Janus.Campaigns.Storage;

/// <summary>The connection string of a PostgreSQL database as Janus uses it, and as it may be told to people.</summary>
public static class PostgresConnection
{
    /// <summary>How a connection string is written, for lines that refuse one.</summary>
    internal const string Form = "Host=db.example;Port=5432;Database=janus;Username=janus;Password=…";

    // Longer waits for a row are told as retries; whoever stops in the middle of a transaction, with rows that others wait for, loses it.
    private const string Limits = "-c lock_timeout=1000 -c idle_in_transaction_session_timeout=15000";

    /// <summary>Adds what Janus needs to what a person wrote, and leaves alone what they wrote themselves.</summary>
    /// <param name="connectionString">What the person wrote.</param>
    /// <param name="mostConnections">The size of the pool.</param>
    /// <param name="namedBy">Where they wrote it.</param>
    /// <exception cref="StartRefusedException">It is no connection string of PostgreSQL. What it says is not repeated: it may hold a password.</exception>
    public static string Prepare(string connectionString, int mostConnections, string namedBy)
    {
        var builder = Parse(connectionString, namedBy);
        SetUnlessSaid(builder, "Application Name", Process.GetCurrentProcess().ProcessName);
        SetUnlessSaid(builder, "Timeout", 5);
        SetUnlessSaid(builder, "Keepalive", 10);
        SetUnlessSaid(builder, "Maximum Pool Size", mostConnections);
        // What is run for every step is prepared once for each connection; nothing that a session keeps is ever changed by Janus.
        SetUnlessSaid(builder, "Max Auto Prepare", 100);
        SetUnlessSaid(builder, "Auto Prepare Min Usages", 2);
        SetUnlessSaid(builder, "No Reset On Close", true);
        builder.Options = string.IsNullOrWhiteSpace(builder.Options) ? Limits : $"{Limits} {builder.Options}";
        return builder.ToString();
    }

    /// <summary>Where a connection string leads, without its secrets: <c>janus on db.example:5432</c>.</summary>
    internal static string Describe(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        return $"{builder.Database ?? builder.Username} on {builder.Host}:{builder.Port}";
    }

    private static NpgsqlConnectionStringBuilder Parse(string connectionString, string namedBy)
    {
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(connectionString);
            if (builder.Host is { Length: > 0 } && builder.Database is { Length: > 0 })
                return builder;
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or FormatException or KeyNotFoundException or OverflowException or InvalidCastException)
        {
            // Its message may repeat what it could not read.
            throw Refuse(namedBy);
        }

        throw Refuse(namedBy);
    }

    private static StartRefusedException Refuse(string namedBy) => new(
        StartRefusedException.DataUnusable,
        namedBy == StorageOptions.ConnectionVariable
            ? $"{namedBy} is no connection string of PostgreSQL, and Janus__Database says postgres: write {Form}, or say sqlite."
            : $"{namedBy} is no connection string of PostgreSQL: write {Form}.");

    private static void SetUnlessSaid(NpgsqlConnectionStringBuilder builder, string keyword, object value)
    {
        // ContainsKey is true for every keyword that there is, said or not.
        if (!builder.ShouldSerialize(keyword))
            builder[keyword] = value;
    }
}

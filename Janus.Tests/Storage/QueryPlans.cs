using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Janus.Tests.Storage;

/// <summary>Asks SQLite how it goes about every statement that EF is about to send: EXPLAIN QUERY PLAN, https://sqlite.org/eqp.html.</summary>
internal sealed class QueryPlans : DbCommandInterceptor
{
    // Indexes that hold only what is unfinished: going through all of one is what they are for.
    private static readonly string[] Small = ["ix_steps_ready", "ix_steps_running", "ix_campaigns_waiting_for_a_day"];
    private static readonly string[] Tables =
        ["campaigns", "posts", "post_edges", "variants", "post_metrics", "generation_steps", "generation_attempts", "campaign_events", "idempotency_keys"];

    private readonly List<(string Statement, IReadOnlyList<string> Steps)> _plans = [];

    public IReadOnlyList<(string Statement, IReadOnlyList<string> Steps)> All => _plans;

    /// <summary>The statements that read a whole table, or a whole index over one, each with its plan.</summary>
    public IEnumerable<string> Scans => _plans.Where(plan => plan.Steps.Any(step =>
            step.StartsWith("SCAN ", StringComparison.Ordinal) && !Small.Any(index => step.EndsWith(index, StringComparison.Ordinal)) && NamesTable(plan.Statement, step)))
        .Select(plan => $"{plan.Statement}{Environment.NewLine}  {string.Join(Environment.NewLine + "  ", plan.Steps)}");

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        await ExplainAsync(command);
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        await ExplainAsync(command);
        return result;
    }

    // A plan calls a table by the alias that the statement gave it; what is no table is a subquery, whose own steps are listed too.
    private static bool NamesTable(string statement, string step)
    {
        var name = step.Split(' ')[1];
        return Tables.Contains(name) || Tables.Any(table => statement.Contains($"\"{table}\" AS \"{name}\"", StringComparison.Ordinal));
    }

    private async Task ExplainAsync(DbCommand command)
    {
        await using var explain = command.Connection!.CreateCommand();
        explain.Transaction = command.Transaction;
#pragma warning disable CA2100 // What EF is about to send, with its parameters.
        explain.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
#pragma warning restore CA2100
        foreach (DbParameter parameter in command.Parameters)
        {
            var copy = explain.CreateParameter();
            (copy.ParameterName, copy.Value) = (parameter.ParameterName, parameter.Value);
            explain.Parameters.Add(copy);
        }

        await using var reader = await explain.ExecuteReaderAsync();
        var steps = new List<string>();
        while (await reader.ReadAsync())
            steps.Add(reader.GetString(3));
        _plans.Add((command.CommandText, steps));
    }
}

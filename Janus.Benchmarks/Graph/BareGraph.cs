using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Janus.Benchmarks.Graph;

/// <summary>The least that an answer with a graph needs: the SELECTs of its tables through Microsoft.Data.Sqlite and their columns written as JSON, over HTTP.</summary>
internal sealed class BareGraph : IAsyncDisposable
{
    private static readonly (string Name, string Sql)[] Queries =
    [
        ("campaign", "SELECT * FROM campaigns WHERE public_id = $id"),
        ("posts", "SELECT p.* FROM posts p JOIN campaigns c ON c.id = p.campaign_id WHERE c.public_id = $id AND p.status <> 'archived' ORDER BY p.id"),
        ("edges", "SELECT e.* FROM post_edges e JOIN campaigns c ON c.id = e.campaign_id WHERE c.public_id = $id ORDER BY e.to_post_id"),
        ("variants", "SELECT v.id, v.post_id, v.letter, v.generation, v.asset, v.author FROM variants v JOIN posts p ON p.id = v.post_id JOIN campaigns c ON c.id = p.campaign_id WHERE c.public_id = $id ORDER BY v.letter, v.generation DESC"),
        ("metrics", "SELECT m.* FROM post_metrics m JOIN posts p ON p.id = m.post_id JOIN campaigns c ON c.id = p.campaign_id WHERE c.public_id = $id"),
        ("steps", "SELECT s.post_id, s.kind, s.variant, s.state, s.last_error, s.base_generation FROM generation_steps s JOIN campaigns c ON c.id = s.campaign_id WHERE c.public_id = $id ORDER BY s.id"),
    ];

    private readonly WebApplication _app;

    private BareGraph(WebApplication app) => _app = app;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<BareGraph> StartAsync(string databaseFile)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/{id}", (string id, HttpResponse response) => WriteAsync(databaseFile, id, response));
        await app.StartAsync();
        return new BareGraph(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task WriteAsync(string databaseFile, string id, HttpResponse response)
    {
        response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(response.BodyWriter);
        await using var connection = new SqliteConnection($"Data Source={databaseFile}");
        await connection.OpenAsync();
        await using var transaction = connection.BeginTransaction(deferred: true);
        json.WriteStartObject();
        foreach (var (name, sql) in Queries)
        {
            json.WriteStartArray(name);
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // One of the six above.
            command.CommandText = sql;
#pragma warning restore CA2100
            command.Parameters.AddWithValue("$id", id);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                WriteRow(json, reader);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteRow(Utf8JsonWriter json, SqliteDataReader reader)
    {
        json.WriteStartObject();
        for (var column = 0; column < reader.FieldCount; column++)
        {
            if (reader.IsDBNull(column))
                json.WriteNull(reader.GetName(column));
            else if (reader.GetFieldType(column) == typeof(long))
                json.WriteNumber(reader.GetName(column), reader.GetInt64(column));
            else
                json.WriteString(reader.GetName(column), reader.GetString(column));
        }

        json.WriteEndObject();
    }
}

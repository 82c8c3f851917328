using System.Text.Json;

namespace Janus.DevTools.Hostile;

/// <summary>An operation of the API, as its reference describes it.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path, with <c>{names}</c> in it.</param>
/// <param name="Queries">The names of what the query may hold.</param>
/// <param name="Fields">The names of the body's fields; empty when it takes none.</param>
internal sealed record Operation(string Method, string Path, IReadOnlyList<string> Queries, IReadOnlyList<string> Fields)
{
    /// <summary>Whether its answer goes on for as long as somebody reads.</summary>
    public bool IsStream { get; init; }
}

/// <summary>Reads the API's reference, an OpenAPI document.</summary>
internal static class ApiReference
{
    /// <summary>Every operation that the document names, in its order.</summary>
    public static IReadOnlyList<Operation> Read(JsonElement document)
    {
        var operations = new List<Operation>();
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var method in path.Value.EnumerateObject().Where(method => method.Value.ValueKind == JsonValueKind.Object && method.Value.TryGetProperty("responses", out _)))
            {
                operations.Add(new Operation(method.Name.ToUpperInvariant(), path.Name, Queries(method.Value), Fields(document, method.Value))
                {
                    IsStream = method.Value.GetProperty("responses").GetRawText().Contains("text/event-stream", StringComparison.Ordinal),
                });
            }
        }

        return operations;
    }

    private static List<string> Queries(JsonElement operation) => operation.TryGetProperty("parameters", out var parameters)
        ? [.. parameters.EnumerateArray().Where(parameter => parameter.GetProperty("in").GetString() == "query").Select(parameter => parameter.GetProperty("name").GetString()!)]
        : [];

    private static List<string> Fields(JsonElement document, JsonElement operation)
    {
        if (!operation.TryGetProperty("requestBody", out var body) || !body.GetProperty("content").TryGetProperty("application/json", out var json) || !json.TryGetProperty("schema", out var schema))
            return [];
        return Resolve(document, schema).TryGetProperty("properties", out var properties) ? [.. properties.EnumerateObject().Select(property => property.Name)] : [];
    }

    private static JsonElement Resolve(JsonElement document, JsonElement schema)
    {
        while (schema.TryGetProperty("$ref", out var reference))
        {
            var found = document;
            foreach (var part in reference.GetString()!.Split('/').Skip(1))
                found = found.GetProperty(part);
            schema = found;
        }

        return schema;
    }
}

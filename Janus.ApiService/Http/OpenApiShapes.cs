using System.Text.Json;
using Janus.Contracts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Janus.ApiService.Http;

/// <summary>Tells the OpenAPI document what it cannot see by itself: bodies and numbers that the endpoints read themselves.</summary>
internal static class OpenApiShapes
{
    /// <summary>Configures the document.</summary>
    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer(static (document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Janus", Version = "v1", Description = "Plans campaigns, makes their content, and tells what happens." };
            document.Servers?.Clear();
            AddWhatRefusalsCarry(document);
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer(static (schema, context, _) =>
        {
            var type = context.JsonTypeInfo.Type;
            if (type == typeof(DateTimeOffset) || type == typeof(DateTimeOffset?))
                (schema.Type, schema.Format) = (JsonSchemaType.String, "date-time");
            else if (type == typeof(JsonElement?) && context.JsonPropertyInfo?.Name == "pk")
                schema.Type = JsonSchemaType.Integer | JsonSchemaType.String;
            else if (type == typeof(JsonElement?) && context.JsonPropertyInfo?.Name == "nodes")
                (schema.Type, schema.Items) = (JsonSchemaType.Array, new OpenApiSchema { Type = JsonSchemaType.Integer | JsonSchemaType.String });
            else if (type == typeof(ProblemDetails))
                AddOlderFields(schema);
            return Task.CompletedTask;
        });
    }

    private static void AddOlderFields(OpenApiSchema schema)
    {
        schema.Properties ??= new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
        schema.Properties["success"] = new OpenApiSchema { Type = JsonSchemaType.Boolean, Description = "Always false." };
        schema.Properties["message"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "What is wrong, for a person; the same as detail." };
        schema.Properties["error"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "The same as message." };
        schema.Properties["traceId"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "The trace to look for." };
        schema.Properties["errors"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "What is wrong, by field.",
            AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
        };
    }

    // Once every other schema is there, because these point at them.
    private static void AddWhatRefusalsCarry(OpenApiDocument document)
    {
        if (document.Components?.Schemas is not { } schemas || !schemas.TryGetValue(nameof(ProblemDetails), out var problem) || problem.Properties is not { } properties)
            throw new InvalidOperationException("No endpoint answers with a problem.");
        properties["post"] = new OpenApiSchema
        {
            Description = "Of a 409 about a post: the post as it is now, with the seen number that decides about it.",
            AllOf = [new OpenApiSchemaReference(nameof(PostDetailResponse), document)],
        };
        properties["current"] = new OpenApiSchema
        {
            Description = "Of a 409 about a text: the generation that is in use now; of one about a date: the post's place in the schedule now.",
            AnyOf = [new OpenApiSchemaReference(nameof(GenerationDto), document), new OpenApiSchemaReference(nameof(PostScheduleDto), document)],
        };
        properties["rows"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            Description = "Of a table that was not taken: every row that is wrong, and why.",
            Items = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
                {
                    ["row"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
                    ["column"] = new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null },
                    ["value"] = new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null },
                    ["reason"] = new OpenApiSchema { Type = JsonSchemaType.String },
                },
            },
        };
    }

    /// <summary>Documents the JSON body that <see cref="RequestBody"/> reads.</summary>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder endpoint, bool isOptional = false) =>
        endpoint.AddOpenApiOperationTransformer(async (operation, context, cancellationToken) =>
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = !isOptional,
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    ["application/json"] = new() { Schema = await context.GetOrCreateSchemaAsync(typeof(T), null, cancellationToken) },
                },
            });

    /// <summary>Documents a body that is text and not JSON.</summary>
    public static RouteHandlerBuilder TakesText(this RouteHandlerBuilder endpoint, string mediaType) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    [mediaType] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
                },
            };
            return Task.CompletedTask;
        });

    /// <summary>Documents query parameters that are read as text, so that a wrong one can be named, but are whole numbers.</summary>
    public static RouteHandlerBuilder TakesIntegers(this RouteHandlerBuilder endpoint, params string[] names) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>().Where(parameter => names.Contains(parameter.Name)) ?? [])
                parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" };
            return Task.CompletedTask;
        });

    /// <summary>Documents a request header.</summary>
    public static RouteHandlerBuilder TakesHeader(this RouteHandlerBuilder endpoint, string name, string description) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Header,
                Description = description,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
            return Task.CompletedTask;
        });

    /// <summary>Documents the errors that an endpoint may answer with.</summary>
    public static RouteHandlerBuilder Fails(this RouteHandlerBuilder endpoint, params int[] statuses)
    {
        foreach (var status in statuses)
            endpoint.ProducesProblem(status);
        return endpoint;
    }
}

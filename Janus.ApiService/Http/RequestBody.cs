using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Features;

namespace Janus.ApiService.Http;

/// <summary>
/// Reads the JSON body of every POST and PUT, field by field, so that each field of the wrong type is named, in words for people.
/// JSON is the only content type: a page of another site cannot send it without asking first.
/// </summary>
internal static class RequestBody
{
    private const int ChunkBytes = 32 * 1024;

    private static readonly JsonDocumentOptions Parsing = new() { MaxDepth = ApiJson.MaxDepth };

    /// <summary>Reads the body.</summary>
    /// <param name="request">The request.</param>
    /// <param name="errors">Receives what is wrong; a field of the wrong type stays unset.</param>
    /// <param name="isOptional">Whether no body at all reads as an empty object.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The object, or null when the body is not a JSON object.</returns>
    /// <exception cref="BadHttpRequestException">The body is larger than <see cref="HttpRules.MaxBodyBytes"/>, or breaks off.</exception>
    public static async Task<T?> ReadAsync<T>(HttpRequest request, FieldErrors errors, CancellationToken cancellationToken, bool isOptional = false)
        where T : class
    {
        var type = (JsonTypeInfo<T>)ApiJson.Options.GetTypeInfo(typeof(T));
        if (request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != true)
            return isOptional ? type.CreateObject!() : Refuse("is required: send a JSON object.");
        if (!request.HasJsonContentType())
            return Refuse("must be JSON, sent with the content type application/json.");

        try
        {
            await using var body = await ReceiveAsync(request.Body, cancellationToken);
            // JSON's reader takes a text for one until somebody asks for it.
            if (!Utf8.IsValid(body.GetBuffer().AsSpan(0, (int)body.Length)))
                return RefuseForm();
            using var document = await JsonDocument.ParseAsync(body, Parsing, cancellationToken);
            return document.RootElement.ValueKind is JsonValueKind.Object
                ? Read(document.RootElement, type, errors)
                : Refuse("must be a JSON object.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // A half surrogate in a name or a text is JSON to the reader, but no text: reading it throws InvalidOperationException.
            return RefuseForm();
        }

        T? RefuseForm() => Refuse($"must be valid JSON in UTF-8, nested at most {ApiJson.MaxDepth} deep.");

        T? Refuse(string what)
        {
            errors.Add(FieldErrors.Body, what);
            return null;
        }
    }

    /// <summary>Receives a body of any type, up to <see cref="HttpRules.MaxBodyBytes"/>.</summary>
    /// <exception cref="BadHttpRequestException">The body is larger, or breaks off.</exception>
    internal static async Task<MemoryStream> ReceiveAsync(Stream sent, CancellationToken cancellationToken)
    {
        var body = new MemoryStream();
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            var received = 0L;
            int read;
            while ((read = await sent.ReadAsync(chunk, cancellationToken)) > 0)
            {
                received += read;
                if (received <= HttpRules.MaxBodyBytes)
                    body.Write(chunk.AsSpan(0, read));
            }

            if (received > HttpRules.MaxBodyBytes)
                throw new BadHttpRequestException("The body is too large.", StatusCodes.Status413PayloadTooLarge);
            body.Position = 0;
            return body;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    private static T Read<T>(JsonElement root, JsonTypeInfo<T> type, FieldErrors errors)
        where T : class
    {
        var value = type.CreateObject!();
        foreach (var property in type.Properties)
        {
            if (!root.TryGetProperty(property.Name, out var element) || element.ValueKind is JsonValueKind.Null)
                continue;
            try
            {
                // The element outlives the document only as a copy.
                property.Set!(value, property.PropertyType == typeof(JsonElement?) ? element.Clone() : element.Deserialize(property.PropertyType, ApiJson.Options));
            }
            catch (JsonException)
            {
                errors.Add(property.Name, $"must be {Expected(property.PropertyType)}.");
            }
        }

        return value;
    }

    private static string Expected(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(string) => "text",
        var t when t == typeof(bool) => "true or false",
        var t when t == typeof(int) || t == typeof(long) => "a whole number",
        var t when t == typeof(decimal) => "a number such as 5 or 7.50",
        var t when t == typeof(DateOnly) => "a date such as 2026-03-01",
        var t when t == typeof(IReadOnlyList<string>) => "a list of texts",
        _ => "a list of objects whose fields are of the right kind",
    };
}

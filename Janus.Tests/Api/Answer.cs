using System.Text.Json;

namespace Janus.Tests.Api;

/// <summary>A response that was read to its end.</summary>
public sealed record Answer(int Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Text);

    public string? this[string header] => Headers.GetValueOrDefault(header);

    public static async Task<Answer> ReadAsync(HttpResponseMessage response) => new(
        (int)response.StatusCode, await response.Content.ReadAsStringAsync(),
        response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));

    /// <summary>Asserts a problem document with the fields that older clients read, and gives it.</summary>
    public JsonElement ShouldBeProblem(int status)
    {
        Status.ShouldBe(status, Text);
        this["Content-Type"].ShouldBe("application/problem+json");
        Json.GetProperty("status").GetInt32().ShouldBe(status);
        Json.GetProperty("success").GetBoolean().ShouldBeFalse();
        Json.GetProperty("message").GetString().ShouldNotBeNullOrWhiteSpace();
        Json.GetProperty("error").GetString().ShouldBe(Json.GetProperty("message").GetString());
        Json.GetProperty("title").GetString().ShouldNotBeNullOrWhiteSpace();
        Text.ShouldNotContain("Exception");
        Text.ShouldNotContain("   at ");
        return Json;
    }

    /// <summary>Asserts a 400 that names exactly these fields, and gives their first messages.</summary>
    public IReadOnlyDictionary<string, string> ShouldName(params string[] fields)
    {
        var errors = ShouldBeProblem(400).GetProperty("errors").EnumerateObject().ToDictionary(field => field.Name, field => field.Value[0].GetString()!, StringComparer.Ordinal);
        errors.Keys.Order(StringComparer.Ordinal).ShouldBe(fields.Order(StringComparer.Ordinal), Text);
        return errors;
    }
}

using System.Text.Json.Nodes;
using Janus.DevTools.FakeGemini.Answers;
using Janus.DevTools.FakeGemini.Protocol;
using Microsoft.AspNetCore.Http;

namespace Janus.DevTools.FakeGemini.Http;

/// <summary>models.list, models.get, and the refusal of every other address.</summary>
internal sealed class ModelsEndpoint(FakeServerOptions options, Journal journal)
{
    private readonly CallerRules _callers = new(options);

    private IEnumerable<string> Known => options.TextModels.Concat(options.ImageModels);

    /// <summary>All models, on one page.</summary>
    public Task ListAsync(HttpContext context) => AnswerAsync(
        context, model: null, () => new JsonObject { ["models"] = new JsonArray([.. Known.Select(Describe)]) }, "pageSize", "pageToken");

    /// <summary>One model.</summary>
    public Task GetAsync(HttpContext context, string model) =>
        AnswerAsync(context, model, () => Known.Contains(model) ? Describe(model) : null);

    /// <summary>An address or a method that nobody knows.</summary>
    public async Task RefuseAsync(HttpContext context)
    {
        var line = journal.Open("other", model: null, isStreamed: false);
        line.Note(entry => entry with { Problem = $"There is no {context.Request.Method} {context.Request.Path}." });
        await Sending.RefuseAsync(context, line, GoogleError.NoSuchMethod, prompt: "");
    }

    private async Task AnswerAsync(HttpContext context, string? model, Func<JsonObject?> answer, params string[] parameters)
    {
        var line = journal.Open("other", model, isStreamed: false);
        var error = _callers.Refuse(context.Request, parameters);
        var json = error is null ? answer() : null;
        if (json is null)
        {
            error ??= GoogleError.NoSuchModel(model ?? "");
            line.Note(entry => entry with { Problem = error.Message });
            await Sending.RefuseAsync(context, line, error, prompt: "");
            return;
        }

        line.Note(entry => entry with { Status = StatusCodes.Status200OK });
        context.Response.ContentType = RenderedAnswer.Json;
        await context.Response.WriteAsync(json.ToJsonString(AnswerJson.Options), context.RequestAborted);
    }

    private static JsonObject Describe(string model) => new()
    {
        ["name"] = $"models/{model}",
        ["version"] = "001",
        ["displayName"] = model,
        ["description"] = "A stand-in that follows the protocol.",
        ["inputTokenLimit"] = 1_048_576,
        ["outputTokenLimit"] = 65_536,
        ["supportedGenerationMethods"] = new JsonArray("generateContent", "streamGenerateContent"),
        ["temperature"] = 1,
        ["topP"] = 0.95,
        ["topK"] = 64,
        ["maxTemperature"] = 2,
        ["thinking"] = true,
    };
}

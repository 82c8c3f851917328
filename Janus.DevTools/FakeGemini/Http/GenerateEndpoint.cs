using Janus.DevTools.FakeGemini.Answers;
using Janus.DevTools.FakeGemini.Plays;
using Janus.DevTools.FakeGemini.Protocol;
using Janus.DevTools.FakeGemini.Script;
using Microsoft.AspNetCore.Http;

namespace Janus.DevTools.FakeGemini.Http;

/// <summary>
/// models.generateContent and models.streamGenerateContent: checks the request strictly, asks the script, and answers. A request that is
/// refused uses up nothing of the script.
/// </summary>
internal sealed class GenerateEndpoint(FakeServerOptions options, Func<ScriptRun> script, Journal journal, CancellationToken stopping)
{
    private const string Whole = "generateContent";
    private const string Streamed = "streamGenerateContent";
    private const int PromptInJournal = 200;

    private readonly CallerRules _callers = new(options);

    /// <summary>Answers one request.</summary>
    /// <param name="context">The request and its connection.</param>
    /// <param name="call">The last step of the address: <c>model:method</c>.</param>
    public async Task AnswerAsync(HttpContext context, string call)
    {
        var colon = call.LastIndexOf(':');
        var (model, method) = colon < 0 ? (call, "") : (call[..colon], call[(colon + 1)..]);
        var isStreamed = method == Streamed;
        RequestKind? kind = options.TextModels.Contains(model) ? RequestKind.Text : options.ImageModels.Contains(model) ? RequestKind.Image : null;
        var line = journal.Open(kind?.Word() ?? "other", model, isStreamed);

        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            var error = method is not (Whole or Streamed) ? GoogleError.NoSuchMethod
                : _callers.Refuse(context.Request, "alt")
                ?? RefuseForm(context.Request, isStreamed)
                ?? (kind is null ? GoogleError.NoSuchModel(model) : null);
            if (error is not null)
                await RefuseAsync(context, line, error, prompt: "");
            else
                await AnswerAsync(context, line, model, kind!.Value, isStreamed, gone.Token);
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            line.Note(entry => entry with { Problem = stopping.IsCancellationRequested ? "The fake stopped." : "The client went." });
            context.Abort();
        }
        catch (IOException) when (!context.Response.HasStarted)
        {
            line.Note(entry => entry with { Problem = "The request broke off." });
            context.Abort();
        }
    }

    private async Task AnswerAsync(HttpContext context, JournalLine line, string model, RequestKind kind, bool isStreamed, CancellationToken gone)
    {
        if (script().NextBeforeBody(kind, isStreamed) is { } breaking)
        {
            await PlayAsync(breaking, new Exchange(context, options, line, gone) { Parameters = breaking.Parameters });
            return;
        }

        if (await RequestBody.ReadAsync(context.Request, gone) is not { } body)
        {
            await RefuseAsync(context, line, TooLarge, prompt: "");
            return;
        }

        var request = GenerateRequest.Read(body, model, kind, isStreamed, out var prompt, out var violations);
        line.Note(entry => entry with { Prompt = prompt[..Math.Min(prompt.Length, PromptInJournal)] });
        if (!CallerRules.IsJson(context.Request))
            violations = [new("", "Invalid content type: a request is application/json in UTF-8.")];
        else if (request is not null && !ModelAnswer.CanBeGiven(request))
            violations = [new("generation_config.response_json_schema", "The schema cannot be satisfied.")];

        if (violations.Count > 0 || request is null)
        {
            await RefuseAsync(context, line, GoogleError.Invalid(violations), prompt);
            return;
        }

        var entry = script().Next(kind, isStreamed, prompt);
        await PlayAsync(entry, new Exchange(context, options, line, gone) { Request = request, Parameters = entry?.Parameters ?? NoParameters });
    }

    private async Task PlayAsync(ScriptEntry? entry, Exchange exchange)
    {
        var play = entry?.Play ?? PlayCatalogue.Normal;
        exchange.Line.Note(line => line with { Play = play.Name });
        if (options.Latency > TimeSpan.Zero && !play.BreaksBeforeBody)
            await exchange.WaitAsync(options.Latency);
        await play.RunAsync(exchange);
    }

    private static Task RefuseAsync(HttpContext context, JournalLine line, GoogleError error, string prompt)
    {
        line.Note(entry => entry with { Problem = error.Message });
        return Sending.RefuseAsync(context, line, error, prompt);
    }

    private static GoogleError? RefuseForm(HttpRequest request, bool isStreamed)
    {
        var form = request.Query["alt"].ToString();
        if (isStreamed ? form == "sse" : form is "" or "json")
            return null;
        return GoogleError.Invalid(new Violation("alt", isStreamed ? "A stream is read with alt=sse here." : $"alt={form} belongs to a stream."));
    }

    private static GoogleError TooLarge =>
        GoogleError.Invalid(new Violation("", $"Request payload size exceeds the limit: {RequestBody.Most} bytes."));

    private static PlayParameters NoParameters => new(PlayCatalogue.Normal, new Dictionary<string, string>());
}

using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Janus.Gemini;
using Janus.Generation;
using Janus.Generation.Providers;
using Janus.Generation.Telemetry;
using Janus.Tests.Generation;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace Janus.Tests.Traces;

public sealed class ModelCallTests : IDisposable
{
    private readonly FinishedSpans _spans = new();

    [Fact]
    public async Task A_call_is_a_client_span_with_what_was_asked_and_what_was_answered_but_without_a_word_of_it()
    {
        using var chat = Traced(new OneAnswer(Answered));
        await chat.GetResponseAsync("a secret question", new ChatOptions { ResponseFormat = ChatResponseFormat.Json });

        var span = _spans.All.ShouldHaveSingleItem();
        (span.DisplayName, span.Kind, span.Status).ShouldBe(("generate_content gemini-3.5-flash", ActivityKind.Client, ActivityStatusCode.Unset));
        span.TagObjects.Where(tag => tag.Key != "gen_ai.response.finish_reasons").ToDictionary().ShouldBe(new Dictionary<string, object?>
        {
            ["gen_ai.operation.name"] = "generate_content",
            ["gen_ai.provider.name"] = "gcp.gemini",
            ["gen_ai.request.model"] = "gemini-3.5-flash",
            ["server.address"] = "gemini.example",
            ["server.port"] = 443,
            ["gen_ai.output.type"] = "json",
            ["gen_ai.response.model"] = "gemini-3.5-flash-002",
            ["gen_ai.response.id"] = "r-1",
            ["gen_ai.usage.input_tokens"] = 100L,
            ["gen_ai.usage.output_tokens"] = 30L,
            ["gen_ai.usage.reasoning.output_tokens"] = 20L,
        }, ignoreOrder: true);
        span.GetTagItem("gen_ai.response.finish_reasons").ShouldBe(new[] { "stop" });
    }

    [Fact]
    public async Task What_was_asked_is_there_at_the_start_where_a_sampler_looks()
    {
        string[] seen = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Janus.Generation",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
            {
                if (options.TraceId == _spans.Request.TraceId)
                    seen = [.. options.Tags!.Select(tag => tag.Key)];
                return ActivitySamplingResult.None;
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var chat = Traced(new OneAnswer(Answered));
        await chat.GetResponseAsync("a question");

        seen.ShouldBe(["gen_ai.operation.name", "gen_ai.provider.name", "gen_ai.request.model", "server.address", "server.port", "gen_ai.output.type"]);
    }

    [Fact]
    public async Task A_failed_call_says_why_and_what_was_charged()
    {
        using var chat = Traced(new OneAnswer(() => throw new GeminiException(GeminiFailureKind.Blocked, "It says a secret word.")
        {
            Reason = "SAFETY",
            Model = "gemini-3.5-flash-002",
            Usage = new UsageDetails { InputTokenCount = 7, OutputTokenCount = 0 },
        }));
        await Should.ThrowAsync<GeminiException>(() => chat.GetResponseAsync("a question"));

        var span = _spans.All.ShouldHaveSingleItem();
        (span.Status, span.StatusDescription, span.GetTagItem("error.type")).ShouldBe((ActivityStatusCode.Error, null, "blocked"));
        span.GetTagItem("gen_ai.response.finish_reasons").ShouldBe(new[] { "safety" });
        span.GetTagItem("gen_ai.usage.input_tokens").ShouldBe(7L);
    }

    [Fact]
    public async Task A_span_of_a_stream_ends_with_the_stream()
    {
        using var chat = Traced(new OneAnswer(Answered));
        await using var stream = chat.GetStreamingResponseAsync("a question").GetAsyncEnumerator();
        (await stream.MoveNextAsync()).ShouldBeTrue();
        _spans.All.ShouldBeEmpty();
        Activity.Current.ShouldBe(_spans.Request);
        while (await stream.MoveNextAsync())
        {
            // To its end.
        }

        var span = _spans.All.ShouldHaveSingleItem();
        span.GetTagItem("gen_ai.response.id").ShouldBe("r-1");
        span.GetTagItem("gen_ai.usage.output_tokens").ShouldBe(30L);
    }

    [Fact]
    public async Task With_capture_on_messages_stand_in_the_conventions_form_and_long_ones_are_cut()
    {
        using var chat = Traced(new OneAnswer(Answered), capture: true);
        await chat.GetResponseAsync(
            [new(ChatRole.System, "Be brief."), new(ChatRole.User, [new TextContent("What is “this”?"), new DataContent(new byte[2000], "image/png")]), new(ChatRole.User, new string('x', 40_000))]);

        var span = _spans.All.ShouldHaveSingleItem();
        ((string?)span.GetTagItem("gen_ai.system_instructions")).ShouldBe("""[{"type":"text","content":"Be brief."}]""");
        var input = (string)span.GetTagItem("gen_ai.input.messages")!;
        input.ShouldStartWith("""[{"role":"user","parts":[{"type":"text","content":"What is “this”?"},{"type":"bytes_left_out","mime_type":"image/png","size":2000}]}""");
        input.Length.ShouldBeLessThan(31_000);
        JsonElement.Parse(input).GetArrayLength().ShouldBe(2);
        ((string?)span.GetTagItem("gen_ai.output.messages"))!.ShouldStartWith("""[{"role":"assistant","parts":[{"type":"text","content":""");
    }

    [Fact]
    public async Task Calls_are_measured_in_the_conventions_buckets_and_their_cost_in_dollars()
    {
        var measured = new List<(string Name, double Value, string? Type)>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == "Janus.Generation")
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument.Name, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument.Name, value, tags));
        listener.Start();
        using var chat = Traced(new OneAnswer(Answered));
        await chat.GetResponseAsync("a question");

        measured.Select(kept => (kept.Name, kept.Type)).ShouldBe(
        [
            ("gen_ai.client.token.usage", "input"), ("gen_ai.client.token.usage", "output"), ("janus.generation.cost", null), ("gen_ai.client.operation.duration", null),
        ]);
        measured.Single(kept => kept.Name == "janus.generation.cost").Value.ShouldBe(((100 * 1.5) + (30 * 9)) / 1e6, 1e-9);

        void Keep(string name, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var all = tags.ToArray().ToDictionary();
            // Other tests call models too, of other addresses.
            if (all.GetValueOrDefault("server.address") is "gemini.example")
                measured.Add((name, value, all.GetValueOrDefault("gen_ai.token.type") as string));
        }
    }

    [Fact]
    public async Task An_agent_tells_how_good_each_answer_is_in_numbers_alone()
    {
        var brief = SampleBriefs.All["mug"] with { Platform = "X", UseWords = ["fresh", "grinder"], AvoidWords = ["cheap"] };
        const string answer = """
            {"variants":[{"letter":"A","text":"A fresh morning begins here.","angle":"benefit","image_caption":"A cup"},
            {"letter":"B","text":"Guess what waits in your kitchen?","angle":"curiosity","image_caption":"A door"}]}
            """;
        using var chat = new ScriptedChatClient(ScriptedChatClient.Says(answer));
        await new ContentCreator(chat, Prices.OfToday).CreateAsync(new PostBrief("Title", "About", 1), brief, CancellationToken.None);

        _spans.Request.Events.Select(told => told.Name).Distinct().ShouldBe(["gen_ai.evaluation.result"]);
        var told = _spans.Request.Events.Select(told => told.Tags.ToDictionary()).ToList();
        told.Select(tags => (tags["gen_ai.evaluation.name"], tags["gen_ai.evaluation.score.label"])).ShouldBe(
            [("length_limit", "pass"), ("variant_diversity", "pass"), ("use_words", "fail"), ("avoid_words", "pass")]);
        told.Single(tags => (string?)tags["gen_ai.evaluation.name"] == "use_words")["gen_ai.evaluation.score.value"].ShouldBe(0.5);
        told.ShouldAllBe(tags => !((string)tags["gen_ai.evaluation.explanation"]!).Contains("fresh", StringComparison.Ordinal));
    }

    public void Dispose() => _spans.Dispose();

    private static ChatResponse Answered() => new(new ChatMessage(ChatRole.Assistant, "a secret answer"))
    {
        ModelId = "gemini-3.5-flash-002",
        ResponseId = "r-1",
        FinishReason = ChatFinishReason.Stop,
        Usage = new UsageDetails { InputTokenCount = 100, OutputTokenCount = 30, ReasoningTokenCount = 20 },
    };

    private static TracedChatClient Traced(IChatClient inner, bool capture = false) =>
        new(inner, new ModelTelemetry(new PriceBook(Options.Create(new PriceList()), TimeProvider.System), new ContentCapture(capture), TimeProvider.System));

    private sealed class OneAnswer(Func<ChatResponse> answer) : IChatClient
    {
        private static readonly ChatClientMetadata Metadata = new("gcp.gemini", new Uri("https://gemini.example"), "gemini-3.5-flash");

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(answer());

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            foreach (var update in answer().ToChatResponseUpdates())
                yield return update;
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(ChatClientMetadata) ? Metadata : null;

        public void Dispose()
        {
        }
    }
}

using Janus.DevTools.FakeGemini;
using Janus.DevTools.FakeGemini.Plays;
using Janus.DevTools.FakeGemini.Script;
using Janus.Tests.House;

namespace Janus.Tests.DevTools;

/// <summary>The language of scripts, and which request meets which entry.</summary>
public sealed class FakeGeminiScriptTests
{
    [Fact]
    public void A_script_is_read_entry_by_entry()
    {
        var entries = ScriptParser.Parse("""
            503 x3; 429 retry=1.5s x2; ok; latency=1500ms
            text: max-tokens; image:image-safety when="red; bicycle"; trickle rate=0.2 pieces=3 pause=1m; blocked-prompt reason=OTHER forever
            """);

        entries.Select(entry => (entry.Play.Name, entry.Scope, entry.Times, entry.Rate, entry.When)).ShouldBe(
        [
            ("503", null, 3, null, null),
            ("429", null, 2, null, null),
            ("ok", null, 1, null, null),
            ("latency", null, 1, null, null),
            ("max-tokens", RequestKind.Text, 1, null, null),
            ("image-safety", RequestKind.Image, null, null, "red; bicycle"),
            ("trickle", null, null, 0.2, null),
            ("blocked-prompt", null, null, null, null),
        ]);
        entries[1].Parameters.Wait("retry").ShouldBe(TimeSpan.FromSeconds(1.5));
        entries[3].Parameters.Wait("latency").ShouldBe(TimeSpan.FromMilliseconds(1500));
        entries[6].Parameters.Count("pieces").ShouldBe(3);
        entries[6].Parameters.Wait("pause").ShouldBe(TimeSpan.FromMinutes(1));
        entries[7].Parameters.Text("reason").ShouldBe("OTHER");
        ScriptParser.Parse(" ;\n; ").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("502", "there is no play '502'")]
    [InlineData("ok; 503 y3", "'503 y3': 'y3' is neither xN nor forever nor name=value")]
    [InlineData("503 x0", "x0 is not from x1")]
    [InlineData("503 x99999999", "is not from x1")]
    [InlineData("503 x2 forever", "cannot go on for ever and be counted")]
    [InlineData("503 retry=2s", "503 has no 'retry'")]
    [InlineData("429 retry=soon", "retry is a length of time")]
    [InlineData("429 retry=2s retry=3s", "retry comes twice")]
    [InlineData("latency", "latency is missing")]
    [InlineData("latency=2h", "latency is a length of time")]
    [InlineData("ok=1", "ok has no 'ok'")]
    [InlineData("503 rate=2", "rate is a number from 0 to 1")]
    [InlineData("503 rate=", "rate is a number from 0 to 1")]
    [InlineData("503 when=\"\"", "when needs words")]
    [InlineData("503 when=\"red", "a quotation mark is missing")]
    [InlineData("reset-before when=red", "before the prompt is read")]
    [InlineData("blocked-prompt reason=<b>", "reason is a name in capitals")]
    [InlineData("trickle pieces=0", "pieces is a number from 1")]
    [InlineData("text:", "names no play")]
    [InlineData("video: ok", "there is no play 'video:'")]
    [InlineData("503 forever; ok", "'ok' is never reached: '503 forever' goes on for ever")]
    [InlineData("text: 503 forever; image: ok; text: ok", "'text: ok' is never reached")]
    public void What_makes_no_sense_is_refused_with_the_entry(string script, string message) =>
        Should.Throw<ScriptException>(() => ScriptParser.Parse(script)).Message.ShouldContain(message);

    [Theory]
    [InlineData("--port", "70000")]
    [InlineData("--script", "502")]
    [InlineData("--latency", "soon")]
    [InlineData("--picture-bytes", "1")]
    [InlineData("--foo", "1")]
    public void The_command_refuses_what_makes_no_sense(params string[] args) =>
        Should.Throw<Janus.DevTools.UsageException>(() => FakeServerOptions.Parse(args));

    [Fact]
    public void The_command_takes_every_option()
    {
        var options = FakeServerOptions.Parse(
        [
            "--port", "8123", "--key", "k", "--script", "503", "--latency", "200ms", "--text-models", "a, b", "--image-models", "c", "--picture-bytes", "50000", "--seed", "7",
        ]);

        (options.Port, options.Key, options.Script, options.Latency, options.PictureBytes, options.Seed)
            .ShouldBe((8123, "k", "503", TimeSpan.FromMilliseconds(200), 50_000, 7));
        options.TextModels.ShouldBe(["a", "b"]);
        options.ImageModels.ShouldBe(["c"]);
        FakeServerOptions.Parse([]).ShouldBeEquivalentTo(new FakeServerOptions());
    }

    [Fact]
    public void Entries_are_met_in_order_each_by_its_own_kind_of_request()
    {
        var run = Run("503 x2; image: no-image; text: max-tokens; 500");

        Names(run, "text text image text image text").ShouldBe(["503", "503", "no-image", "max-tokens", "500", null]);
    }

    [Fact]
    public void An_entry_with_words_is_met_by_their_prompts_only_and_before_the_sequence()
    {
        var run = Run("""503; image: image-safety when="Red Bicycle"; 500 when=blue x1""");

        run.Next(RequestKind.Image, false, "a red bicycle")!.Play.Name.ShouldBe("image-safety");
        run.Next(RequestKind.Text, false, "a red bicycle")!.Play.Name.ShouldBe("503");
        run.Next(RequestKind.Text, false, "blue")!.Play.Name.ShouldBe("500");
        run.Next(RequestKind.Text, false, "blue").ShouldBeNull();
        run.Next(RequestKind.Image, false, "a red bicycle")!.Play.Name.ShouldBe("image-safety");
        Run("503 when=\"Tom's\"").Next(RequestKind.Text, false, "It is Tom&#39;s").ShouldNotBeNull();
    }

    [Fact]
    public void A_rate_is_kept_on_average_and_thrown_the_same_way_each_time()
    {
        string?[] thrown = [.. Enumerable.Repeat(0, 2_000).Select(_ => "text")];
        var first = Names(Run("503 rate=0.2"), string.Join(' ', thrown));

        first.Count(name => name == "503").ShouldBeInRange(320, 480);
        Names(Run("503 rate=0.2"), string.Join(' ', thrown)).ShouldBe(first);
        Names(new ScriptRun(ScriptParser.Parse("503 rate=0.2"), seed: 2), string.Join(' ', thrown)).ShouldNotBe(first);
    }

    [Fact]
    public void A_reset_before_the_body_waits_for_its_turn_and_is_not_met_later()
    {
        var run = Run("503; reset-before; 500");

        run.NextBeforeBody(RequestKind.Text, false).ShouldBeNull();
        run.Next(RequestKind.Text, false, "")!.Play.Name.ShouldBe("503");
        run.NextBeforeBody(RequestKind.Text, false)!.Play.Name.ShouldBe("reset-before");
        run.NextBeforeBody(RequestKind.Text, false).ShouldBeNull();
        run.Next(RequestKind.Text, false, "")!.Play.Name.ShouldBe("500");
        run.Next(RequestKind.Text, false, "").ShouldBeNull();
    }

    [Fact]
    public void Plays_about_streams_wait_for_a_stream()
    {
        var run = Run("stream-cut; 503");

        run.Next(RequestKind.Text, false, "")!.Play.Name.ShouldBe("503");
        run.Next(RequestKind.Text, true, "")!.Play.Name.ShouldBe("stream-cut");
    }

    [Fact]
    public async Task A_script_is_replaced_at_once_also_over_HTTP()
    {
        await using var caller = await GeminiCaller.StartAsync("503 forever");
        (await StatusAsync(caller)).ShouldBe(503);

        caller.Gemini.Play("504");
        (await StatusAsync(caller)).ShouldBe(504);
        (await StatusAsync(caller)).ShouldBe(200);

        (await PutAsync(caller, "500 x2")).ShouldBe((204, ""));
        (await StatusAsync(caller)).ShouldBe(500);
        var (status, message) = await PutAsync(caller, "nonsense");
        status.ShouldBe(400);
        message.ShouldContain("there is no play 'nonsense'");
        (await StatusAsync(caller)).ShouldBe(500);
        (await PutAsync(caller, new string(' ', 100_001))).Status.ShouldBe(400);
    }

    [Fact]
    public async Task The_guide_names_every_play()
    {
        var guide = await File.ReadAllTextAsync(Path.Combine(Solution.Root, "docs", "fake-gemini.md"));

        PlayCatalogue.ByName.Keys.Where(name => !guide.Contains($"| `{name}` |", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static ScriptRun Run(string script) => new(ScriptParser.Parse(script), seed: 1);

    private static List<string?> Names(ScriptRun run, string kinds) =>
        [.. kinds.Split(' ').Select(kind => run.Next(kind == "image" ? RequestKind.Image : RequestKind.Text, false, "")?.Play.Name)];

    private static async Task<int> StatusAsync(GeminiCaller caller)
    {
        using var response = await caller.AskAsync("text");
        return (int)response.StatusCode;
    }

    private static async Task<(int Status, string Message)> PutAsync(GeminiCaller caller, string script)
    {
        using var content = new StringContent(script);
        using var response = await caller.Http.PutAsync(new Uri("fake/script", UriKind.Relative), content);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}

using Janus.DevTools.FakeGemini;
using Janus.Generation;
using Janus.Generation.Providers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Janus.Tests.Gemini;

/// <summary>
/// Every script of the strict fake, for a text and for a picture, through the agents and the real client: what it comes to, how many requests it
/// took, and what a marketer reads.
/// </summary>
public sealed class ScriptTableTests
{
    private const string Key = "AIza-table-key-that-nobody-may-see";
    private const string Text = "text";
    private const string Image = "image";

    /// <summary>Kind, script, outcome (the failure's code, or "ok"), requests, and words of the sentence.</summary>
    public static IEnumerable<TheoryDataRow<string, string, string, int, string>> Table => Rows.SelectMany(rows => rows)
        .Select(row => new TheoryDataRow<string, string, string, int, string>(row.Kind, row.Script, row.Outcome, row.Requests, row.Words));

    private static IEnumerable<Row[]> Rows =>
    [
        Both("ok", "ok", 1),
        Both("latency=20ms", "ok", 1),
        Both("503 x4", "ok", 5),
        Both("503 forever", "overloaded", 5, "overloaded"),
        Both("503-page forever", "overloaded", 5, "overloaded"),
        Both("500", "overloaded", 1, "overloaded"),
        Both("504", "overloaded", 1, "overloaded"),
        Both("429 retry=2s x2", "ok", 3),
        Both("429 retry=2s forever", "quota_per_minute", 3, "this minute"),
        Both("429 retry=300s", "quota_per_minute", 1, "this minute"),
        Both("429-header retry=2s", "ok", 2),
        Both("daily-quota", "quota_per_day", 1, "daily quota is used up. It starts anew at"),
        Both("spend-cap", "spend_cap", 1, "spending limit"),
        Both("reset-after", "outcome_unknown", 1, "broke before the answer arrived"),
        Both("reset-mid", "outcome_unknown", 1, "broke before the answer arrived"),
        Both("trickle pieces=5 pause=1ms", "ok", 1),
        Both("truncated-json", "malformed", 1, "could not be read"),
        One(Image, "invalid-base64", "malformed", 1, "could not be read"),
        One(Image, "wrong-media-type", "ok", 1),
        One(Image, "not-a-picture", "malformed", 1, "could not be read"),
        Both("blocked-prompt", "blocked", 1, "refused this (SAFETY)"),
        Both("blocked-prompt reason=JAILBREAK", "blocked", 1, "refused this (JAILBREAK)"),
        Both("no-candidates", "malformed", 1, "could not be read"),
        One(Text, "empty-text", "malformed", 1, "could not be read"),
        One(Image, "empty-text", "malformed", 1, "could not be read"),
        Both("max-tokens", "truncated", 1, "cut off"),
        Both("safety", "blocked", 1, "refused this (SAFETY)"),
        Both("recitation", "blocked", 1, "refused this (RECITATION)"),
        One(Image, "image-safety", "blocked", 1, "refused this (IMAGE_SAFETY). Change the caption"),
        One(Image, "no-image", "malformed", 1, "could not be read"),
        Both("unknown-finish", "ok", 1),
        Both("unknown-fields", "ok", 1),
        Both("int64-strings", "ok", 1),
        Both("too-huge", "malformed", 1, "could not be read"),
        Both("html-page", "malformed", 1, "could not be read"),
        Both("empty-body", "malformed", 1, "could not be read"),
        Both("not-json", "malformed", 1, "could not be read"),
        Both("bad-key", "invalid_key", 1, "The Gemini key was refused. Set a valid one in Gemini:ApiKey"),
        Both("forbidden", "invalid_key", 1, "The Gemini key was refused"),
        Both("failed-precondition", "bad_request", 1, "refused the request"),
        Both("bad-request", "bad_request", 1, "refused the request"),
        One(Text, "model-gone", "model_retired", 1, "does not know the model gemini-3.5-flash any more. Choose another in Gemini:TextModel"),
        One(Image, "model-gone", "model_retired", 1, "does not know the model gemini-3.1-flash-image any more. Choose another in Gemini:ImageModel"),
        One(Text, "out-of-schema", "ok", 2),
        One(Text, "out-of-schema forever", "out_of_contract", 3, "not in a form that can be used"),
        One(Text, "plain-reply x2", "ok", 3),
        One(Text, "plain-reply forever", "out_of_contract", 3, "not in a form that can be used"),
        Both("never", "timed_out", 1, "did not answer in time"),
        Both("stall", "timed_out", 1, "did not answer in time"),
        Both("huge", "ok", 1),
    ];

    [Theory]
    [MemberData(nameof(Table))]
    public async Task A_script_comes_to_what_the_table_says(string kind, string script, string outcome, int requests, string words)
    {
        await using var gemini = await FakeGeminiServer.StartAsync(new FakeServerOptions { Key = Key }, CancellationToken.None);
        gemini.Play(script);
        var time = new HurriedTime();
        await using var services = Services(gemini, time);

        var call = AskAsync(services, kind);
        if (outcome == "timed_out")
        {
            await gemini.Journal.UntilAsync(journal => journal.Requests is [{ Play: not null }], CancellationToken.None);
            while (!call.IsCompleted)
            {
                time.ElapseLimits();
                await Task.Yield();
            }
        }

        var failure = await call;
        var seen = gemini.Journal.Read();
        (failure?.Code ?? "ok").ShouldBe(outcome);
        seen.Requests.Count.ShouldBe(requests, "requests");
        seen.Requests.ShouldAllBe(request => request.Play != null, "the fake refused a request of ours");
        (failure?.Reason ?? "").ShouldContain(words);
        (failure?.Reason ?? "").ShouldNotContain("SECRET-ECHO");
        (failure?.ToString() ?? "").ShouldNotContain(Key);
    }

    [Fact]
    public async Task A_reset_before_the_request_was_read_is_told_as_what_it_may_be()
    {
        await using var gemini = await FakeGeminiServer.StartAsync(new FakeServerOptions { Key = Key }, CancellationToken.None);
        await using var services = Services(gemini, new HurriedTime());
        foreach (var kind in (string[])[Text, Image])
        {
            gemini.Play("reset-before");
            // Whether the request had left this machine when the connection broke is up to its buffers.
            (await AskAsync(services, kind))!.Code.ShouldBeOneOf("outcome_unknown", "overloaded");
        }
    }

    private static ServiceProvider Services(FakeGeminiServer gemini, TimeProvider time) => new ServiceCollection().AddLogging()
        .AddSingleton(time)
        .AddGeneration(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Gemini:ApiKey"] = Key,
            ["Gemini:Endpoint"] = gemini.Address.AbsoluteUri,
        }).Build(), isPlanner: false)
        .BuildServiceProvider();

    private static async Task<GenerationFailure?> AskAsync(IServiceProvider services, string kind)
    {
        var brief = new CampaignBrief { ProductDescription = "A quiet coffee grinder", Goals = "Win 500 preorders", CampaignName = "Zephyr", Platform = "X" };
        try
        {
            if (kind == Image)
                await services.GetRequiredService<MediaCreator>().CreateAsync("A grinder on a shelf.", brief, "A", null, CancellationToken.None);
            else
                await services.GetRequiredService<ContentCreator>().CreateAsync(new PostBrief("Meet Zephyr", "What it is.", 1), brief, CancellationToken.None);
            return null;
        }
        catch (GenerationFailedException failed)
        {
            failed.ToString().ShouldNotContain(Key);
            failed.ToString().ShouldNotContain("SECRET-ECHO");
            return failed.Failure;
        }
    }

    private static Row[] Both(string script, string outcome, int requests, string words = "") =>
        [.. One(Text, script, outcome, requests, words), .. One(Image, script, outcome, requests, words)];

    private static Row[] One(string kind, string script, string outcome, int requests, string words = "") =>
        [new(kind, script, outcome, requests, words)];

    private sealed record Row(string Kind, string Script, string Outcome, int Requests, string Words);
}

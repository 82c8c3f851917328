using System.Globalization;
using System.Text.Json;
using Janus.DevTools.FakeGemini;
using Janus.Tests.Time;

namespace Janus.Tests.DevTools;

/// <summary>What the fake keeps of what it was asked.</summary>
public sealed class FakeGeminiJournalTests
{
    [Fact]
    public async Task The_journal_tells_every_request_in_order_and_sums_them_up()
    {
        await using var caller = await GeminiCaller.StartAsync("503; ok x3");
        (await caller.AskAsync("text", new string('a', 300))).Dispose();
        (await caller.AskAsync("image")).Dispose();
        await caller.StreamAsync(GeminiCaller.Body());
        (await caller.PostAsync("{}")).Dispose();
        (await caller.Http.GetAsync(new Uri("v1beta/models", UriKind.Relative))).Dispose();

        var journal = JsonElement.Parse(await caller.Http.GetStringAsync(new Uri("fake/journal", UriKind.Relative)));

        var requests = journal.GetProperty("requests").EnumerateArray().ToList();
        requests.Select(one => (Text(one, "kind"), Text(one, "model"), Text(one, "play"), one.GetProperty("status").GetInt32(), one.GetProperty("streamed").GetBoolean()))
            .ShouldBe(
            [
                ("text", GeminiCaller.TextModel, "503", 503, false),
                ("image", GeminiCaller.ImageModel, "ok", 200, false),
                ("text", GeminiCaller.TextModel, "ok", 200, true),
                ("text", GeminiCaller.TextModel, null, 400, false),
                ("other", null, null, 200, false),
            ]);
        Text(requests[0], "prompt").ShouldBe(new string('a', 200));
        Text(requests[3], "problem").ShouldNotBeNullOrEmpty();
        requests[0].GetProperty("at").GetDateTimeOffset().ShouldBeLessThanOrEqualTo(requests[4].GetProperty("at").GetDateTimeOffset());
        var counts = journal.GetProperty("counts");
        (Count("requests"), Count("text"), Count("image"), Count("problems"), Count("pictures_paid_for")).ShouldBe((5, 3, 1, 1, 1));
        counts.GetProperty("plays").GetProperty("ok").GetInt64().ShouldBe(2);
        counts.GetProperty("statuses").GetProperty("503").GetInt64().ShouldBe(1);

        using var forgotten = await caller.Http.DeleteAsync(new Uri("fake/journal", UriKind.Relative));
        ((int)forgotten.StatusCode).ShouldBe(204);
        caller.Gemini.Journal.Read().Requests.ShouldBeEmpty();

        long Count(string name) => counts.GetProperty(name).GetInt64();
        static string? Text(JsonElement one, string name) => one.GetProperty(name).GetString();
    }

    [Fact]
    public void Only_the_last_ten_thousand_are_listed_and_all_are_counted()
    {
        var journal = new Journal(new ManualTime());
        for (var number = 0; number < Journal.Most + 5; number++)
        {
            var model = number.ToString(CultureInfo.InvariantCulture);
            journal.Open("image", model, isStreamed: false).Note(entry => entry with { Pictures = 1, Status = 200, Play = "ok" });
        }

        var report = journal.Read();

        report.Requests.Count.ShouldBe(Journal.Most);
        report.Requests[0].Model.ShouldBe("5");
        report.Counts.PicturesPaidFor.ShouldBe(Journal.Most + 5);
        report.Counts.Plays["ok"].ShouldBe(Journal.Most + 5);
        journal.Clear();
        journal.Read().Counts.Requests.ShouldBe(0);
    }
}

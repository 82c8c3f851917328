using System.Text;
using Janus.Campaigns;
using Janus.Campaigns.Events;

namespace Janus.Tests.Scheduling;

/// <summary>What leaves Janus for other programs, read back by programs that know nothing of it.</summary>
public sealed class ScheduleExportTests(ScheduleHost host) : IClassFixture<ScheduleHost>
{
    // Everything that a calendar must escape, and letters of two, three and four bytes at the ends of lines.
    private static readonly string Words = "=SUM(A1); Grüße, \\ \"wow\"\nnächste Zeile\n\n" + string.Concat(Enumerable.Repeat("Übergrößenträger 语言 😀👩‍🚀 ", 12)).Trim();

    [Fact]
    public async Task A_calendar_holds_every_date_for_another_program()
    {
        var (campaign, posts) = await WrittenAsync();

        var answer = await host.GetAsync($"/api/campaigns/{campaign}/schedule.ics");

        answer.Status.ShouldBe(200, answer.Text);
        answer["Content-Type"].ShouldBe("text/calendar; charset=utf-8");
        answer["Content-Disposition"].ShouldNotBeNull().ShouldContain("filename=spring-loud-schedule.ics");
        var lines = answer.Text.Split("\r\n");
        lines.ShouldAllBe(line => !line.Contains('\n') && Encoding.UTF8.GetByteCount(line) <= 75);
        answer.Text.ShouldEndWith("\r\n");

        var calendar = await OtherReaders.CalendarAsync(answer.Text);
        calendar.GetProperty("version").GetString().ShouldBe("2.0");
        calendar.GetProperty("name").GetString().ShouldBe("=Spring, \"loud\"");
        var events = calendar.GetProperty("events").EnumerateArray().ToList();
        events.Select(entry => entry.GetProperty("uid").GetString()).ShouldBe([$"post-{posts[1]}.{campaign}@janus", $"post-{posts[0]}.{campaign}@janus"]);
        events.Select(entry => entry.GetProperty("start").GetString()).ShouldBe(["2027-03-28T01:00:00.000Z", "2027-10-31T00:30:00.000Z"]);
        events.ShouldAllBe(entry => entry.GetProperty("zone").GetString() == "UTC");
        events[1].GetProperty("summary").GetString().ShouldBe("Tease");
        events[1].GetProperty("description").GetString()!.ShouldContain(Words);
        events[1].GetProperty("description").GetString()!.ShouldContain("comes twice");
    }

    [Fact]
    public async Task A_changed_date_is_the_same_entry_with_a_higher_sequence()
    {
        var (campaign, posts) = await WrittenAsync();
        var before = await EntryAsync(campaign, posts[0]);
        (await host.SetDateAsync(posts[0], "2027-05-05T11:00")).Status.ShouldBe(200);

        var after = await EntryAsync(campaign, posts[0]);

        after.GetProperty("uid").GetString().ShouldBe(before.GetProperty("uid").GetString());
        after.GetProperty("sequence").GetInt64().ShouldBeGreaterThan(before.GetProperty("sequence").GetInt64());
        after.GetProperty("start").GetString().ShouldBe("2027-05-05T09:00:00.000Z");
    }

    [Fact]
    public async Task A_table_is_safe_in_spreadsheets_and_comes_back_with_numbers()
    {
        var (campaign, posts) = await WrittenAsync();
        await host.PostAsync($"/api/posts/{posts[0]}/publish", new { url = "https://example.com/?a=1,2" });

        var answer = await host.GetAsync($"/api/campaigns/{campaign}/schedule.csv");

        answer.Status.ShouldBe(200, answer.Text);
        answer["Content-Type"].ShouldBe("text/csv; charset=utf-8");
        (await host.Http.GetByteArrayAsync(new Uri($"/api/campaigns/{campaign}/schedule.csv", UriKind.Relative))).Take(3).ShouldBe(Encoding.UTF8.GetPreamble());
        var rows = (await OtherReaders.TableAsync(answer.Text)).EnumerateArray().ToList();
        rows.Count.ShouldBe(4);
        var first = rows.Single(row => row.GetProperty("post_pk").GetString() == $"{posts[0]}");
        first.GetProperty("text").GetString().ShouldBe($"'{Words}");
        first.GetProperty("status").GetString().ShouldBe("published");
        first.GetProperty("url").GetString().ShouldBe("https://example.com/?a=1,2");
        first.GetProperty("utc").GetString().ShouldBe("2027-10-31T00:30:00Z");
        first.GetProperty("likes").GetString().ShouldBe("");

        // Given back as it is, it says nothing; with a number in it, that number.
        (await host.TableAsync(campaign, answer.Text)).Json.GetProperty("posts").GetInt32().ShouldBe(0);
        (await host.PutAsync($"/api/posts/{posts[0]}/metrics", new { likes = 7 })).Status.ShouldBe(200);
        var filled = await host.GetAsync($"/api/campaigns/{campaign}/schedule.csv");
        (await host.TableAsync(campaign, filled.Text)).Json.GetProperty("posts").GetInt32().ShouldBe(1);
    }

    private async Task<System.Text.Json.JsonElement> EntryAsync(string campaign, int pk) =>
        (await OtherReaders.CalendarAsync((await host.GetAsync($"/api/campaigns/{campaign}/schedule.ics")).Text)).GetProperty("events").EnumerateArray()
            .Single(entry => entry.GetProperty("uid").GetString()!.StartsWith($"post-{pk}.", StringComparison.Ordinal));

    // The first post has words that are hard to write down; two have dates.
    private async Task<(string Campaign, IReadOnlyList<int> Posts)> WrittenAsync()
    {
        var (campaign, posts) = await host.MadeAsync();
        await host.ChangeAsync(posts[0], (change, post) =>
        {
            change.Context.Variants.Add(new Variant { PostId = post.Id, Letter = "B", Generation = 2, Text = Words, Angle = "calm", Caption = "A kite", Author = Author.Person, CreatedAt = change.Now });
            var row = change.Context.Posts.Attach(post);
            row.Property(p => p.CurrentB).CurrentValue = 2;
            row.Property(p => p.SelectedVariant).CurrentValue = "B";
            change.Record(EventKind.VariantEdited, new { post_pk = post.Id, variant = "B", generation = 2 });
            return Task.CompletedTask;
        });
        (await host.SetDateAsync(posts[0], "2027-10-31T02:30")).Status.ShouldBe(200);
        (await host.SetDateAsync(posts[1], "2027-03-28T02:30")).Status.ShouldBe(200);
        return (campaign, posts);
    }
}

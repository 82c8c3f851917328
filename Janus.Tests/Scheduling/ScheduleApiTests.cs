using System.Text.Json;

namespace Janus.Tests.Scheduling;

public sealed class ScheduleApiTests(ScheduleHost host) : IClassFixture<ScheduleHost>
{
    [Fact]
    public async Task Dates_are_proposed_without_being_stored_and_then_given_in_one_transaction()
    {
        var (campaign, posts) = await host.MadeAsync(approved: 3);
        var before = await host.VersionAsync(campaign);

        var preview = await host.PostAsync($"/api/campaigns/{campaign}/schedule/propose", "");
        preview.Status.ShouldBe(200, preview.Text);
        preview.Json.GetProperty("is_applied").GetBoolean().ShouldBeFalse();
        (await host.VersionAsync(campaign)).ShouldBe(before);

        var applied = await host.PostAsync($"/api/campaigns/{campaign}/schedule/apply/", "");
        applied.Status.ShouldBe(200, applied.Text);
        applied.Json.GetProperty("dates").GetRawText().ShouldBe(preview.Json.GetProperty("dates").GetRawText());

        var schedule = await host.ScheduleAsync(campaign);
        schedule.GetProperty("posts").EnumerateArray().Select(post => post.GetProperty("pk").GetInt32()).ShouldBe(posts.Take(3));
        schedule.GetProperty("posts").EnumerateArray().Select(post => post.GetProperty("date").GetProperty("local_time").GetString())
            .ShouldBe(["2027-03-02T10:00", "2027-03-03T10:00", "2027-03-04T10:00"]);
        schedule.GetProperty("posts")[0].GetProperty("date").GetProperty("at").GetString().ShouldBe("2027-03-02T09:00:00Z");
        schedule.GetProperty("posts")[0].GetProperty("date").GetProperty("offset").GetString().ShouldBe("+01:00");
        schedule.GetProperty("without_date").EnumerateArray().Select(post => post.GetProperty("pk").GetInt32()).ShouldBe([posts[3]]);
        (await host.GetAsync($"/api/nodesJson/?campaign_id={campaign}")).Json.GetProperty("diagram").EnumerateArray()
            .Select(node => $"{node.GetProperty("status").GetString()} {node.GetProperty("approval").GetString()}")
            .ShouldBe(["scheduled approved", "scheduled approved", "scheduled approved", "draft none"]);
        (await host.PostAsync($"/api/campaigns/{campaign}/schedule/apply", "")).ShouldBeProblem(409);
    }

    [Fact]
    public async Task Rules_are_stored_and_said()
    {
        var (campaign, _) = await host.MadeAsync();

        var answer = await host.PutAsync(
            $"/api/campaigns/{campaign}/schedule", new { start_date = "2027-04-01", end_date = "2027-04-02", time_zone = "Asia/Kathmandu", quiet_from = "20:00", quiet_to = "09:15" });

        answer.Status.ShouldBe(200, answer.Text);
        var rules = (await host.ScheduleAsync(campaign)).GetProperty("rules");
        rules.GetProperty("start_date").GetString().ShouldBe("2027-04-01");
        rules.GetProperty("time_zone").GetString().ShouldBe("Asia/Kathmandu");
        rules.GetProperty("quiet_to").GetString().ShouldBe("09:15");
        rules.GetProperty("is_set").GetBoolean().ShouldBeTrue();
        (await host.PostAsync($"/api/campaigns/{campaign}/schedule/propose", "")).Json.GetProperty("dates").EnumerateArray()
            .Select(date => date.GetProperty("date").GetProperty("local_time").GetString()![..10]).ShouldBe(["2027-04-01", "2027-04-01", "2027-04-02", "2027-04-02"]);
    }

    [Theory]
    [InlineData("""{"time_zone":"Mars/Olympus"}""", "time_zone")]
    [InlineData("""{"time_zone":7}""", "time_zone")]
    [InlineData("""{"start_date":"2027-02-28"}""", "start_date")]
    [InlineData("""{"start_date":"soon"}""", "start_date")]
    [InlineData("""{"start_date":"2027-04-02","end_date":"2027-04-01"}""", "end_date")]
    [InlineData("""{"end_date":"2027-02-28"}""", "end_date")]
    [InlineData("""{"start_date":"2099-01-01"}""", "start_date")]
    [InlineData("""{"quiet_from":"22:00"}""", "quiet_to")]
    [InlineData("""{"quiet_from":"25:00","quiet_to":"07:00"}""", "quiet_from")]
    [InlineData("""{"quiet_from":"08:00","quiet_to":"07:59"}""", "quiet_to")]
    [InlineData("[]", "body")]
    public async Task Rules_that_make_no_sense_are_refused_by_field_and_nothing_is_stored(string json, string field)
    {
        var (campaign, _) = await host.MadeAsync(approved: 0);
        var before = await host.VersionAsync(campaign);

        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/campaigns/{campaign}/schedule") { Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json") };
        var errors = (await host.SendAsync(request)).ShouldName(field);

        errors[field].ShouldStartWith(field);
        (await host.VersionAsync(campaign)).ShouldBe(before);
    }

    [Fact]
    public async Task A_date_in_a_gap_of_the_clocks_is_moved_and_said()
    {
        var (_, posts) = await host.MadeAsync();

        var answer = await host.SetDateAsync(posts[0], "2027-03-28T02:30");

        answer.Status.ShouldBe(200, answer.Text);
        var date = answer.Json.GetProperty("date");
        date.GetProperty("at").GetString().ShouldBe("2027-03-28T01:00:00Z");
        date.GetProperty("local_time").GetString().ShouldBe("2027-03-28T03:00");
        date.GetProperty("notes").EnumerateArray().Select(note => note.GetString()).ShouldBe(
        [
            "02:30 does not exist on 28 March 2027 in Europe/Berlin, because the clocks go forward then. It goes out at 03:00.",
            "03:00 lies in the quiet hours, 22:00 to 07:00.",
        ]);
    }

    [Fact]
    public async Task A_date_that_comes_twice_is_the_earlier_instant_and_stays_said()
    {
        var (_, posts) = await host.MadeAsync();

        var date = (await host.SetDateAsync(posts[0], "2027-10-31T02:30")).Json.GetProperty("date");

        date.GetProperty("at").GetString().ShouldBe("2027-10-31T00:30:00Z");
        date.GetProperty("notes")[0].GetString()!.ShouldContain("comes twice on 31 October 2027 in Europe/Berlin");
    }

    [Theory]
    [InlineData("""{}""", 400, "local_time")]
    [InlineData("""{"local_time":"2027-02-28T10:00"}""", 400, "local_time")]
    [InlineData("""{"local_time":"2027-03-01T13:00"}""", 400, "local_time")]
    [InlineData("""{"local_time":"2027-02-30T10:00"}""", 400, "local_time")]
    [InlineData("""{"local_time":"tomorrow"}""", 400, "local_time")]
    [InlineData("""{"local_time":"9999-12-31T23:59"}""", 400, "local_time")]
    [InlineData("""{"local_time":"2040-01-01T10:00"}""", 400, "local_time")]
    [InlineData("""{"at":"2027-04-01T10:00:00"}""", 400, "at")]
    [InlineData("""{"at":"2027-02-28T10:00:00Z"}""", 400, "at")]
    [InlineData("""{"at":"2027-04-01T10:00:00Z","local_time":"2027-04-01T10:00"}""", 400, "at")]
    [InlineData("""{"at":"2027-04-01T10:00:00Z","seen":"x"}""", 400, "seen")]
    public async Task A_date_that_makes_no_sense_is_refused_with_a_word(string json, int status, string field)
    {
        var (campaign, posts) = await host.MadeAsync(approved: 1);
        var before = await host.VersionAsync(campaign);

        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/posts/{posts[0]}/schedule") { Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json") };
        var answer = await host.SendAsync(request);

        answer.Status.ShouldBe(status, answer.Text);
        answer.ShouldName(field);
        (await host.VersionAsync(campaign)).ShouldBe(before);
    }

    [Fact]
    public async Task A_draft_gets_no_date_and_a_date_can_be_taken_away()
    {
        var (_, posts) = await host.MadeAsync(approved: 1);

        (await host.SetDateAsync(posts[1], "2027-04-01T10:00")).ShouldBeProblem(409).GetProperty("message").GetString()!.ShouldContain("Approve it first");
        (await host.SetDateAsync(posts[0], "2027-04-01T10:00")).Json.GetProperty("status").GetString().ShouldBe("scheduled");
        (await host.SetDateAsync(posts[0], "2027-04-01T10:00")).Status.ShouldBe(200);
        var taken = await host.DeleteAsync($"/api/posts/{posts[0]}/schedule");
        taken.Status.ShouldBe(200, taken.Text);
        taken.Json.GetProperty("approval").GetString().ShouldBe("approved");
        taken.Json.GetProperty("date").ValueKind.ShouldBe(JsonValueKind.Null);
        (await host.DeleteAsync($"/api/posts/{posts[0]}/schedule")).ShouldBeProblem(409);
        (await host.SetDateAsync(int.MaxValue, "2027-04-01T10:00")).ShouldBeProblem(404);
    }

    [Fact]
    public async Task A_decision_upon_what_somebody_else_has_changed_is_refused_with_what_is_there()
    {
        var (_, posts) = await host.MadeAsync(approved: 1);
        var seen = (await host.GetAsync($"/api/posts/{posts[0]}/schedule")).Json.GetProperty("version").GetInt64();
        (await host.SetDateAsync(posts[0], "2027-04-01T10:00")).Status.ShouldBe(200);

        var late = await host.PutAsync($"/api/posts/{posts[0]}/schedule", new { local_time = "2027-04-05T10:00", seen });
        late.ShouldBeProblem(409).GetProperty("current").GetProperty("date").GetProperty("local_time").GetString().ShouldBe("2027-04-01T10:00");
        (await host.PostAsync($"/api/posts/{posts[0]}/publish", new { seen })).ShouldBeProblem(409);
        var now = late.Json.GetProperty("current").GetProperty("version").GetInt64();
        (await host.PutAsync($"/api/posts/{posts[0]}/schedule", new { local_time = "2027-04-05T10:00", seen = now })).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("/api/campaigns/c_0000000000000000000000/schedule")]
    [InlineData("/api/campaigns/nobody/schedule")]
    [InlineData("/api/campaigns/nobody/schedule.ics")]
    [InlineData("/api/campaigns/nobody/schedule.csv")]
    [InlineData("/api/posts/2147483647/schedule")]
    public async Task What_is_not_there_is_a_404(string path) => (await host.GetAsync(path)).ShouldBeProblem(404);
}

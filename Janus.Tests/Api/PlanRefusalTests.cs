namespace Janus.Tests.Api;

public sealed class PlanRefusalTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Plan = "/api/strategy/plan/";

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"product_description":null,"gtm_goals":""}""")]
    [InlineData("""{"product_description":" \n ","gtm_goals":"\u200b"}""")]
    public async Task Both_required_fields_are_named_when_they_are_missing_or_blank(string body)
    {
        var messages = (await host.PostAsync(Plan, body)).ShouldName("product_description", "gtm_goals");
        messages["product_description"].ShouldBe("product_description is required.");
        messages["gtm_goals"].ShouldBe("gtm_goals is required.");
    }

    [Theory]
    [InlineData("product_description", 7, "must be text")]
    [InlineData("product_description", new[] { "a" }, "must be text")]
    [InlineData("gtm_goals", true, "must be text")]
    [InlineData("save_to_db", "yes", "must be true or false")]
    [InlineData("use_words", "steam", "must be a list of texts")]
    [InlineData("use_words", new[] { 1 }, "must be a list of texts")]
    [InlineData("posts_per_phase", "3", "must be a whole number")]
    [InlineData("posts_per_phase", 2.5, "must be a whole number")]
    [InlineData("posts_per_phase", 1, "must be 2, 3 or 4")]
    [InlineData("posts_per_phase", 5, "must be 2, 3 or 4")]
    [InlineData("start_date", "tomorrow", "must be a date such as")]
    [InlineData("start_date", "0001-01-01", "must be at most")]
    [InlineData("start_date", "9999-12-31", "must be at most")]
    [InlineData("time_zone", "Mars/Olympus", "must be an IANA time zone")]
    [InlineData("time_zone", "../../etc/passwd", "must be an IANA time zone")]
    [InlineData("time_zone", "W. Europe Standard Time", "must be an IANA time zone")]
    [InlineData("platform", "Myspace", "must be one of X, Threads, Bluesky, Mastodon, Instagram, LinkedIn, Facebook")]
    [InlineData("campaign_name", "two\nlines", "must not contain control characters")]
    [InlineData("product_description", "nul \0 inside", "must not contain control characters")]
    public async Task A_wrong_field_is_named_in_words_for_people(string field, object value, string message)
    {
        var answer = await host.PostAsync(Plan, Briefs.With(field, value));
        answer.ShouldName(field)[field].ShouldStartWith($"{field} {message}");
    }

    [Fact]
    public async Task Every_wrong_field_is_named_at_once()
    {
        const string body = """{"product_description":5,"platform":"Fax","posts_per_phase":9,"save_to_db":1,"use_words":["a"],"avoid_words":["A"]}""";
        (await host.PostAsync(Plan, body)).ShouldName("product_description", "gtm_goals", "platform", "posts_per_phase", "save_to_db", "avoid_words");
    }

    [Fact]
    public async Task A_description_of_one_megabyte_is_told_the_limit_and_its_own_length()
    {
        var answer = await host.PostAsync(Plan, Briefs.With("product_description", new string('x', 1_000_000)));
        answer.ShouldName("product_description")["product_description"].ShouldBe("product_description may have at most 20,000 characters; this one has 1,000,000.");
    }

    [Fact]
    public async Task A_description_at_the_limit_is_accepted() =>
        (await host.PostAsync(Plan, Briefs.With("product_description", new string('x', 20_000)))).Status.ShouldBe(201);

    [Fact]
    public async Task Names_and_lists_have_limits()
    {
        (await host.PostAsync(Plan, Briefs.With("campaign_name", new string('x', 201)))).ShouldName("campaign_name");
        (await host.PostAsync(Plan, Briefs.With("audience", new string('x', 501)))).ShouldName("audience");
        (await host.PostAsync(Plan, Briefs.With("use_words", Enumerable.Repeat("w", 51)))).ShouldName("use_words")["use_words"].ShouldContain("at most 50");
        (await host.PostAsync(Plan, Briefs.With("avoid_words", new[] { new string('x', 61) }))).ShouldName("avoid_words");
        (await host.PostAsync(Plan, Briefs.With("avoid_words", new string?[] { null }))).ShouldName("avoid_words");
    }

    [Fact]
    public async Task Half_a_character_is_not_text() =>
        (await host.PostAsync(Plan, """{"product_description":"\ud800","gtm_goals":"x"}""")).ShouldName("product_description");

    [Fact]
    public async Task A_refused_request_never_reaches_the_planner()
    {
        var calls = host.Planner.Calls;
        await host.PostAsync(Plan, "{}");
        host.Planner.Calls.ShouldBe(calls);
    }
}

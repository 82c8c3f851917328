using Janus.Gemini;

namespace Janus.Tests.Gemini;

/// <summary>What is sent again, how often and after which wait; everything else is sent once.</summary>
public class ResendTests
{
    private static readonly Reply Overloaded = Reply.Error(503, "UNAVAILABLE");
    private static readonly Reply OutOfMinute = Reply.Quota("GenerateRequestsPerMinutePerProjectPerModel", "22s");

    [Theory]
    [InlineData("text")]
    [InlineData("picture")]
    public async Task Five_503_are_the_end(string what)
    {
        await using var gemini = await FakeGemini.StartAsync(Overloaded);

        var failure = await gemini.FailAsync(what);

        failure.Kind.ShouldBe(GeminiFailureKind.Overloaded);
        gemini.Requests.Count.ShouldBe(5);
        gemini.Time.Waits.Select(wait => wait.TotalSeconds).ShouldBe([1, 1.3, 1.69, 2.197], tolerance: 0.001);
    }

    [Fact]
    public async Task The_wait_after_a_503_stops_growing()
    {
        await using var gemini = await FakeGemini.StartAsync(Overloaded);
        gemini.Options.Retry.OverloadedFirstDelay = TimeSpan.FromSeconds(9);

        await gemini.FailAsync("text");

        gemini.Time.Waits.Select(wait => wait.TotalSeconds).ShouldBe([9, 10, 10, 10]);
    }

    [Fact]
    public async Task A_503_from_a_front_end_is_sent_again_too_and_the_answer_that_follows_counts()
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Html(503), Overloaded, Reply.Text("Bread."));

        (await gemini.Text.GetResponseAsync([new(Microsoft.Extensions.AI.ChatRole.User, "Write a post.")])).Text.ShouldBe("Bread.");

        gemini.Requests.Count.ShouldBe(3);
        gemini.Requests.Select(request => request.Text).Distinct().Count().ShouldBe(1);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("picture")]
    public async Task A_quota_per_minute_is_waited_for_twice_as_long_as_it_says(string what)
    {
        await using var gemini = await FakeGemini.StartAsync(OutOfMinute);

        var failure = await gemini.FailAsync(what);

        failure.Kind.ShouldBe(GeminiFailureKind.QuotaPerMinute);
        failure.RetryAfter.ShouldBe(TimeSpan.FromSeconds(22));
        gemini.Requests.Count.ShouldBe(3);
        gemini.Time.Waits.ShouldBe([TimeSpan.FromSeconds(22), TimeSpan.FromSeconds(22)]);
    }

    [Fact]
    public async Task A_longer_wait_than_the_option_allows_is_handed_to_the_caller()
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Quota("GenerateRequestsPerMinutePerProjectPerModel", "30.5s"));

        var failure = await gemini.FailAsync("text");

        failure.RetryAfter.ShouldBe(TimeSpan.FromSeconds(30.5));
        gemini.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Without_a_stated_wait_a_429_is_not_sent_again()
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Quota("GenerateRequestsPerMinutePerProjectPerModel"));

        (await gemini.FailAsync("text")).RetryAfter.ShouldBeNull();

        gemini.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_wait_of_a_429_may_stand_in_its_header()
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Raw("", "text/plain", 429, ("Retry-After", "7")), Reply.Text("Bread."));

        await gemini.AskAsync("text");

        gemini.Time.Waits.ShouldBe([TimeSpan.FromSeconds(7)]);
    }

    [Fact]
    public async Task The_two_kinds_of_refusal_are_counted_apart_and_never_multiply()
    {
        await using var gemini = await FakeGemini.StartAsync(
            Overloaded, OutOfMinute, Overloaded, OutOfMinute, Overloaded, Overloaded, OutOfMinute, Reply.Text("Too late."));

        (await gemini.FailAsync("text")).Kind.ShouldBe(GeminiFailureKind.QuotaPerMinute);

        gemini.Requests.Count.ShouldBe(7);
    }
}

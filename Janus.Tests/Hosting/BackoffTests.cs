using Janus.LocalHost;

namespace Janus.Tests.Hosting;

public sealed class BackoffTests
{
    [Fact]
    public void Waits_double_from_a_fifth_of_a_second_up_to_ten()
    {
        var backoff = new Backoff();
        double[] waits = [.. Enumerable.Range(0, 8).Select(_ => backoff.Next(TimeSpan.Zero).TotalSeconds)];
        waits.ShouldBe([0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 10, 10]);
    }

    [Fact]
    public void Half_a_minute_of_health_is_forgiven()
    {
        var backoff = new Backoff();
        for (var crash = 0; crash < 5; crash++)
            backoff.Next(TimeSpan.FromSeconds(29));

        backoff.Next(TimeSpan.FromSeconds(30)).ShouldBe(Backoff.First);
        backoff.Next(TimeSpan.Zero).ShouldBe(Backoff.First * 2);
    }
}

using Janus.Generation;

namespace Janus.Tests.Generation;

public sealed class PlatformLimitsTests
{
    [Theory]
    [InlineData("X", "hello", 5)]
    [InlineData("X", "忙しい", 6)]
    [InlineData("X", "👨‍👩‍👧‍👦", 2)]
    [InlineData("X", "1️⃣", 2)]
    [InlineData("X", "café “quoted” – dash", 20)]
    [InlineData("X", "see https://example.com/a/very/long/path?with=query&and=more, now", 32)]
    [InlineData("X", "example.com", 23)]
    [InlineData("X", "3.5 stars, e.g. ours.", 21)]
    [InlineData("X", "one\r\ntwo", 8)]
    [InlineData("Bluesky", "👨‍👩‍👧‍👦é", 2)]
    [InlineData("Mastodon", "go https://example.org/abcdefghijklmnopqrstuvwxyz", 26)]
    [InlineData("Threads", "🚀", 4)]
    [InlineData("LinkedIn", "hello", 5)]
    public void A_text_counts_as_its_platform_counts(string platform, string text, int expected) =>
        PlatformLimits.Count(platform, text).ShouldBe(expected);

    [Fact]
    public void A_platform_is_known_in_any_case() => PlatformLimits.Canonical(" linkedin ").ShouldBe("LinkedIn");

    [Fact]
    public void An_unknown_platform_is_refused()
    {
        PlatformLimits.Canonical("MySpace").ShouldBeNull();
        Should.Throw<ArgumentException>(() => PlatformLimits.Limit("MySpace"));
    }
}

using Janus.Gemini;
using Janus.Generation;
using Janus.Generation.Providers;
using Janus.Generation.Sample;

namespace Janus.Tests.Generation;

public sealed class ProviderFailuresTests
{
    [Theory]
    [InlineData(GeminiFailureKind.InvalidKey, FailureScope.Campaign, false)]
    [InlineData(GeminiFailureKind.SpendCap, FailureScope.Campaign, false)]
    [InlineData(GeminiFailureKind.QuotaPerDay, FailureScope.Campaign, false)]
    [InlineData(GeminiFailureKind.ModelRetired, FailureScope.Campaign, false)]
    [InlineData(GeminiFailureKind.QuotaPerMinute, FailureScope.Step, true)]
    [InlineData(GeminiFailureKind.Overloaded, FailureScope.Step, true)]
    [InlineData(GeminiFailureKind.TimedOut, FailureScope.Step, true)]
    [InlineData(GeminiFailureKind.OutcomeUnknown, FailureScope.Step, true)]
    [InlineData(GeminiFailureKind.Malformed, FailureScope.Step, true)]
    [InlineData(GeminiFailureKind.Truncated, FailureScope.Step, true)]
    [InlineData(GeminiFailureKind.Blocked, FailureScope.Step, false)]
    [InlineData(GeminiFailureKind.BadRequest, FailureScope.Step, false)]
    public void Every_kind_of_Gemini_has_a_reach_and_a_plain_sentence(GeminiFailureKind kind, FailureScope scope, bool transient)
    {
        var failure = ProviderFailures.Translate(new GeminiException(kind, "secret", TimeSpan.FromSeconds(7)));
        failure.Scope.ShouldBe(scope);
        failure.IsTransient.ShouldBe(transient);
        failure.RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));
        failure.Reason.ShouldNotContain("secret");
        failure.Code.ShouldNotBe("unexpected");
    }

    [Fact]
    public void Every_kind_is_translated() => Enum.GetValues<GeminiFailureKind>()
        .Select(kind => ProviderFailures.Translate(new GeminiException(kind, "")).Code).Distinct().Count().ShouldBe(Enum.GetValues<GeminiFailureKind>().Length);

    [Fact]
    public void What_nobody_expected_is_not_repeated_and_not_shown()
    {
        var failure = ProviderFailures.Translate(new InvalidOperationException("connection string with password"));
        failure.Code.ShouldBe("unexpected");
        failure.IsTransient.ShouldBeFalse();
        failure.Reason.ShouldNotContain("password");
    }

    [Fact]
    public void The_samples_own_failures_keep_their_words()
    {
        ProviderFailures.Translate(new SampleFailureException("Told to.", isTransient: false)).ShouldBe(new GenerationFailure("sample_failure", "Told to."));
        ProviderFailures.Translate(new HttpRequestException("x")).IsTransient.ShouldBeTrue();
        Should.Throw<ArgumentException>(() => ProviderFailures.Translate(new TaskCanceledException()));
    }
}

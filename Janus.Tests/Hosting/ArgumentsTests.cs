using Janus.LocalHost;

namespace Janus.Tests.Hosting;

public sealed class ArgumentsTests
{
    [Fact]
    public void The_host_knows_its_arguments() => Should.NotThrow(() => Arguments.Check(["--local", "--traces"]));

    [Fact]
    public void Any_other_argument_is_refused_with_those_that_there_are()
    {
        var refusal = Should.Throw<HostRefusedException>(() => Arguments.Check(["--local", "--trace"]));
        refusal.ExitCode.ShouldBe(HostRefusedException.BadSetting);
        refusal.Message.ShouldStartWith("'--trace' is no argument of Janus.LocalHost: there are --local");
        refusal.Message.ShouldContain("--traces");
    }
}

using Janus.LocalHost;

namespace Janus.Tests.Hosting;

public sealed class DataDirectoryTests : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("janus-test-").FullName;

    private string AddressesFile => Path.Combine(_path, "run", "addresses.json");

    [Fact]
    public void One_host_at_a_time_has_it_and_the_other_learns_where_the_first_is()
    {
        using (var first = DataDirectory.Claim(_path))
        {
            Should.Throw<HostRefusedException>(() => DataDirectory.Claim(_path)).Message.ShouldContain("it is starting");

            first.Announce(new Addresses("http://127.0.0.1:1", "http://127.0.0.1:2", 3));
            File.ReadAllText(AddressesFile).ShouldBe("""{"web":"http://127.0.0.1:1","api":"http://127.0.0.1:2","pid":3}""");
            var refusal = Should.Throw<HostRefusedException>(() => DataDirectory.Claim(_path));
            refusal.ExitCode.ShouldBe(HostRefusedException.AlreadyRunning);
            refusal.Message.ShouldContain("http://127.0.0.1:1, process 3");
        }

        File.Exists(AddressesFile).ShouldBeFalse();
        DataDirectory.Claim(_path).Dispose();
    }

    [Fact]
    public void Addresses_of_a_host_that_was_killed_are_taken_away()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(AddressesFile)!);
        File.WriteAllText(AddressesFile, "{}");
        using var claimed = DataDirectory.Claim(_path);
        File.Exists(AddressesFile).ShouldBeFalse();
    }

    [Fact]
    public void The_operators_key_is_new_at_every_start_and_can_be_read_by_this_user_alone()
    {
        var file = Path.Combine(_path, "run", "operator.key");
        string first;
        using (var claimed = DataDirectory.Claim(_path))
        {
            first = File.ReadAllText(file);
            first.ShouldBe(claimed.OperatorKey);
            first.Length.ShouldBe(64);
            if (!OperatingSystem.IsWindows())
                File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        File.Exists(file).ShouldBeFalse();
        // Left by a host that was killed, and readable by everybody.
        File.WriteAllText(file, first);
        using var next = DataDirectory.Claim(_path);
        File.ReadAllText(file).ShouldNotBe(first);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}

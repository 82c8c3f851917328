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

    public void Dispose() => Directory.Delete(_path, recursive: true);
}

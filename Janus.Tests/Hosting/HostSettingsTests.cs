using Janus.LocalHost;

namespace Janus.Tests.Hosting;

public sealed class HostSettingsTests
{
    private const string Server = "Host=db.example";
    private static readonly string _solution = Path.Combine(Path.GetTempPath(), "solution");

    [Fact]
    public void Without_a_word_there_is_one_of_each_on_SQLite_beside_the_solution()
    {
        var settings = Read();
        settings.ShouldBe(new HostSettings(Path.Combine(_solution, ".janus"), WebPort: null, ApiPort: null));
        settings.ForPlainProcesses().ShouldBe(settings);
    }

    [Fact]
    public void A_relative_data_directory_starts_at_the_solution_wherever_the_host_runs() =>
        Read(("JANUS_DATA", "other")).DataDirectory.ShouldBe(Path.Combine(_solution, "other"));

    [Theory]
    [InlineData(null, null, false)]
    [InlineData("sqlite", null, false)]
    [InlineData("postgres", null, true)]
    [InlineData("postgres", Server, false)]
    [InlineData(null, Server, false)]
    public void A_server_is_started_only_where_PostgreSQL_is_asked_for_and_none_is_there(string? database, string? server, bool starts)
    {
        var settings = Read(("JANUS_DATABASE", database), ("JANUS_POSTGRES", server));
        settings.StartsPostgres.ShouldBe(starts);
        settings.Postgres.ShouldBe(server);
    }

    [Theory]
    [InlineData("JANUS_DATABASE", "mysql", "use sqlite or postgres")]
    [InlineData("JANUS_WORKER_REPLICAS", "0", "from 1 to 64")]
    [InlineData("JANUS_API_REPLICAS", "65", "from 1 to 64")]
    [InlineData("JANUS_API_REPLICAS", "two", "from 1 to 64")]
    public void What_makes_no_sense_is_refused_by_the_variables_name(string variable, string text, string why)
    {
        var refusal = Should.Throw<HostRefusedException>(() => Read((variable, text)));
        refusal.ExitCode.ShouldBe(HostRefusedException.BadSetting);
        refusal.Message.ShouldStartWith($"{variable} is '{text}'");
        refusal.Message.ShouldContain(why);
    }

    [Fact]
    public void SQLite_beside_a_server_that_is_there_is_a_contradiction() =>
        Should.Throw<HostRefusedException>(() => Read(("JANUS_DATABASE", "sqlite"), ("JANUS_POSTGRES", Server))).Message.ShouldContain("JANUS_POSTGRES");

    [Theory]
    [InlineData("JANUS_DATABASE", "postgres", "JANUS_POSTGRES")]
    [InlineData("JANUS_API_REPLICAS", "2", "no proxy")]
    public void Plain_processes_say_what_they_cannot_do(string variable, string text, string why) =>
        Should.Throw<HostRefusedException>(() => Read((variable, text)).ForPlainProcesses()).Message.ShouldContain(why);

    private static HostSettings Read(params (string Name, string? Value)[] variables) =>
        HostSettings.Read(_solution, name => Array.Find(variables, variable => variable.Name == name).Value);
}

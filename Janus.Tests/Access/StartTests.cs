using Janus.Tests.Hosting;
using Janus.Tests.Storage;

namespace Janus.Tests.Access;

/// <summary>Real programs that others could reach without sign-in: they do not start, and say in one line what to set.</summary>
public sealed class StartTests
{
    private const string Secret = "0123456789abcdef0123456789abcdef";

    public static TheoryData<string, string, string, string?, string?, string> Refused => new()
    {
        { "Janus.ApiService", "Production", "http://127.0.0.1:0", null, null, "Janus:Access:SignIn must be accounts outside Development" },
        { "Janus.ApiService", "Development", "http://0.0.0.0:0", null, null, "must be accounts to listen on 0.0.0.0:0, where others reach it" },
        { "Janus.ApiService", "Development", "http://127.0.0.1:0", "accounts", "short", "Janus:Access:ServiceKey must have 32 characters or more" },
        { "Janus.ApiService", "Development", "http://127.0.0.1:0", "maybe", Secret, "Janus:Access:SignIn must be accounts or none" },
        { "Janus.Web", "Production", "http://127.0.0.1:0", null, null, "Janus:Access:SignIn must be accounts outside Development" },
        { "Janus.Web", "Development", "http://*:0", null, null, "where others reach it" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_service_that_others_could_reach_without_sign_in_does_not_start(
        string project, string environment, string address, string? signIn, string? key, string says)
    {
        await using var database = await TestDatabase.CreateAsync();
        List<(string, string)> variables =
            [("DOTNET_ENVIRONMENT", environment), ("ASPNETCORE_ENVIRONMENT", environment), ("ASPNETCORE_URLS", address), ("Janus__DataDirectory", database.Folder)];
        if (signIn is not null)
            variables.Add(("Janus__Access__SignIn", signIn));
        if (key is not null)
            variables.Add(("Janus__Access__ServiceKey", key));

        var run = await ProgramRun.OfAsync(project, [], variables);
        run.ExitCode.ShouldBe(2);
        var line = run.Errors.ShouldHaveSingleItem();
        line.ShouldContain(says);
        if (key is null)
            line.ShouldContain("Janus__Access__ServiceKey");
        else
            line.ShouldNotContain(key);
    }
}

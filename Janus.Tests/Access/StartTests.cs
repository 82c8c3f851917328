using System.Net;
using System.Net.Sockets;
using Janus.Tests.Hosting;
using Janus.Tests.Storage;
using Microsoft.AspNetCore.DataProtection;

namespace Janus.Tests.Access;

/// <summary>Real programs that others could reach without sign-in: they do not start, and say in one line what to set.</summary>
public sealed class StartTests
{
    private const string Secret = "0123456789abcdef0123456789abcdef";

    public static TheoryData<string, string, string, string?, string?, string> Refused => new()
    {
        { "Janus.ApiService", "Production", "http://127.0.0.1:0", null, null, "Janus:Access:SignIn must be accounts outside Development" },
        { "Janus.ApiService", "Development", "http://0.0.0.0:0", null, null, "must be accounts to listen on http://0.0.0.0:0, which others reach" },
        { "Janus.ApiService", "Development", "http://127.0.0.1:0", "accounts", "short", "Janus:Access:ServiceKey must have 32 characters or more" },
        { "Janus.ApiService", "Development", "http://127.0.0.1:0", "maybe", Secret, "Janus:Access:SignIn must be accounts or none" },
        { "Janus.Web", "Production", "http://127.0.0.1:0", null, null, "Janus:Access:SignIn must be accounts outside Development" },
        { "Janus.Web", "Development", "http://*:0", null, null, "which others reach" },
        { "Janus.ContentWorker", "Development", "http//127.0.0.1:0", null, null, "ASPNETCORE_URLS must be addresses such as http://127.0.0.1:5180" },
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
        run.Output.ShouldNotContain("   at ");
        if (key is not null)
            line.ShouldNotContain(key);
        else if (project != "Janus.ContentWorker")
            line.ShouldContain("Janus__Access__ServiceKey");
    }

    [Fact]
    public async Task The_API_makes_no_keys_because_it_protects_nothing_by_them()
    {
        await using var host = new AccountsHost();
        await host.InitializeAsync();
        Should.Throw<InvalidOperationException>(() => host.Get<IDataProtectionProvider>());
    }

    [Fact]
    public async Task A_service_whose_address_is_taken_says_so_and_what_to_do()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var address = $"http://{other.LocalEndpoint}";

        var run = await ProgramRun.OfAsync("Janus.Web", [], ("ASPNETCORE_ENVIRONMENT", "Development"), ("ASPNETCORE_URLS", address));

        run.ExitCode.ShouldBe(2);
        run.Errors.ShouldHaveSingleItem().ShouldSatisfyAllConditions(line => line.ShouldContain(address), line => line.ShouldContain("set ASPNETCORE_URLS to another address"));
    }
}

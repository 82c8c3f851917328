using System.Net;
using System.Net.Sockets;
using Janus.Tests.Api;

namespace Janus.Tests.Pages;

public sealed class AskedNonsenseTests(ApiHost api) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task A_page_that_is_asked_for_nonsense_shows_itself_without_it()
    {
        var campaign = await api.PlanAsync("Asked for");
        await using var web = new WebHost(api.Http.BaseAddress!);
        using var pages = web.CreateClient();
        foreach (var path in new[] { $"/campaigns/{campaign}?post=1.5", $"/campaigns/{campaign}/posts?post=-1e400", "/campaigns/new?example=%00", "/audit?before=1.5&actor=%00" })
        {
            var page = await pages.GetStringAsync(path, TestContext.Current.CancellationToken);
            page.ShouldNotContain("Something went wrong", customMessage: path);
            page.ShouldContain("<h1", customMessage: path);
        }
    }
    [Fact]
    public async Task A_campaign_that_is_still_being_read_has_a_heading_too()
    {
        // Takes the connection and says nothing.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var web = new WebHost(new Uri($"http://{silent.LocalEndpoint}"));
        using var pages = web.CreateClient();

        var page = await pages.GetStringAsync("/campaigns/c_1", TestContext.Current.CancellationToken);

        page.ShouldContain("aria-busy=\"true\"");
        page.ShouldContain("<h1");
    }
}

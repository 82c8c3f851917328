namespace Janus.Tests.Browser;

/// <summary>A test may kill what the pages are made of: the next test finds it ready.</summary>
public sealed class RestartTests(PagesUnderTest pages) : PageTests(pages)
{
    [Theory]
    [InlineData(Topology.Api)]
    [InlineData(Topology.Worker)]
    [InlineData(Topology.Web)]
    public async Task A_killed_service_is_ready_for_the_next_page(string service)
    {
        await Pages.RestartAsync(service);

        (await OpenAsync($"/campaigns/{Pages.CampaignId}")).ShouldBeQuiet();
    }
}

using Janus.Tests.Systems;

namespace Janus.Tests.Browser;

/// <summary>A quick Janus with one finished campaign in it.</summary>
public sealed class PagesUnderTest(ChromiumBrowser browser) : RunningPages(browser)
{
    private string? _campaignId;

    /// <summary>A campaign of six posts that is scheduled, with all of its texts and pictures. Tests that change one plan their own.</summary>
    internal string CampaignId => Started(_campaignId);

    protected override Dictionary<string, string?> Environment => Settings.With();

    protected override async Task PrepareAsync() => (_campaignId, _) = await MakeAsync("Grinder");
}

using System.Text.Json;
using static Microsoft.Playwright.Assertions;

namespace Janus.Tests.Browser;

/// <summary>Deciding while there is still something to come.</summary>
public sealed class DecidingEarlyTests(SlowPages pages) : SlowPageTests(pages)
{
    [Fact]
    public async Task Approving_without_pictures_asks_first_and_the_pictures_that_come_need_no_approval_of_their_own()
    {
        var campaign = await Pages.BeginAsync();
        var post = (await Pages.PostsOfAsync(campaign))[^1];
        // Paused when the texts are there, so that its pictures come when the test is ready for them.
        await RunningPages.UntilAsync(async () => (await Pages.PostAsync(post)).GetProperty("faces")[1].GetProperty("current").ValueKind == JsonValueKind.Object);
        await Pages.SendAsync($"/api/campaigns/{campaign}/pause", new { reason = "Wait for the approval" });
        var opened = await OpenAsync(Roadmap.PathOf(campaign, post));
        var (roadmap, deciding) = (new Roadmap(opened.Page), new DecidingOnScreen(opened.Page));
        await Expect(roadmap.Text("B")).ToBeVisibleAsync();

        await deciding.Decide("Approve").ClickAsync();
        await Expect(roadmap.Dialog).ToContainTextAsync("A and B have no pictures yet");
        await roadmap.Answer("Not yet").ClickAsync();
        await Expect(roadmap.Dialog).ToHaveCountAsync(0);
        await Expect(deciding.Stands).ToContainTextAsync("Draft");

        await deciding.Decide("Approve").ClickAsync();
        await roadmap.Answer("Approve without").ClickAsync();
        await Expect(deciding.Stands).ToContainTextAsync("Approved");
        await Pages.SendAsync($"/api/campaigns/{campaign}/resume", new { });
        await Expect(roadmap.Face("B").Locator(".pic img")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Expect(deciding.Stands).ToContainTextAsync("Approved");
        opened.ShouldBeQuiet();
    }
}

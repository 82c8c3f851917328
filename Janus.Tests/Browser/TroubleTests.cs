using System.Net;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Janus.Tests.Browser;

/// <summary>What went wrong is said, what was made is kept, and there is a next step.</summary>
public sealed class TroubleTests(SlowPages pages) : SlowPageTests(pages)
{
    [Fact]
    public async Task A_post_that_fails_is_told_with_its_reason_retried_and_left_out_at_last()
    {
        var campaign = Pages.FailedCampaignToRescueId;
        var opened = await OpenAsync(Roadmap.PathOf(campaign));
        var roadmap = new Roadmap(opened.Page);
        var failed = roadmap.Cards.Filter(new() { HasText = SlowPages.FailedTitle });

        await Expect(failed.Locator(".light.bad")).ToHaveTextAsync("Text failed");
        await Expect(roadmap.Canvas.Locator(".light.bad")).ToHaveCountAsync(1);
        await Expect(opened.Page.Locator(".status.failed")).ToBeVisibleAsync();
        await Expect(roadmap.Status).ToContainTextAsync("Generation failed");
        await Expect(roadmap.Status).ToContainTextAsync("3 of 18 parts could not be made");
        await Expect(roadmap.Status).ToContainTextAsync("told to fail");

        await roadmap.Status.GetByRole(AriaRole.Button, new() { Name = "Retry what is missing" }).ClickAsync();
        await Expect(opened.Page.Locator(".rz-notification")).ToBeVisibleAsync();
        await Expect(roadmap.Status).ToContainTextAsync("Generation failed");
        var log = await Pages.ReadAsync($"/api/campaigns/{campaign}/log?kinds=retry_requested");
        log.GetProperty("events").GetArrayLength().ShouldBe(1);

        var accept = roadmap.Status.GetByRole(AriaRole.Button, new() { Name = "Schedule with what is there" });
        await accept.ClickAsync();
        await Expect(roadmap.Dialog).ToContainTextAsync("3 parts will stay unmade");
        await roadmap.Answer("Not yet").ClickAsync();
        await Expect(roadmap.Dialog).ToHaveCountAsync(0);
        await Expect(roadmap.Status).ToContainTextAsync("Generation failed");

        await accept.ClickAsync();
        await roadmap.Answer("Schedule").ClickAsync();
        await Expect(roadmap.Status).ToContainTextAsync("Scheduled");
        await Expect(roadmap.Canvas.Locator(".th img")).ToHaveCountAsync(10);
        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task Cancelling_asks_first_and_keeps_what_was_made()
    {
        var campaign = await Pages.BeginAsync();
        var opened = await OpenAsync(Roadmap.PathOf(campaign));
        var roadmap = new Roadmap(opened.Page);
        var cancel = opened.Page.Locator(".top").GetByRole(AriaRole.Button, new() { Name = "Cancel" });

        await cancel.ClickAsync();
        await Expect(roadmap.Dialog).ToContainTextAsync("What is made so far is kept");
        await roadmap.Answer("Go on").ClickAsync();
        await Expect(roadmap.Dialog).ToHaveCountAsync(0);
        await Expect(roadmap.Status).ToContainTextAsync("Generating Content");

        await cancel.ClickAsync();
        await roadmap.Answer("Cancel the generation").ClickAsync();
        await Expect(roadmap.Status).ToContainTextAsync("Generation stopped");
        await Expect(roadmap.Status).ToContainTextAsync("Cancelled by a person");
        await Expect(roadmap.Status.GetByRole(AriaRole.Button, new() { Name = "Retry what is missing" })).ToBeVisibleAsync();
        await Expect(cancel).ToHaveCountAsync(0);

        var graph = await Pages.Marketer.GraphAsync(campaign);
        graph.GetProperty("campaign").GetProperty("parts").GetProperty("done").GetInt32().ShouldBeInRange(1, (3 * SlowPages.WaitingPosts) - 1);
        var pictures = graph.GetProperty("diagram").EnumerateArray().Sum(post => post.GetProperty("pictures").EnumerateObject().Count());
        await Expect(roadmap.Canvas.Locator(".th img")).ToHaveCountAsync(pictures);
        opened.ShouldBeQuiet();
    }

    [Theory]
    [InlineData("/campaigns/00000000000000000000000000", "This campaign is not here")]
    [InlineData("/campaigns/00000000000000000000000000/posts", "This campaign is not here")]
    [InlineData("/campaigns/00000000000000000000000000/activity", "This campaign is not here")]
    [InlineData("/nowhere", "There is nothing at this address")]
    public async Task What_is_not_here_is_said_with_its_status_and_a_way_back(string path, string said)
    {
        var opened = await OpenAsync("/status");

        (await opened.GoAsync(path)).ShouldBe((int)HttpStatusCode.NotFound);
        await Expect(opened.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(said);
        await opened.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "All campaigns" }).ClickAsync();
        await Expect(opened.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Campaigns");
    }
}

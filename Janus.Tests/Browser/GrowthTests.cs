using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Janus.Tests.Browser;

/// <summary>New posts for a campaign that is there already: a follow-up, and a new plan from a phase on.</summary>
public sealed class GrowthTests(PagesUnderTest pages) : PageTests(pages)
{
    [Fact]
    public async Task A_new_plan_is_looked_at_side_by_side_and_applied_with_the_mouse()
    {
        var (campaign, posts) = await Pages.MakeAsync("Planned anew by mouse");
        await Pages.SendAsync("/api/approve", new { pk = posts[4] });
        var opened = await OpenAsync(Roadmap.PathOf(campaign));
        var (roadmap, growth) = (new Roadmap(opened.Page), new GrowthOnScreen(opened.Page));
        await roadmap.ShouldShowPostsAsync(6);

        await growth.PlanAnew.ClickAsync();
        await growth.Phase(2).CheckAsync();
        await growth.Wish.FillAsync("Speak to people who come back");
        await growth.Button("Show me a new plan").ClickAsync();

        await Expect(growth.Posts("goes")).ToHaveCountAsync(3);
        await Expect(growth.Posts("stays")).ToHaveCountAsync(3);
        await Expect(growth.Posts("stays").Filter(new() { HasText = "approved" })).ToHaveCountAsync(1);
        var comes = await growth.Posts("comes").CountAsync();
        comes.ShouldBeGreaterThan(1);
        (await Pages.PostsOfAsync(campaign)).ShouldBe(posts);

        await growth.Button("Apply the new plan").ClickAsync();
        await Expect(growth.Dialog).ToHaveCountAsync(0);
        await roadmap.ShouldShowPostsAsync(3 + comes);
        await Expect(roadmap.Card(posts[2])).ToHaveCountAsync(0);
        await Expect(roadmap.Card(posts[4])).ToBeVisibleAsync();
        (await new CanvasOnScreen(opened.Page).LooseEndsAsync()).ShouldBeEmpty();
        await Pages.Marketer.UntilScheduledAsync([campaign]);
        await opened.GoAsync($"{Roadmap.PathOf(campaign)}/activity");
        await Expect(opened.Page.GetByText("A person applied plan 2")).ToBeVisibleAsync();
        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task A_new_plan_is_asked_for_changed_and_discarded_with_the_keyboard_alone()
    {
        var posts = await Pages.PostsOfAsync(Pages.CampaignId);
        var opened = await OpenAsync(Roadmap.PathOf(Pages.CampaignId));
        var (page, growth) = (opened.Page, new GrowthOnScreen(opened.Page));
        await new Roadmap(page).ShouldShowPostsAsync(6);

        await Keyboard.TabToAsync(page, growth.PlanAnew);
        await page.Keyboard.PressAsync("Enter");
        await Expect(growth.Wish).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Shift+Tab");
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(growth.Phase(3)).ToBeCheckedAsync();
        await Keyboard.TabToAsync(page, growth.Wish);
        await page.Keyboard.TypeAsync("End in a party");
        await Keyboard.TabToAsync(page, growth.Button("Show me a new plan"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#replan-title")).ToBeFocusedAsync();
        await Expect(growth.Posts("goes")).ToHaveCountAsync(2);

        await Keyboard.TabToAsync(page, growth.Button("Change the direction"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(growth.Wish).ToBeFocusedAsync();
        await Expect(growth.Wish).ToHaveValueAsync("End in a party");
        await Expect(growth.Phase(3)).ToBeCheckedAsync();
        await Keyboard.TabToAsync(page, growth.Button("Show me a new plan"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#replan-title")).ToBeFocusedAsync();
        await Keyboard.TabToAsync(page, growth.Button("Discard"));
        await page.Keyboard.PressAsync("Enter");

        await Expect(growth.Dialog).ToHaveCountAsync(0);
        await Expect(growth.PlanAnew).ToBeFocusedAsync();
        (await Pages.PostsOfAsync(Pages.CampaignId)).ShouldBe(posts);
        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task A_new_plan_that_nobody_answered_waits_through_a_reload_and_for_everybody()
    {
        var (campaign, posts) = await Pages.MakeAsync("Answered later");
        var opened = await OpenAsync(Roadmap.PathOf(campaign));
        var (page, growth) = (opened.Page, new GrowthOnScreen(opened.Page));
        await growth.PlanAnew.ClickAsync();
        await growth.Phase(3).CheckAsync();
        await growth.Wish.FillAsync("End in a party");
        await growth.Button("Show me a new plan").ClickAsync();
        await Expect(page.Locator("#replan-title")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(growth.Dialog).ToHaveCountAsync(0);
        await Expect(growth.SeeNewPlan).ToBeFocusedAsync();
        (await Pages.PostsOfAsync(campaign)).ShouldBe(posts);

        await opened.ReloadAsync();
        await growth.SeeNewPlan.ClickAsync();
        await Expect(page.Locator("#replan-title")).ToBeFocusedAsync();
        await Expect(growth.Dialog).ToContainTextAsync("End in a party");
        await Expect(growth.Posts("goes")).ToHaveCountAsync(2);
        await growth.Button("Change the direction").ClickAsync();
        await Expect(growth.Wish).ToHaveValueAsync("End in a party");
        await Expect(growth.Phase(3)).ToBeCheckedAsync();
        await growth.Button("Leave it").ClickAsync();

        // Somebody else, on another page of the campaign, discards it; this page hears of it.
        var other = await OpenAsync($"{Roadmap.PathOf(campaign)}/posts");
        var theirs = new GrowthOnScreen(other.Page);
        await Keyboard.TabToAsync(other.Page, theirs.SeeNewPlan);
        await other.Page.Keyboard.PressAsync("Enter");
        await Keyboard.TabToAsync(other.Page, theirs.Button("Discard"));
        await other.Page.Keyboard.PressAsync("Enter");
        await Expect(theirs.PlanAnew).ToBeFocusedAsync();
        await Expect(growth.PlanAnew).ToBeVisibleAsync();
        (await Pages.PostsOfAsync(campaign)).ShouldBe(posts);
        opened.ShouldBeQuiet();
        other.ShouldBeQuiet();
    }

    [Fact]
    public async Task A_new_plan_is_applied_with_the_keyboard_alone()
    {
        var (campaign, posts) = await Pages.MakeAsync("Planned anew by keys");
        var opened = await OpenAsync(Roadmap.PathOf(campaign));
        var (page, growth) = (opened.Page, new GrowthOnScreen(opened.Page));
        await new Roadmap(page).ShouldShowPostsAsync(posts.Count);

        await Keyboard.TabToAsync(page, growth.PlanAnew);
        await page.Keyboard.PressAsync("Enter");
        await Expect(growth.Wish).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Warmer");
        await Keyboard.TabToAsync(page, growth.Button("Show me a new plan"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#replan-title")).ToBeFocusedAsync();
        await Keyboard.TabToAsync(page, growth.Button("Apply the new plan"));
        await page.Keyboard.PressAsync("Enter");

        await Expect(growth.Dialog).ToHaveCountAsync(0);
        await Expect(new Roadmap(page).Card(posts[^1])).ToHaveCountAsync(0);
        await Expect(new Roadmap(page).Card(posts[0])).ToBeVisibleAsync();
        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task A_follow_up_is_asked_for_with_the_mouse_and_hangs_on_its_post()
    {
        var (campaign, posts) = await Pages.MakeAsync("Followed by mouse");
        var opened = await OpenAsync(Roadmap.PathOf(campaign, posts[0]));
        var (roadmap, growth) = (new Roadmap(opened.Page), new GrowthOnScreen(opened.Page));

        await growth.FollowUp.ClickAsync();
        await growth.Button("Plan the post").ClickAsync();
        await Expect(growth.Dialog).ToContainTextAsync("Say in a few words what it should do.");
        await growth.Button("Answer the usual questions").ClickAsync();
        await Expect(growth.Wish).ToHaveValueAsync("Answer the usual questions");
        await growth.Button("Plan the post").ClickAsync();

        await Expect(growth.Dialog).ToHaveCountAsync(0);
        await Expect(growth.FollowUp).ToBeFocusedAsync();
        await roadmap.ShouldShowPostsAsync(7);
        var added = (await Pages.PostsOfAsync(campaign))[^1];
        await Expect(opened.Page.Locator($".edges path[data-from='{posts[0]}'][data-to='{added}']")).ToHaveCountAsync(1);
        await Expect(roadmap.Card(added)).ToContainTextAsync("Answer the usual questions");
        await Pages.Marketer.UntilScheduledAsync([campaign]);
        await Expect(roadmap.Card(added)).ToContainTextAsync("Ready");
        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task A_follow_up_is_asked_for_with_the_keyboard_alone()
    {
        var (campaign, posts) = await Pages.MakeAsync("Followed by keys");
        var opened = await OpenAsync(Roadmap.PathOf(campaign, posts[0]));
        var (page, growth) = (opened.Page, new GrowthOnScreen(opened.Page));
        await Expect(growth.FollowUp).ToBeVisibleAsync();

        await Keyboard.TabToAsync(page, growth.FollowUp);
        await page.Keyboard.PressAsync("Enter");
        await Expect(growth.Wish).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(growth.Dialog).ToHaveCountAsync(0);
        await Expect(growth.FollowUp).ToBeFocusedAsync();
        await Expect(new Roadmap(page).Drawer).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("Enter");
        await Expect(growth.Wish).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Thank everybody who wrote");
        await Keyboard.TabToAsync(page, growth.Button("Plan the post"));
        await page.Keyboard.PressAsync("Enter");

        await Expect(growth.Dialog).ToHaveCountAsync(0);
        await new Roadmap(page).ShouldShowPostsAsync(7);
        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task What_is_refused_says_why_and_keeps_what_was_typed()
    {
        var (campaign, posts) = await Pages.MakeAsync("Too late to follow");
        var opened = await OpenAsync(Roadmap.PathOf(campaign, posts[0]));
        var growth = new GrowthOnScreen(opened.Page);
        await growth.FollowUp.ClickAsync();
        await growth.Wish.FillAsync("Half a page of thoughts");
        await Pages.SendAsync("/api/agents/regenerate-strategy/", new { campaign_id = campaign, phase_num = 1, new_direction = "All new" });

        await growth.Button("Plan the post").ClickAsync();

        await Expect(growth.Alert).ToContainTextAsync("was replaced by a new plan");
        await Expect(growth.Wish).ToHaveValueAsync("Half a page of thoughts");
        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task A_new_plan_that_came_too_late_is_refused_in_its_preview_and_changes_nothing()
    {
        var (campaign, _) = await Pages.MakeAsync("Two plans at once");
        var opened = await OpenAsync(Roadmap.PathOf(campaign));
        var growth = new GrowthOnScreen(opened.Page);
        await growth.PlanAnew.ClickAsync();
        await growth.Wish.FillAsync("Mine");
        await growth.Button("Show me a new plan").ClickAsync();
        await Expect(growth.Posts("comes").First).ToBeVisibleAsync();
        await Pages.SendAsync("/api/agents/regenerate-strategy/", new { campaign_id = campaign, phase_num = 3, new_direction = "Theirs" });
        var posts = await Pages.PostsOfAsync(campaign);

        await growth.Button("Apply the new plan").ClickAsync();

        await Expect(growth.Alert).ToContainTextAsync("There is no such proposal");
        (await Pages.PostsOfAsync(campaign)).ShouldBe(posts);
        await growth.Button("Change the direction").ClickAsync();
        await Expect(growth.Wish).ToHaveValueAsync("Mine");
        opened.ShouldBeQuiet();
    }

    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task The_dialogs_keep_nobody_out_and_fit_in_either_theme(int width)
    {
        Axe.SkipWhereMissing();
        var posts = await Pages.PostsOfAsync(Pages.CampaignId);
        var device = new Device(width, 780) { ReducedMotion = true, Touch = width < 700 };
        var opened = await OpenAsync(Roadmap.PathOf(Pages.CampaignId, posts[0]), device);
        var growth = new GrowthOnScreen(opened.Page);
        await growth.FollowUp.ClickAsync();
        await ShouldBeEasyAsync(opened.Page, growth);
        await growth.Button("Leave it").ClickAsync();
        await opened.GoAsync(Roadmap.PathOf(Pages.CampaignId));

        await growth.PlanAnew.ClickAsync();
        await ShouldBeEasyAsync(opened.Page, growth);
        await growth.Wish.FillAsync("Warmer");
        await growth.Button("Show me a new plan").ClickAsync();
        await Expect(growth.Posts("comes").First).ToBeVisibleAsync();
        await ShouldBeEasyAsync(opened.Page, growth);
        await growth.Button("Discard").ClickAsync();
        await Expect(growth.Dialog).ToHaveCountAsync(0);
        opened.ShouldBeQuiet();
    }

    private static async Task ShouldBeEasyAsync(IPage page, GrowthOnScreen growth)
    {
        await Expect(growth.Dialog).ToBeVisibleAsync();
        var box = (await growth.Dialog.BoundingBoxAsync())!;
        box.X.ShouldBeGreaterThanOrEqualTo(0);
        (box.X + box.Width).ShouldBeLessThanOrEqualTo(page.ViewportSize!.Width);
        await PageWidth.ShouldFitAsync(page);
        await Axe.ShouldKeepNobodyOutAsync(page);
    }
}

/// <summary>The time between a wish and its plan.</summary>
public sealed class GrowthWaitTests(SlowPages pages) : SlowPageTests(pages)
{
    [Fact]
    public async Task Planning_anew_that_is_stopped_gives_the_words_back_and_leaves_the_campaign_as_it_is()
    {
        var campaign = await Pages.BeginAsync();
        var posts = await Pages.PostsOfAsync(campaign);
        var opened = await OpenAsync(Roadmap.PathOf(campaign));
        var (page, growth) = (opened.Page, new GrowthOnScreen(opened.Page));
        await growth.PlanAnew.ClickAsync();
        await growth.Phase(3).CheckAsync();
        await growth.Wish.FillAsync("Never mind");
        await growth.Button("Show me a new plan").ClickAsync();
        await Expect(growth.Dialog).ToContainTextAsync("Planning anew from phase 3 on");
        await Expect(growth.Button("Stop planning")).ToBeFocusedAsync();

        await growth.Button("Stop planning").ClickAsync();
        await Expect(growth.Wish).ToBeFocusedAsync();
        await Expect(growth.Wish).ToHaveValueAsync("Never mind");
        await Expect(growth.Phase(3)).ToBeCheckedAsync();

        await growth.Button("Show me a new plan").ClickAsync();
        await Expect(growth.Button("Stop planning")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(growth.Wish).ToBeFocusedAsync();
        (await Pages.PostsOfAsync(campaign)).ShouldBe(posts);
        opened.ShouldBeQuiet();
    }
}

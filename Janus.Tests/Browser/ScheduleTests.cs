using System.Globalization;
using System.Text;
using Janus.Tests.Scheduling;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Janus.Tests.Browser;

/// <summary>Dates, publication and numbers, by mouse and by keyboard.</summary>
public sealed class ScheduleTests(PagesUnderTest pages) : PageTests(pages)
{
    private static readonly DateTime NextYear = new(TimeProvider.System.GetUtcNow().Year + 1, 3, 1, 0, 0, 0, DateTimeKind.Unspecified);

    [Fact]
    public async Task Dates_are_proposed_changed_and_published_with_the_mouse()
    {
        var (campaign, posts) = await ApprovedAsync("Dates by mouse");
        var opened = await OpenAsync(ScheduleOnScreen.PathOf(campaign));
        var (page, schedule) = (opened.Page, new ScheduleOnScreen(opened.Page));
        await Expect(page.GetByText("No post has a date yet")).ToBeVisibleAsync();

        await schedule.Propose.ClickAsync();
        await Expect(schedule.Proposed).ToHaveCountAsync(posts.Count);
        await Expect(schedule.Dated).ToHaveCountAsync(0);
        await schedule.Apply.ClickAsync();
        await Expect(schedule.Dated).ToHaveCountAsync(posts.Count);

        await schedule.Act(posts[0], "date").ClickAsync();
        await schedule.Day.FillAsync(NextYear.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await schedule.Time.FillAsync("23:15");
        await schedule.Answer("Set the date").ClickAsync();
        await Expect(schedule.Row(posts[0])).ToContainTextAsync("23:15 lies in the quiet hours");
        await Expect(schedule.Dated.Last).ToHaveAttributeAsync("data-pk", $"{posts[0]}");

        await schedule.Act(posts[1], "publish").ClickAsync();
        await page.GetByLabel("Address of the post").FillAsync("not an address");
        await schedule.Answer("It is out").ClickAsync();
        await Expect(schedule.Dialog).ToContainTextAsync("must be an address");
        await page.GetByLabel("Address of the post").FillAsync("https://example.com/p/1");
        await schedule.Answer("It is out").ClickAsync();
        await Expect(schedule.Row(posts[1])).ToContainTextAsync("Published");
        await Expect(schedule.Row(posts[1]).GetByRole(AriaRole.Link, new() { Name = "See" })).ToHaveAttributeAsync("href", "https://example.com/p/1");

        await schedule.Act(posts[1], "numbers").ClickAsync();
        await page.GetByLabel("Likes").FillAsync("12");
        await schedule.Answer("Save the numbers").ClickAsync();
        await Expect(schedule.Row(posts[1])).ToContainTextAsync("12 likes");
        await Expect(schedule.Row(posts[1])).ToContainTextAsync("impressions not reported");

        await page.GetByRole(AriaRole.Button, new() { Name = "Month", Exact = true }).ClickAsync();
        await Expect(page.Locator(".rz-event").First).ToBeVisibleAsync();
        await page.Locator(".rz-event").First.ClickAsync();
        await Expect(page.Locator(".picked")).ToBeVisibleAsync();
        (await ReadAsync(campaign)).GetProperty("phase").GetString().ShouldBe("active");
        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task Dates_are_set_and_changed_with_the_keyboard_alone()
    {
        var (campaign, posts) = await ApprovedAsync("Dates by keys", 2);
        var opened = await OpenAsync(ScheduleOnScreen.PathOf(campaign));
        var (page, schedule) = (opened.Page, new ScheduleOnScreen(opened.Page));
        await Expect(schedule.Propose).ToBeVisibleAsync();

        await Keyboard.TabToAsync(page, schedule.Propose);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#proposed-title")).ToBeFocusedAsync();
        await Keyboard.TabToAsync(page, schedule.Apply);
        await page.Keyboard.PressAsync("Enter");
        await Expect(schedule.Dated).ToHaveCountAsync(2);

        await Keyboard.TabToAsync(page, schedule.Act(posts[1], "date"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(schedule.Day).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync($"0301{NextYear.Year}");
        await Keyboard.TabToAsync(page, schedule.Time);
        await page.Keyboard.TypeAsync("1145AM");
        await page.Keyboard.PressAsync("Enter");
        await Expect(schedule.Dialog).ToHaveCountAsync(0);
        await Expect(schedule.Row(posts[1])).ToContainTextAsync("11:45");

        await Keyboard.TabToAsync(page, schedule.Act(posts[1], "unschedule"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(schedule.Dated).ToHaveCountAsync(1);
        (await ReadAsync(campaign)).GetProperty("without_date").EnumerateArray().Select(post => post.GetProperty("pk").GetInt32()).ShouldContain(posts[1]);

        var rules = page.Locator("#change-rules");
        await Keyboard.TabToAsync(page, rules, "Shift+Tab");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#rules-start")).ToBeFocusedAsync();
        await Keyboard.TabToAsync(page, page.Locator("#rules-zone"));
        await page.Keyboard.PressAsync("ControlOrMeta+a");
        await page.Keyboard.TypeAsync("Mars/Olympus");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#rules-zone-error")).ToContainTextAsync("must be an IANA time zone");
        await page.Keyboard.PressAsync("ControlOrMeta+a");
        await page.Keyboard.TypeAsync("Asia/Kathmandu");
        await page.Keyboard.PressAsync("Enter");
        await Expect(rules).ToBeFocusedAsync();
        await Expect(page.Locator(".rules-line")).ToContainTextAsync("Asia/Kathmandu");
        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task A_table_with_wrong_rows_is_refused_row_by_row_and_the_files_are_there()
    {
        var (campaign, posts) = await ApprovedAsync("Numbers from a table", 2);
        await Pages.SendAsync($"/api/campaigns/{campaign}/schedule/apply", new { });
        await Pages.SendAsync($"/api/posts/{posts[0]}/publish", new { });
        var opened = await OpenAsync(ScheduleOnScreen.PathOf(campaign), Device.Desktop with { ReducedMotion = true });
        var page = opened.Page;

        await page.GetByText("Numbers from a table").Last.ClickAsync();
        await page.GetByLabel("CSV file").SetInputFilesAsync(TableOf($"post_pk,likes\n{posts[0]},5\n{posts[1]},many\n"));
        await Expect(page.Locator(".refused tbody tr")).ToHaveCountAsync(1);
        await Expect(page.Locator(".refused tbody tr")).ToContainTextAsync("This is not a whole number.");
        await Axe.ShouldKeepNobodyOutAsync(page);
        await page.GetByLabel("CSV file").SetInputFilesAsync(TableOf($"post_pk,likes\n{posts[0]},5\n"));
        await Expect(page.Locator($".agenda-row[data-pk='{posts[0]}']")).ToContainTextAsync("5 likes");

        var calendar = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Calendar (ICS)" }).ClickAsync());
        await using var stream = await calendar.CreateReadStreamAsync();
        using var reader = new StreamReader(stream);
        (await OtherReaders.CalendarAsync(await reader.ReadToEndAsync())).GetProperty("events").GetArrayLength().ShouldBe(2);
        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task The_month_and_the_drawer_keep_nobody_out_and_fit_a_phone()
    {
        var (campaign, posts) = await ApprovedAsync("Dates on a phone");
        await Pages.SendAsync($"/api/campaigns/{campaign}/schedule/apply", new { });
        var still = Device.Desktop with { ReducedMotion = true };
        var month = await OpenAsync(ScheduleOnScreen.PathOf(campaign, "month"), still);
        await Expect(month.Page.Locator(".rz-event").First).ToBeVisibleAsync();
        await Axe.ShouldKeepNobodyOutAsync(month.Page);

        await month.Page.Locator(".rz-event").First.FocusAsync();
        await month.Page.Keyboard.PressAsync("Enter");
        await Expect(month.Page.Locator(".picked")).ToBeVisibleAsync();

        var drawer = await OpenAsync($"/campaigns/{campaign}/posts?post={posts[0]}", still);
        await Expect(drawer.Page.Locator(".post-times [data-act=date]")).ToBeVisibleAsync();
        await Axe.ShouldKeepNobodyOutAsync(drawer.Page);
        await drawer.Page.Locator(".post-times [data-act=date]").ClickAsync();
        await Expect(drawer.Page.Locator(".rz-dialog")).ToContainTextAsync("Times are meant in UTC");
        await Axe.ShouldKeepNobodyOutAsync(drawer.Page);

        foreach (var view in (string[])["agenda", "month"])
        {
            var phone = await OpenAsync(ScheduleOnScreen.PathOf(campaign, view), new Device(360, 760) { Touch = true, ReducedMotion = true, Scheme = ColorScheme.Dark });
            await Expect(phone.Page.Locator(view == "month" ? ".rz-event" : ".agenda-row").First).ToBeVisibleAsync();
            await PageWidth.ShouldFitAsync(phone.Page);
            phone.ShouldBeQuiet();
        }
    }

    // All posts of it, or the first ones, may go out.
    private async Task<(string Campaign, IReadOnlyList<int> Posts)> ApprovedAsync(string name, int posts = 6)
    {
        var (campaign, all) = await Pages.MakeAsync(name);
        foreach (var pk in all.Take(posts))
            await Pages.SendAsync("/api/approve", new { pk });
        return (campaign, [.. all.Take(posts)]);
    }

    private Task<System.Text.Json.JsonElement> ReadAsync(string campaign) => Pages.ReadAsync($"/api/campaigns/{campaign}/schedule");

    private static FilePayload TableOf(string text) => new() { Name = "numbers.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) };
}

using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using Janus.Tests.Scheduling;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Janus.Tests.Browser;

/// <summary>Dates, publication and numbers, by mouse and by keyboard.</summary>
public sealed class ScheduleTests(PagesUnderTest pages) : PageTests(pages)
{
    private static readonly DateTime NextYear = new(TimeProvider.System.GetUtcNow().Year + 1, 3, 1, 0, 0, 0, DateTimeKind.Unspecified);

    // The dialogs' library sets a focus of its own half a second after it opened one.
    private const string HoldHalfSeconds = """
        const soon = window.setTimeout, held = [];
        window.setTimeout = (what, ms, ...rest) => ms === 500 ? held.push(what) : soon(what, ms, ...rest);
        window.letHalfSecondsPass = () => held.splice(0).forEach((what) => what());
        """;

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
        await Expect(schedule.Act(posts[0], "date")).ToBeFocusedAsync();

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
        await Expect(schedule.Act(posts[1], "numbers")).ToBeFocusedAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Month", Exact = true }).ClickAsync();
        await Expect(page.Locator(".rz-event").First).ToBeVisibleAsync();
        await page.Locator(".rz-event").First.ClickAsync();
        await Expect(page.Locator(".picked")).ToBeVisibleAsync();
        (await ReadAsync(campaign)).GetProperty("phase").GetString().ShouldBe("active");
        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task A_dialog_has_the_focus_at_once_and_nothing_takes_it_from_whoever_goes_on()
    {
        var (campaign, posts) = await ApprovedAsync("Focus of a dialog", 1);
        var opened = await OpenAsync(ScheduleOnScreen.PathOf(campaign));
        await opened.Page.AddInitScriptAsync(HoldHalfSeconds);
        await opened.ReloadAsync();
        var schedule = new ScheduleOnScreen(opened.Page);
        var date = schedule.Act(posts[0], "date");

        await date.ClickAsync();
        await Expect(schedule.Day).ToBeFocusedAsync();
        await schedule.Time.FocusAsync();
        await opened.Page.EvaluateAsync("() => window.letHalfSecondsPass()");
        await Expect(schedule.Time).ToBeFocusedAsync();

        await opened.Page.Keyboard.PressAsync("Escape");
        await Expect(schedule.Dialog).ToHaveCountAsync(0);
        await Expect(date).ToBeFocusedAsync();
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
    public async Task A_post_is_dragged_to_another_day_of_the_month_and_keeps_its_hour()
    {
        var (campaign, posts) = await ApprovedAsync("Dragged", 1);
        await DateAsync(posts[0], 3, "09:30");
        var opened = await OpenAsync(ScheduleOnScreen.PathOf(campaign, "month"));
        var (page, schedule) = (opened.Page, new ScheduleOnScreen(opened.Page));

        await schedule.DragAsync(page.Locator(".rz-event"), schedule.DayOfMonth(17));

        await Expect(page.Locator(".rz-notification")).ToContainTextAsync($"17 March {NextYear.Year}, 09:30.");
        (await DateOfAsync(campaign, posts[0])).ShouldBe($"{NextYear.Year}-03-17T09:30");
        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task A_post_is_moved_in_the_month_with_the_keyboard_alone()
    {
        var (campaign, posts) = await ApprovedAsync("Moved by keys", 1);
        await DateAsync(posts[0], 3, "09:30");
        var opened = await OpenAsync(ScheduleOnScreen.PathOf(campaign, "month"));
        var (page, schedule) = (opened.Page, new ScheduleOnScreen(opened.Page));
        await Expect(page.Locator(".rz-event")).ToBeVisibleAsync();

        await Keyboard.TabToAsync(page, page.Locator(".rz-event"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(schedule.Picked("date")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(schedule.Day).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync($"0317{NextYear.Year}");
        await page.Keyboard.PressAsync("Enter");

        await Expect(schedule.Dialog).ToHaveCountAsync(0);
        await Expect(schedule.Picked("date")).ToBeFocusedAsync();
        await Expect(page.Locator(".picked")).ToContainTextAsync("17 March");
        (await DateOfAsync(campaign, posts[0])).ShouldBe($"{NextYear.Year}-03-17T09:30");
        opened.ShouldBeQuiet();
    }

    [Fact]
    public async Task A_day_with_more_posts_than_fit_shows_them_all_and_keeps_nobody_out()
    {
        Axe.SkipWhereMissing();
        var (campaign, posts) = await ApprovedAsync("A full day");
        foreach (var (hour, pk) in posts.Index())
            await DateAsync(pk, 3, $"{9 + hour:00}:00");
        var opened = await OpenAsync(ScheduleOnScreen.PathOf(campaign, "month"), Device.Desktop with { ReducedMotion = true });
        var (page, schedule) = (opened.Page, new ScheduleOnScreen(opened.Page));
        await Expect(page.Locator(".rz-event")).ToHaveCountAsync(posts.Count);
        await Axe.ShouldKeepNobodyOutAsync(page);

        var day = (await schedule.DayOfMonth(3).BoundingBoxAsync())!;
        foreach (var shown in await page.Locator(".rz-event").AllAsync())
        {
            var box = (await shown.BoundingBoxAsync())!;
            (box.Y + box.Height).ShouldBeLessThanOrEqualTo(day.Y + day.Height, "a post lies in the week below its own");
        }

        await Keyboard.TabToAsync(page, page.Locator(".rz-event").Last);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".picked")).ToContainTextAsync("14:00");
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

    private async Task DateAsync(int pk, int dayOfMarch, string time)
    {
        using var answer = await Pages.Api.PutAsJsonAsync($"/api/posts/{pk}/schedule", new { local_time = $"{NextYear.Year}-03-{dayOfMarch:00}T{time}" });
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    private async Task<string?> DateOfAsync(string campaign, int pk) => (await ReadAsync(campaign)).GetProperty("posts").EnumerateArray()
        .Single(post => post.GetProperty("pk").GetInt32() == pk).GetProperty("date").GetProperty("local_time").GetString();

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

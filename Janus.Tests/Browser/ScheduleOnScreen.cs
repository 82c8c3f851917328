using Microsoft.Playwright;

namespace Janus.Tests.Browser;

/// <summary>A campaign's schedule, as a person finds it.</summary>
internal sealed class ScheduleOnScreen(IPage page)
{
    public static string PathOf(string campaignId, string view = "agenda") => $"/campaigns/{campaignId}/schedule?view={view}";

    /// <summary>What asks Janus for dates, and what takes them.</summary>
    public ILocator Propose => page.Locator("[data-act=propose]");

    public ILocator Apply => page.Locator("[data-act=apply]");

    /// <summary>The dates that Janus proposes.</summary>
    public ILocator Proposed => page.Locator(".proposed li");

    /// <summary>The posts of the agenda, in the order in which they go out.</summary>
    public ILocator Dated => page.Locator(".agenda .agenda-row");

    /// <summary>A post, with a date or without.</summary>
    public ILocator Row(int pk) => page.Locator($".agenda-row[data-pk='{pk}']");

    /// <summary>What a person can say about a post: date, publish, unschedule or numbers.</summary>
    public ILocator Act(int pk, string act) => Row(pk).Locator($"[data-act={act}]");

    /// <summary>The question that is asked.</summary>
    public ILocator Dialog => page.Locator(".rz-dialog");

    public ILocator Day => page.GetByLabel("Day", new() { Exact = true });

    public ILocator Time => page.GetByLabel("Time", new() { Exact = true });

    /// <summary>A button of the question that is asked.</summary>
    public ILocator Answer(string name) => Dialog.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>A day of the month that is shown.</summary>
    public ILocator DayOfMonth(int day) => page.Locator(".rz-slot:not(.other)").Filter(new() { Has = page.GetByText($"{day}", new() { Exact = true }) });

    /// <summary>Drags a post of the month to a day, as a hand does: over the day it moves once more, which is when the browser asks whether it may drop.</summary>
    public async Task DragAsync(ILocator post, ILocator day)
    {
        await post.HoverAsync();
        await page.Mouse.DownAsync();
        await day.HoverAsync();
        await day.HoverAsync(new() { Position = new() { X = 40, Y = 60 } });
        await page.Mouse.UpAsync();
    }

    /// <summary>What can be said about the post that was chosen in the month.</summary>
    public ILocator Picked(string act) => page.Locator($".picked [data-act={act}]");

    /// <summary>What the month shows of a post.</summary>
    public ILocator InMonth(string title) => page.Locator(".rz-event", new() { HasText = title });
}

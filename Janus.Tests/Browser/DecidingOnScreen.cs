using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Janus.Tests.Browser;

/// <summary>Where a person decides about posts: in the open post, and about several of them at the foot of a page.</summary>
internal sealed class DecidingOnScreen(IPage page)
{
    /// <summary>What is decided about the open post, and how it stands.</summary>
    public ILocator Verdict => page.GetByRole(AriaRole.Region, new() { Name = "Decision about this post" });

    /// <summary>How the open post stands.</summary>
    public ILocator Stands => Verdict.Locator(".stands");

    /// <summary>The foot of the page.</summary>
    public ILocator Dock => page.GetByRole(AriaRole.Region, new() { Name = "Approval", Exact = true });

    /// <summary>Where the reason of a rejection is written.</summary>
    public ILocator Reason => page.GetByLabel("Why? Whoever makes it better reads this");

    /// <summary>The cards that are selected.</summary>
    public ILocator Picked => page.Locator(".post.picked");

    /// <summary>A button about the open post.</summary>
    public ILocator Decide(string name) => Verdict.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>A button at the foot of the page.</summary>
    public ILocator Together(string name) => Dock.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>Waits until so many are selected, and both the cards and the foot say so.</summary>
    public async Task ShouldHavePickedAsync(int count)
    {
        await Expect(Picked).ToHaveCountAsync(count);
        if (count > 0)
            await Expect(Dock).ToContainTextAsync($"{count} selected");
        else
            await Expect(Dock).ToContainTextAsync("approved");
    }
}

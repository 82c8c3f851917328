using Microsoft.Playwright;

namespace Janus.Tests.Browser;

/// <summary>The dialogs in which a campaign gets new posts, as a person finds them.</summary>
internal sealed class GrowthOnScreen(IPage page)
{
    /// <summary>The dialog.</summary>
    public ILocator Dialog => page.Locator(".rz-dialog");

    /// <summary>Opens the dialog for a new plan.</summary>
    public ILocator PlanAnew => page.GetByRole(AriaRole.Button, new() { Name = "Plan anew…", Exact = true });

    /// <summary>Shows the new plan that waits.</summary>
    public ILocator SeeNewPlan => page.GetByRole(AriaRole.Button, new() { Name = "See the new plan…", Exact = true });

    /// <summary>Opens the dialog for a follow-up of the open post.</summary>
    public ILocator FollowUp => page.GetByRole(AriaRole.Button, new() { Name = "Follow-up post…", Exact = true });

    /// <summary>What a person wants, in their own words.</summary>
    public ILocator Wish => Dialog.Locator("#wish");

    /// <summary>What went wrong.</summary>
    public ILocator Alert => Dialog.GetByRole(AriaRole.Alert);

    /// <summary>A phase to plan anew from.</summary>
    public ILocator Phase(int number) => Dialog.GetByRole(AriaRole.Radio, new() { Name = $"Phase {number}" });

    /// <summary>A button of the dialog.</summary>
    public ILocator Button(string name) => Dialog.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>The posts in a column of the preview: goes, stays or comes.</summary>
    public ILocator Posts(string column) => Dialog.Locator($".replan .{column} li:not(.muted)");
}

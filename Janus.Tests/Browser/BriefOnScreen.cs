using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Janus.Tests.Browser;

/// <summary>The brief's form, as a person finds it.</summary>
internal sealed class BriefOnScreen(IPage page)
{
    public const string Path = "/campaigns/new";

    public ILocator Product => page.GetByLabel("What is the product?");

    public ILocator Goals => page.GetByLabel("What should the campaign achieve?");

    public ILocator Name => page.GetByLabel("Name of the campaign");

    public ILocator Audience => page.GetByLabel("Who is spoken to?");

    public ILocator Tone => page.GetByLabel("How should it sound?");

    public ILocator UseWords => page.GetByLabel("Words to use");

    public ILocator AvoidWords => page.GetByLabel("Words to avoid");

    /// <summary>What a person clicks to see the optional fields.</summary>
    public ILocator More => page.GetByText("Voice, audience and size");

    /// <summary>What a platform is chosen with.</summary>
    public ILocator Platform(string name) => page.GetByRole(AriaRole.Radio, new() { Name = name });

    /// <summary>What the size is chosen with.</summary>
    public ILocator PostsPerPhase(int count) =>
        page.GetByRole(AriaRole.Group, new() { Name = "Posts in each phase" }).GetByRole(AriaRole.Radio, new() { Name = $"{count}", Exact = true });

    /// <summary>Sends the brief.</summary>
    public Task PlanAsync() => page.GetByRole(AriaRole.Button, new() { Name = "Plan the campaign" }).ClickAsync();

    /// <summary>Fills in what must be.</summary>
    public async Task FillAsync(string product, string goals, string name)
    {
        await Product.FillAsync(product);
        await Goals.FillAsync(goals);
        await Name.FillAsync(name);
    }

    /// <summary>What was filled in is there.</summary>
    public async Task ShouldHoldAsync(string product, string goals, string name)
    {
        await Expect(Product).ToHaveValueAsync(product);
        await Expect(Goals).ToHaveValueAsync(goals);
        await Expect(Name).ToHaveValueAsync(name);
    }
}

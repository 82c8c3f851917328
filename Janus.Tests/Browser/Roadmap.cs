using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Janus.Tests.Browser;

/// <summary>What is on the page of one campaign, as a person finds it.</summary>
internal sealed class Roadmap(IPage page)
{
    /// <summary>Where a campaign is looked at, with a post's drawer open or without.</summary>
    public static string PathOf(string campaignId, int? post = null) => $"/campaigns/{campaignId}{(post is null ? "" : $"?post={post}")}";

    /// <summary>The canvas, once it has put everything where it belongs.</summary>
    public ILocator Canvas => page.Locator("janus-canvas.ready");

    /// <summary>Every post's card.</summary>
    public ILocator Cards => page.Locator(".post");

    /// <summary>The campaign's own state, at the top of the canvas.</summary>
    public ILocator Status => page.Locator(".status");

    /// <summary>The post that is open.</summary>
    public ILocator Drawer => page.Locator(".drawer");

    /// <summary>The question that is asked.</summary>
    public ILocator Dialog => page.Locator(".rz-dialog");

    /// <summary>A post's card.</summary>
    public ILocator Card(int pk) => page.Locator($".post[data-pk='{pk}']");

    /// <summary>What opens a post.</summary>
    public ILocator Link(int pk) => Card(pk).Locator("a");

    /// <summary>One face of the open post.</summary>
    public ILocator Face(string letter) => page.Locator($".face.{letter}");

    /// <summary>The text of a face, as it is read.</summary>
    public ILocator Text(string letter) => Face(letter).Locator("p.text");

    /// <summary>The box in which the text of a face is edited.</summary>
    public ILocator Editor(string letter) => page.GetByLabel($"Text of {letter}");

    /// <summary>A button of a face.</summary>
    public ILocator Button(string letter, string name) => Face(letter).GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>A button of the question that is asked.</summary>
    public ILocator Answer(string name) => Dialog.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>What was before, and what is in use.</summary>
    public ILocator History => page.Locator(".history");

    /// <summary>Waits until every post can be seen and opened.</summary>
    public Task ShouldShowPostsAsync(int count) => Expect(Canvas.Locator(".post")).ToHaveCountAsync(count);

    /// <summary>Opens the editor of a face and returns the box.</summary>
    public async Task<ILocator> EditAsync(string letter)
    {
        await Button(letter, "Edit").ClickAsync();
        await Expect(Editor(letter)).ToBeFocusedAsync();
        return Editor(letter);
    }
}

using System.Text.RegularExpressions;
using Janus.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace Janus.Tests.Traces;

/// <summary>A person who plans a campaign on a page and leaves the page open while it is made.</summary>
internal sealed partial class WatchingPerson : IAsyncDisposable
{
    private readonly WatchedPage _opened;
    private int _requests;

    private WatchingPerson(WatchedPage opened)
    {
        _opened = opened;
        _opened.Page.Request += (_, _) => Interlocked.Increment(ref _requests);
    }

    /// <summary>How often the browser has asked for something.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Opens the brief's page.</summary>
    public static async Task<WatchingPerson> OpenAsync(ChromiumBrowser browser, Uri pages)
    {
        var person = new WatchingPerson(await WatchedPage.OpenAsync(await browser.NewContextAsync(Device.Desktop, pages)));
        await person._opened.GoAsync(BriefOnScreen.Path);
        return person;
    }

    /// <summary>Types a brief with a word in each of its fields, and clicks.</summary>
    /// <returns>The campaign's public id.</returns>
    public async Task<string> PlanAsync(string word, int postsPerPhase)
    {
        var brief = new BriefOnScreen(_opened.Page);
        await brief.FillAsync($"{word}, a quiet coffee grinder for small kitchens", $"Win 500 preorders of {word}", $"{word} launch");
        await brief.Platform("LinkedIn").CheckAsync();
        await brief.More.ClickAsync();
        await brief.Audience.FillAsync($"friends of {word}");
        await brief.Tone.FillAsync($"warm like {word}");
        await brief.UseWords.FillAsync($"{word}mahlwerk");
        await brief.AvoidWords.FillAsync($"{word}lärm");
        await brief.PostsPerPhase(postsPerPhase).CheckAsync();
        await brief.PlanAsync();
        await _opened.Page.WaitForURLAsync(url => OneCampaign().IsMatch(url));
        return OneCampaign().Match(_opened.Page.Url).Groups["id"].Value;
    }

    /// <summary>The page says that it is done, and nothing went wrong on it.</summary>
    public async Task SeeScheduledAsync()
    {
        await Expect(new Roadmap(_opened.Page).Status).ToContainTextAsync("Scheduled");
        _opened.ShouldBeQuiet();
    }

    public async ValueTask DisposeAsync() => await _opened.Page.Context.DisposeAsync();

    [GeneratedRegex(@"/campaigns/(?<id>c_\w+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex OneCampaign();
}

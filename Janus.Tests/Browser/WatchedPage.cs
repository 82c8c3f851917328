using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Janus.Tests.Browser;

/// <summary>An open page and every complaint that was heard from it since it was opened.</summary>
internal sealed class WatchedPage
{
    private readonly ConcurrentQueue<string> _complaints = [];

    private WatchedPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) => Note(message.Type == "error", $"console: {message.Text} ({message.Location})");
        page.PageError += (_, error) => Note(true, $"uncaught: {error}");
        page.Crash += (_, _) => Note(true, "the page crashed");
        page.Response += (_, response) => Note(response.Status >= 500, $"{response.Status}: {response.Request.Method} {response.Url}");
        // A request that the page gave up itself, as an event stream is when its page is left, is no failure.
        page.RequestFailed += (_, request) => Note(request.Failure != "net::ERR_ABORTED", $"{request.Failure}: {request.Method} {request.Url}");
    }

    public IPage Page { get; }

    /// <summary>Console errors, uncaught errors, answers of 500 and above, and requests without an answer, in the order in which they came.</summary>
    public IReadOnlyList<string> Complaints => [.. _complaints];

    /// <summary>A new page in a context, watched before it is sent anywhere.</summary>
    public static async Task<WatchedPage> OpenAsync(IBrowserContext context) => new(await context.NewPageAsync());

    /// <summary>Sends it to an address; returns the answer's status when the page is alive.</summary>
    public async Task<int> GoAsync(string path)
    {
        var answer = await Page.GotoAsync(path);
        await AwaitLifeAsync();
        return answer?.Status ?? 0;
    }

    /// <summary>Loads it anew.</summary>
    public async Task ReloadAsync()
    {
        await Page.ReloadAsync();
        await AwaitLifeAsync();
    }

    /// <summary>Waits until the page's own server answers: what is clicked before that goes unheard.</summary>
    public Task AwaitLifeAsync() => Page.Locator("html[data-alive]").WaitForAsync(new() { State = WaitForSelectorState.Attached });

    /// <summary>Leaves a mark on the document that a reload wipes away.</summary>
    public Task MarkAsync() => Page.EvaluateAsync("() => { window.isMarked = true; }");

    /// <summary>Whether the document is the one that was marked.</summary>
    public Task<bool> IsMarkedAsync() => Page.EvaluateAsync<bool>("() => window.isMarked === true");

    /// <summary>Nothing went wrong, not even something that no person would notice.</summary>
    public void ShouldBeQuiet() => Complaints.ShouldBeEmpty($"{Page.Url} complained");

    private void Note(bool isComplaint, string text)
    {
        if (isComplaint)
            _complaints.Enqueue(text);
    }
}

using System.Net;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Janus.Tests.Pages.Access;

/// <summary>A browser without a window: it keeps cookies, follows nothing by itself, and sends forms as they stand on the page.</summary>
internal sealed class Visitor : IDisposable
{
    // Who asks before sending a body waits for the answer, however busy the machine.
    private readonly SocketsHttpHandler _handler = new() { AllowAutoRedirect = false, Expect100ContinueTimeout = TimeSpan.FromMinutes(1) };

    /// <summary>Somebody at an address, as a proxy on this machine tells it.</summary>
    public Visitor(Uri web, string address)
    {
        Http = new HttpClient(_handler) { BaseAddress = web };
        Http.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        Http.DefaultRequestHeaders.Accept.ParseAdd("text/html,*/*");
    }

    public HttpClient Http { get; }

    public CookieContainer Cookies => _handler.CookieContainer;

    public Task<HttpResponseMessage> GetAsync(string path) => Http.GetAsync(new Uri(path, UriKind.Relative));

    /// <summary>The status and the text of a page.</summary>
    public async Task<(int Status, string Text)> ReadAsync(string path)
    {
        using var answer = await GetAsync(path);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Opens the sign-in page and sends its form.</summary>
    public Task<HttpResponseMessage> SignInAsync(string name, string password, string? from = null) => SubmitAsync(
        from is null ? "/sign-in" : $"/sign-in?from={Uri.EscapeDataString(from)}", "sign-in", ("Form.UserName", name), ("Form.Password", password));

    /// <summary>Opens a page and sends one of its forms, with what stands in it and what is typed.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string path, string form, params (string Name, string Value)[] typed)
    {
        var (status, page) = await ReadAsync(path);
        status.ShouldBe(200, page);
        using var context = BrowsingContext.New();
        using var document = await context.OpenAsync(request => request.Content(page));
        var element = document.QuerySelectorAll<IHtmlFormElement>("form").Single(candidate => candidate.QuerySelector($"input[name=_handler][value='{form}']") is not null || candidate.GetAttribute("action") == form);
        var fields = element.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]").ToDictionary(input => input.Name!, input => input.Value);
        foreach (var (name, value) in typed)
            fields[name] = value;
        using var content = new FormUrlEncodedContent(fields);
        return await Http.PostAsync(new Uri(element.GetAttribute("action") is { Length: > 0 } action ? action : path, UriKind.Relative), content);
    }

    public void Dispose()
    {
        Http.Dispose();
        _handler.Dispose();
    }
}

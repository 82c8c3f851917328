using System.Text.RegularExpressions;
using Janus.Tests.Api;

namespace Janus.Tests.Pages.Access;

/// <summary>The pages over an API in which nobody has an account yet.</summary>
internal sealed partial class FreshJanus : IAsyncDisposable
{
    private readonly NewApi _api = new();

    public WebHost Web { get; private set; } = null!;

    /// <summary>What whoever runs it reads in the log.</summary>
    public string FirstAdminToken => _api.Logs.Lines.Select(line => Token().Match(line)).Single(match => match.Success).Value;

    public static async Task<FreshJanus> StartAsync()
    {
        var janus = new FreshJanus();
        await janus._api.InitializeAsync();
        janus.Web = new WebHost(janus._api.Http.BaseAddress!, SignInPages.Settings, "Production");
        return janus;
    }

    public async ValueTask DisposeAsync()
    {
        await Web.DisposeAsync();
        await _api.DisposeAsync();
    }

    [GeneratedRegex(@"first_[\w-]+", RegexOptions.None, 1000)]
    private static partial Regex Token();

    private sealed class NewApi : ApiHost
    {
        protected override IReadOnlyDictionary<string, string> Settings => SignInPages.Settings;
    }
}

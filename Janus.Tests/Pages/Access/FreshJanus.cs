using Janus.Tests.Access;

namespace Janus.Tests.Pages.Access;

/// <summary>The pages over an API in which nobody has an account yet.</summary>
internal sealed class FreshJanus : IAsyncDisposable
{
    private readonly AccountsHost _api = new();

    public WebHost Web { get; private set; } = null!;

    /// <summary>What whoever runs it reads in the log.</summary>
    public string FirstAdminToken => _api.FirstAdminToken;

    public static async Task<FreshJanus> StartAsync()
    {
        var janus = new FreshJanus();
        await janus._api.InitializeAsync();
        janus.Web = new WebHost(janus._api.Http.BaseAddress!, SignInPages.Settings);
        return janus;
    }

    public async ValueTask DisposeAsync()
    {
        await Web.DisposeAsync();
        await _api.DisposeAsync();
    }
}

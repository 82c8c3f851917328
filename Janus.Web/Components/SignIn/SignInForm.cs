namespace Janus.Web.Components.SignIn;

/// <summary>What is typed to sign in.</summary>
internal sealed class SignInForm
{
    /// <summary>The account's name.</summary>
    public string? UserName { get; set; }

    /// <summary>The password, which is never written back.</summary>
    public string? Password { get; set; }
}

/// <summary>What is typed to make the first account.</summary>
internal sealed class WelcomeForm
{
    /// <summary>The one-time token from the API's log.</summary>
    public string? Token { get; set; }

    /// <summary>The account's name.</summary>
    public string? UserName { get; set; }

    /// <summary>The password, which is never written back.</summary>
    public string? Password { get; set; }

    /// <summary>The same once more.</summary>
    public string? Again { get; set; }
}

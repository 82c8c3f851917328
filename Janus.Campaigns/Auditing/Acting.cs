namespace Janus.Campaigns.Auditing;

/// <summary>
/// On whose behalf the code runs, beside the trace in which it runs: set once where a request comes in, and written with every event that is recorded
/// below. What no person set going has nobody.
/// </summary>
public static class Acting
{
    /// <summary>Whoever holds the operator's key.</summary>
    public const string Operator = "operator";

    /// <summary>Whoever uses a Janus that has no sign-in.</summary>
    public const string Local = "local";

    private static readonly AsyncLocal<string?> Name = new();

    /// <summary>The name of the account that acts; null for nobody.</summary>
    public static string? Person => Name.Value;

    /// <summary>Says who acts from here on, in this asynchronous flow and what it starts.</summary>
    public static void As(string? person) => Name.Value = person;
}

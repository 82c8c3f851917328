namespace Janus.Web.Access;

/// <summary>Where somebody goes on after signing in: a page of this Janus, whatever the address says.</summary>
internal static class LocalPath
{
    private const int Longest = 2_000;

    /// <summary>The path if it is one of these pages', else the first page.</summary>
    /// <remarks>
    /// Browsers read <c>//host</c> and <c>/\host</c> as another machine's address, and drop tabs and line ends before they do.
    /// </remarks>
    public static string Of(string? path) => IsLocal(path) ? path! : "/";

    /// <summary>The sign-in page that leads back to a path.</summary>
    public static string SignIn(string? path) => Of(path) is { Length: > 1 } local ? $"/sign-in?from={Uri.EscapeDataString(local)}" : "/sign-in";

    private static bool IsLocal(string? path) =>
        path is { Length: > 0 and <= Longest } && path[0] == '/' && (path.Length == 1 || path[1] is not ('/' or '\\')) && !path.Any(char.IsControl);
}

using Janus.Tests.Configuration;
using Janus.Tests.House;

namespace Janus.Tests.Access;

/// <summary>
/// The tables of docs/access.md, which tests write: what is asked of the running services is what the page says. With <c>JANUS_WRITE_PAGES=1</c> a test
/// writes its table; without, it holds the page to it.
/// </summary>
internal static class AccessPage
{
    private static string File => Path.Combine(Solution.Root, "docs", "access.md");

    /// <summary>Holds a part of the page, between its markers, to what was found.</summary>
    public static async Task ShouldHoldAsync(string part, string found)
    {
        var page = await System.IO.File.ReadAllTextAsync(File);
        var (begin, end) = ($"<!-- {part} -->\n", $"<!-- /{part} -->");
        var (from, to) = (page.IndexOf(begin, StringComparison.Ordinal), page.IndexOf(end, StringComparison.Ordinal));
        (from >= 0 && to > from).ShouldBeTrue($"docs/access.md has no part {part}");
        if (Environment.GetEnvironmentVariable(ConfigurationPage.WriteVariable) == "1")
            await System.IO.File.WriteAllTextAsync(File, string.Concat(page.AsSpan(0, from + begin.Length), found, page.AsSpan(to)));
        else
            page[(from + begin.Length)..to].ShouldBe(found, "docs/access.md is not current: run this test with JANUS_WRITE_PAGES=1");
    }
}

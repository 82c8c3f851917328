using System.Text.RegularExpressions;
using Janus.Tests.House;

namespace Janus.Tests.Arrows;

/// <summary>The arrows as docs/state-machine.md draws them.</summary>
internal static partial class ArrowPage
{
    /// <summary>The arrows of one state machine; an arrow with several causes, set apart by commas, is as many arrows.</summary>
    public static async Task<IReadOnlyList<Arrow>> ReadAsync(string machine)
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Solution.Root, "docs", "state-machine.md"));
        var section = page.Split("\n## ").Single(part => part.StartsWith(machine + "\n", StringComparison.Ordinal));
        return [.. Line().Matches(section).SelectMany(line => line.Groups["causes"].Value.Split(", ")
            .Select(cause => new Arrow(line.Groups["from"].Value, line.Groups["to"].Value, cause)))];
    }

    /// <summary>Holds the page to what was walked: neither may know an arrow that the other does not.</summary>
    public static async Task ShouldDrawAsync(string machine, IEnumerable<Arrow> walked) =>
        (await ReadAsync(machine)).Select(arrow => arrow.ToString()).Order()
            .ShouldBe(walked.Distinct().Select(arrow => arrow.ToString()).Order(), $"the page's arrows of {machine} are not those that were walked");

    [GeneratedRegex(@"^ +(?<from>\[\*\]|[a-z_]+) --> (?<to>[a-z_]+): (?<causes>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Line();
}

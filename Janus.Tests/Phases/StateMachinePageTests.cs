using System.Text.RegularExpressions;
using Janus.Campaigns;
using Janus.Tests.House;

namespace Janus.Tests.Phases;

public sealed partial class StateMachinePageTests
{
    [Fact]
    public async Task The_page_draws_every_arrow_of_the_phase_table_and_no_other()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Solution.Root, "docs", "state-machine.md"));
        var campaign = page[..page.IndexOf("## Step", StringComparison.Ordinal)];

        Arrow().Matches(campaign).Select(arrow => arrow.Value.Trim()).Order()
            .ShouldBe(PhaseTable.Arrows.Select(arrow => $"{arrow.From.ToWord()} --> {arrow.To.ToWord()}: {arrow.Cause.ToWord()}").Order());
    }

    [GeneratedRegex(@"^ +[a-z_]+ --> [a-z_]+: [a-z_]+$", RegexOptions.Multiline, 1000)]
    private static partial Regex Arrow();
}

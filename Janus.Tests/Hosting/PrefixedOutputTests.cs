using Janus.LocalHost;

namespace Janus.Tests.Hosting;

public sealed class PrefixedOutputTests
{
    private readonly CollectedLines _lines = new();

    [Fact]
    public async Task Every_line_carries_its_service_in_a_column_of_one_width()
    {
        await CopyAsync("web", "first\r\n\nlast without an end");
        await CopyAsync("contentworker", "other\n");
        _lines.All.ShouldBe(["[web]           first", "[web]", "[web]           last without an end", "[contentworker] other"]);
    }

    [Fact]
    public async Task A_line_without_an_end_is_cut_before_it_fills_the_memory()
    {
        await CopyAsync("web", new string('x', PrefixedOutput.LongestLine * 2 + 1));
        _lines.All.Select(line => line.Count(character => character == 'x'))
            .ShouldBe([PrefixedOutput.LongestLine, PrefixedOutput.LongestLine, 1]);
    }

    private async Task CopyAsync(string name, string text)
    {
        using var reader = new StringReader(text);
        await new PrefixedOutput(_lines.Add, ["web", "contentworker"]).CopyAsync(name, reader, TestContext.Current.CancellationToken);
    }
}

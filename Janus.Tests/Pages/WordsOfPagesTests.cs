using Janus.ServiceDefaults;
using Janus.Web.Components.Brief;
using Janus.Web.Design;

namespace Janus.Tests.Pages;

public sealed class WordsOfPagesTests
{
    [Theory]
    [InlineData("planning", "Planning", "planning", true, true)]
    [InlineData("content_creation", "Generating Content", "creating", true, true)]
    [InlineData("scheduled", "Scheduled", "scheduled", false, false)]
    [InlineData("active", "Active", "active-phase", true, false)]
    [InlineData("analyzing", "Analyzing", "analyzing", false, false)]
    [InlineData("completed", "Completed", "completed", false, false)]
    public void A_phase_looks_as_the_table_says(string phase, string label, string css, bool pulses, bool spins)
    {
        var look = PhaseLook.Of(phase, null, isPaused: false);

        (look.Label, look.Css, look.Pulses, look.Spins).ShouldBe((label, css, pulses, spins));
    }

    [Fact]
    public void Planning_with_a_stored_failure_is_red_and_still()
    {
        var look = PhaseLook.Of("planning", "The key was refused.", isPaused: false);

        (look.Label, look.Css, look.Pulses, look.Spins).ShouldBe(("Generation failed", "failed", false, false));
    }

    [Theory]
    [InlineData(0, "free")]
    [InlineData(1, "under $0.01")]
    [InlineData(9_999, "under $0.01")]
    [InlineData(10_000, "$0.01")]
    [InlineData(1_234_567_890, "$1,234.57")]
    public void Money_is_said_in_dollars(long micro, string said) => Say.Money(micro).ShouldBe(said);

    [Fact]
    public void A_blank_brief_is_told_before_it_is_sent() =>
        new BriefForm { Product = "  ", Goals = "" }.Check().Keys.ShouldBe(["product_description", "gtm_goals"]);

    [Fact]
    public void A_brief_that_is_too_long_is_told_by_how_much() =>
        new BriefForm { Product = new string('x', 20_123), Goals = "Sell" }.Check()["product_description"].ShouldBe("123 characters too many: at most 20,000.");

    [Fact]
    public void A_word_to_use_and_to_avoid_at_once_is_told() =>
        new BriefForm { Product = "p", Goals = "g", UseWords = "calm, exact", AvoidWords = "loud, Exact" }.Check().Keys.ShouldBe(["avoid_words"]);

    [Fact]
    public void What_the_browser_kept_comes_back_whole()
    {
        var typed = BriefExample.All[0].Form;
        var restored = new BriefForm();

        restored.Restore(typed.ToDraft());

        restored.ToDraft().ShouldBe(typed.ToDraft());
    }

    [Theory]
    [InlineData("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\"")]
    [InlineData("+1", "\"'+1\"")]
    [InlineData("@cmd", "\"'@cmd\"")]
    [InlineData("plain, with comma", "\"plain, with comma\"")]
    public async Task A_spreadsheet_takes_no_cell_for_a_formula(string text, string cell)
    {
        using var bytes = new MemoryStream();
        await using (var table = SpreadsheetCsv.Write(bytes))
            await table.RowAsync(text);

        System.Text.Encoding.UTF8.GetString(bytes.ToArray()).ShouldBe($"\uFEFF{cell}\r\n");
    }
}

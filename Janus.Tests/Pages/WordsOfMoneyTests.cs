using System.Text.Json;
using Janus.Contracts;
using Janus.Web.Activity;
using Janus.Web.Components.Ui;
using Janus.Web.Design;

namespace Janus.Tests.Pages;

public sealed class WordsOfMoneyTests
{
    [Theory]
    [InlineData(0, "$0.00 of $5.00")]
    [InlineData(3_000, "under $0.01 of $5.00")]
    [InlineData(420_000, "$0.42 of $5.00")]
    public void What_was_spent_is_said_with_its_limit(long micro, string said) => Say.Spent(micro, 5_000_000).ShouldBe(said);

    [Theory]
    [InlineData("7.50", 7.5)]
    [InlineData(" $10 ", 10)]
    [InlineData("100000", 100_000)]
    public void An_amount_is_read_as_people_write_it(string typed, double usd) => LimitAmount.Read(typed, 4_980_000).ShouldBe(((decimal)usd, null));

    [Theory]
    [InlineData("", "such as 7.50")]
    [InlineData("-5", "such as 7.50")]
    [InlineData("NaN", "such as 7.50")]
    [InlineData("1e9", "such as 7.50")]
    [InlineData("7,50", "such as 7.50")]
    [InlineData("100000.01", "At most")]
    [InlineData("4.98", "$4.98 is spent already")]
    public void An_amount_that_makes_no_sense_is_said_in_words(string typed, string said)
    {
        var (usd, error) = LimitAmount.Read(typed, 4_980_000);

        usd.ShouldBeNull();
        error.ShouldNotBeNull().ShouldContain(said);
    }

    [Theory]
    [InlineData(5_000_000, "10.00")]
    [InlineData(0, "1.00")]
    [InlineData(80_000_000_000, "100000.00")]
    public void Twice_the_limit_is_suggested(long cap, string suggested) => LimitAmount.Suggest(cap).ShouldBe(suggested);

    [Theory]
    [InlineData("planning")]
    [InlineData("content_creation")]
    [InlineData("scheduled")]
    public void A_paused_campaign_looks_paused(string phase) => PhaseLook.Of(phase, null, isPaused: true).Css.ShouldBe("paused");

    [Theory]
    [InlineData("generation_paused", """{"cause":"campaign_budget","reason":"Used up."}""", "Paused: Used up.")]
    [InlineData("generation_resumed", """{"cause":"new_day"}""", "Goes on: a new day has begun")]
    [InlineData("generation_resumed", """{"cause":"person"}""", "Goes on: a person said so")]
    [InlineData("budget_changed", """{"cap_micro_usd":7500000,"previous_micro_usd":5000000}""", "A person set the limit to $7.50; it was $5.00")]
    [InlineData("late_cost_recorded", """{"post_pk":3,"kind":"picture","variant":"A","attempt":1}""", "An answer for picture A of post 3 came too late to be used; what it cost is counted")]
    public void The_activity_tells_of_money_in_words(string kind, string data, string said) => Line(kind, data).What.ShouldBe(said);

    [Fact]
    public void A_cost_that_is_not_known_is_not_said_to_be_nothing() =>
        Line("step_done", """{"post_pk":3,"kind":"text","variant":"AB","detail":{"model":"m","input_tokens":5,"output_tokens":5,"cost_micro_usd":0,"price_known":false}}""")
            .Facts.ShouldBe(["m", "10 tokens", "price not known"]);

    [Fact]
    public void A_try_that_failed_says_what_it_cost_all_the_same() =>
        Line("step_failed", """{"post_pk":3,"kind":"text","variant":"AB","attempt":1,"cost_micro_usd":31500,"detail":{"code":"truncated","reason":"No."}}""").Facts.ShouldBe(["$0.03"]);

    [Fact]
    public void A_plan_says_what_it_cost() =>
        Line("campaign_planned", """{"posts":4,"connections":3,"parts":12,"detail":{"model":"m","input_tokens":1500,"output_tokens":3000,"cost_micro_usd":29250}}""")
            .Facts.ShouldBe(["m", "4,500 tokens", "$0.03"]);

    private static EventLine Line(string kind, string data) =>
        EventLine.Of(new CampaignEventDto(1, kind, DateTimeOffset.UnixEpoch, "c", null, JsonDocument.Parse(data).RootElement), _ => null);
}

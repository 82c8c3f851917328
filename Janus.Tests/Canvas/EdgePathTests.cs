using System.Globalization;
using Janus.Web.Canvas.Layout;

namespace Janus.Tests.Canvas;

/// <summary>The edge between two cards that stand anywhere.</summary>
public sealed class EdgePathTests
{
    private static readonly Rect Card = new(400, 300, 264, 214);

    [Fact]
    public void A_card_to_the_right_is_entered_from_the_left() =>
        EdgePath.Between(Card, Card with { X = 800, Y = 100 }).ShouldBe("M664 407 C732 407 732 207 800 207");

    [Fact]
    public void A_card_to_the_left_is_entered_from_the_right() =>
        EdgePath.Between(Card, Card with { X = 0, Y = 310.25 }).ShouldBe("M400 407 C332 407 332 417.2 264 417.2");

    [Fact]
    public void A_card_above_or_below_is_reached_around_the_right_of_both()
    {
        var below = Card with { X = 450, Y = 700 };
        var points = SvgPath.Points(EdgePath.Between(Card, below));

        points[0].ShouldBe((Card.Right, Card.Middle));
        points[^1].ShouldBe((below.Right, below.Middle));
        points.Where(point => point.IsInside(Card) || point.IsInside(below)).ShouldBeEmpty();
    }

    [Fact]
    public void Numbers_are_written_for_machines_in_every_country()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            EdgePath.Between(new Rect(-0.04, 0, 0.02, 1.5), new Rect(10.26, -5, 1, 3.3)).ShouldBe("M0 0.8 C5.1 0.8 5.1 -3.4 10.3 -3.4");
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}

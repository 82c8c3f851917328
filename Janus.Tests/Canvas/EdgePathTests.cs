using System.Globalization;
using Janus.Web.Canvas.Layout;

namespace Janus.Tests.Canvas;

/// <summary>The path of one edge.</summary>
public sealed class EdgePathTests
{
    [Fact]
    public void A_curve_sets_out_and_arrives_level() =>
        new EdgePath(664, 407).Curve(800, 207).ToString().ShouldBe("M664 407 C732 407 732 207 800 207");

    [Fact]
    public void Numbers_are_written_for_machines_in_every_country()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            new EdgePath(-0.02, 0.75).Curve(10.26, -3.35).ToString().ShouldBe("M0 0.8 C5.1 0.8 5.1 -3.4 10.3 -3.4");
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}

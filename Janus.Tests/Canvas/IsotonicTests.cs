using Janus.Web.Canvas.Layout;

namespace Janus.Tests.Canvas;

/// <summary>The rising row nearest to a given one.</summary>
public sealed class IsotonicTests
{
    [Fact]
    public void A_row_that_rises_stays_as_it_is() => Isotonic.Fit([1, 2, 2, 5], [1, 9, 1, 1]).ShouldBe([1, 2, 2, 5]);

    [Fact]
    public void Those_that_fall_meet_at_their_weighted_mean() => Isotonic.Fit([0, 4, 1, 9], [1, 1, 2, 1]).ShouldBe([0, 2, 2, 9]);

    [Fact]
    public void A_mean_that_falls_below_those_before_pools_them_too() => Isotonic.Fit([3, 4, -4], [1, 1, 1]).ShouldBe([1, 1, 1]);
}

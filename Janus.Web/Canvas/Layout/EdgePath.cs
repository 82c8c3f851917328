using System.Globalization;
using System.Text;

namespace Janus.Web.Canvas.Layout;

/// <summary>The path of one edge, as SVG path data: numbers with a point and at most one decimal, in px.</summary>
internal sealed class EdgePath
{
    private readonly StringBuilder _data = new();
    private double _x;
    private double _y;

    /// <summary>Begins an edge.</summary>
    /// <param name="startX">From the left.</param>
    /// <param name="startY">From the top.</param>
    public EdgePath(double startX, double startY) => Go('M', (startX, startY));

    /// <summary>How far a loop beside a column reaches at most, in px: it stays within the gap.</summary>
    /// <param name="gap">The gap, in px.</param>
    public static int LoopReach(int gap) => (int)Math.Ceiling(gap * 0.9);

    /// <summary>Goes on in a curve that sets out and arrives level, so that pieces join without a kink.</summary>
    public EdgePath Curve(double toX, double toY)
    {
        var half = (_x + toX) / 2;
        return Go('C', (half, _y), (half, toY), (toX, toY));
    }

    /// <summary>Goes on in a straight line.</summary>
    public EdgePath Line(double toX, double toY) => Go('L', (toX, toY));

    /// <summary>Turns back to the right of both points: the further apart they are, the wider, so that loops can be told apart.</summary>
    public EdgePath Loop(double toX, double toY, int gap)
    {
        const double widest = 1.15; // Of the gap: a cubic curve comes within three quarters of the way to its two handles.
        const double rowsUntilWidest = 1200;
        var width = gap * (0.45 + ((widest - 0.45) * Math.Min(1, Math.Abs(toY - _y) / rowsUntilWidest)));
        var handle = Math.Max(_x, toX) + width;
        return Go('C', (handle, _y), (handle, toY), (toX, toY));
    }

    /// <inheritdoc />
    public override string ToString() => _data.ToString();

    private EdgePath Go(char command, params ReadOnlySpan<(double X, double Y)> points)
    {
        if (_data.Length > 0)
            _data.Append(' ');
        _data.Append(command);
        for (var at = 0; at < points.Length; at++)
            _data.Append(at > 0 ? " " : "").Append(Number(points[at].X)).Append(' ').Append(Number(points[at].Y));
        (_x, _y) = points[^1];
        return this;
    }

    // Adding zero turns the -0 that rounding may leave into 0, which would be written with its sign.
    private static string Number(double value) => (Math.Round(value, 1) + 0.0).ToString("0.#", CultureInfo.InvariantCulture);
}

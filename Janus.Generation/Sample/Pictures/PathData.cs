using System.Text;

namespace Janus.Generation.Sample.Pictures;

/// <summary>An outline under construction, in the path language of SVG.</summary>
internal sealed class PathData
{
    private readonly StringBuilder _path = new();

    /// <summary>A closed outline through straight lines.</summary>
    public static string Polygon(params ReadOnlySpan<(double X, double Y)> corners)
    {
        var path = new PathData();
        for (var i = 0; i < corners.Length; i++)
            _ = i == 0 ? path.Move(corners[i].X, corners[i].Y) : path.Line(corners[i].X, corners[i].Y);
        return path.Close();
    }

    /// <summary>A closed outline that swings smoothly through its points (Catmull-Rom).</summary>
    public static string Blob(IReadOnlyList<(double X, double Y)> points)
    {
        var path = new PathData().Move(points[0].X, points[0].Y);
        for (var i = 0; i < points.Count; i++)
            path.Swing(At(i - 1), At(i), At(i + 1), At(i + 2));
        return path.Close();

        (double X, double Y) At(int i) => points[(i + points.Count) % points.Count];
    }

    /// <summary>The land below a smooth line, down to <paramref name="bottom"/>.</summary>
    public static string Land(IReadOnlyList<(double X, double Y)> ridge, double bottom)
    {
        var path = new PathData().Move(ridge[0].X, bottom).Line(ridge[0].X, ridge[0].Y);
        for (var i = 0; i < ridge.Count - 1; i++)
            path.Swing(At(i - 1), At(i), At(i + 1), At(i + 2));
        return path.Line(ridge[^1].X, bottom).Close();

        (double X, double Y) At(int i) => ridge[Math.Clamp(i, 0, ridge.Count - 1)];
    }

    /// <summary>Starts at a point.</summary>
    public PathData Move(double x, double y) => Add('M', x, y);

    /// <summary>A straight line.</summary>
    public PathData Line(double x, double y) => Add('L', x, y);

    /// <summary>A quarter, half or other part of a circle.</summary>
    public PathData Arc(double radius, bool clockwise, double x, double y) => Add('A', radius, radius, 0, 0, clockwise ? 1 : 0, x, y);

    /// <summary>Ends where it began.</summary>
    public string Close() => _path.Append('Z').ToString();

    /// <inheritdoc />
    public override string ToString() => _path.ToString();

    private void Swing((double X, double Y) before, (double X, double Y) from, (double X, double Y) to, (double X, double Y) after) => Add(
        'C',
        from.X + ((to.X - before.X) / 6), from.Y + ((to.Y - before.Y) / 6),
        to.X - ((after.X - from.X) / 6), to.Y - ((after.Y - from.Y) / 6),
        to.X, to.Y);

    private PathData Add(char command, params ReadOnlySpan<double> numbers)
    {
        _path.Append(command);
        for (var i = 0; i < numbers.Length; i++)
            _path.Append(i == 0 ? "" : " ").Append(SvgWriter.Number(numbers[i]));
        return this;
    }
}

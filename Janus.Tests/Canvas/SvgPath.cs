using System.Globalization;
using System.Text.RegularExpressions;
using Janus.Web.Canvas.Layout;

namespace Janus.Tests.Canvas;

/// <summary>Reads the path data that the layout may write: absolute, one beginning, then curves and lines, at most one decimal.</summary>
internal static partial class SvgPath
{
    /// <summary>Points along a path, its beginning and its end among them.</summary>
    public static IReadOnlyList<(double X, double Y)> Points(string path)
    {
        Whole().IsMatch(path).ShouldBeTrue(path);
        List<(double X, double Y)> points = [];
        foreach (Match piece in Piece().Matches(path))
        {
            double[] at = [.. piece.Groups["numbers"].Value.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
            if (at.Length == 2)
                points.Add((at[0], at[1]));
            else
                points.AddRange(Curve(points[^1], at));
        }

        return points;
    }

    /// <summary>Whether a point is inside a card and not merely at its edge.</summary>
    public static bool IsInside(this (double X, double Y) point, Rect card) =>
        point.X > card.X + 0.5 && point.X < card.Right - 0.5 && point.Y > card.Y + 0.5 && point.Y < card.Bottom - 0.5;

    private static IEnumerable<(double X, double Y)> Curve((double X, double Y) start, double[] at)
    {
        const int Steps = 12;
        for (var step = 1; step <= Steps; step++)
        {
            var t = step / (double)Steps;
            yield return (Along(t, start.X, at[0], at[2], at[4]), Along(t, start.Y, at[1], at[3], at[5]));
        }
    }

    private static double Along(double t, double a, double b, double c, double d) =>
        (Math.Pow(1 - t, 3) * a) + (3 * Math.Pow(1 - t, 2) * t * b) + (3 * (1 - t) * t * t * c) + (t * t * t * d);

    [GeneratedRegex(@"^M\d+(\.\d)? \d+(\.\d)?( (L|C(\d+(\.\d)? ){4})\d+(\.\d)? \d+(\.\d)?)+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Whole();

    [GeneratedRegex("[MLC](?<numbers>[0-9. ]*[0-9])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Piece();
}

namespace Janus.Web.Components.Ui;

/// <summary>A number of an address, which anybody may have typed.</summary>
internal static class AskedNumber
{
    /// <summary>The number; null when there is none, or anything else in its place: a page that is asked for nonsense shows itself without it.</summary>
    public static int? Read(string? text) => int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The same for numbers that outgrow an int, from 1 on.</summary>
    public static long? ReadLong(string? text) => long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}

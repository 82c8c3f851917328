using System.Globalization;

namespace Janus.Web.Design;

/// <summary>Numbers in words for people, spelled alike on every page.</summary>
public static class Say
{
    /// <summary>"1 post", "12 posts".</summary>
    public static string Count(long number, string one, string? many = null) => number == 1 ? $"1 {one}" : $"{Number(number)} {many ?? one + "s"}";

    /// <summary>1,234.</summary>
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Millionths of a US dollar: "free", "under $0.01" or "$1.23".</summary>
    public static string Money(long microUsd) => microUsd switch
    {
        0 => "free",
        < 10_000 => "under $0.01",
        _ => string.Create(CultureInfo.InvariantCulture, $"${microUsd / 1_000_000m:N2}"),
    };

    /// <summary>Millionths of a US dollar as an amount, also where it is nothing or nearly nothing: "$0.00".</summary>
    public static string Dollars(long microUsd) => string.Create(CultureInfo.InvariantCulture, $"${microUsd / 1_000_000m:N2}");

    /// <summary>What was spent of a limit: "$0.42 of $5.00", "under $0.01 of $5.00".</summary>
    public static string Spent(long microUsd, long capMicroUsd) => $"{(microUsd == 0 ? Dollars(0) : Money(microUsd))} of {Dollars(capMicroUsd)}";

    /// <summary>From the least to the most, one number when they are the same.</summary>
    public static string Range(string least, string most) => least == most ? least : $"{least} to {most}";

    /// <summary>Milliseconds: "340 ms", "1.2 s", "2 min 5 s".</summary>
    public static string Duration(long milliseconds) => milliseconds switch
    {
        < 1_000 => $"{milliseconds} ms",
        < 60_000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000.0:0.0} s"),
        _ => $"{milliseconds / 60_000} min {milliseconds / 1_000 % 60} s",
    };

    /// <summary>How long to wait, never less than it is: "20 seconds", "1 minute", "15 minutes".</summary>
    public static string Wait(TimeSpan wait) => wait <= TimeSpan.FromSeconds(50)
        ? Count((long)Math.Max(1, Math.Ceiling(wait.TotalSeconds)), "second")
        : Count((long)Math.Ceiling(wait.TotalMinutes), "minute");

    /// <summary>Bytes: "820 kB", "1.4 MB".</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1_000_000 => $"{Number(bytes / 1_000)} kB",
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000.0:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000_000.0:0.0} GB"),
    };

    /// <summary>A share between 0 and 1 as CSS takes it.</summary>
    public static string Share(long part, long whole) =>
        (whole == 0 ? 0 : Math.Clamp((double)part / whole, 0, 1)).ToString("0.###", CultureInfo.InvariantCulture);
}

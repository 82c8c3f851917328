using System.Text;
using System.Text.Json;

namespace Janus.DevTools.Hostile;

/// <summary>Values that nobody means, and ids that look as if somebody did.</summary>
internal static class Nonsense
{
    /// <summary>How many levels a deep body has.</summary>
    private const int Levels = 10_000;

    private static readonly string[] Values =
    [
        "null", "true", "-1", "0", "1e400", "-1e-400", "1.5", "99999999999999999999999999", "9223372036854775808", "\"\"", "\" \"", "\"\\u0000\"", "\"\\ud800\"",
        "\"\\u202e\\ufeff\"", "[]", "{}", "[[[]]]", "{\"a\":{\"b\":{}}}", "\"2026-02-30\"", "\"-00:00:01\"", "\"9999-12-31T23:59:59.9999999Z\"", "\"../../etc/passwd\"",
        "\"'; DROP TABLE campaigns; --\"", "\"<script>alert(1)</script>\"", "\"{{7*7}}\"", "\"1\"", "\"null\"", "NaN", "Infinity", "0x10", "01",
    ];

    private static readonly string[] PathTricks =
    [
        "..%2f..%2fjanus.db", "%2e%2e/%2e%2e/janus.db", "....//....//janus.db", "..\\..\\janus.db", "..%5c..%5cjanus.db", "/etc/passwd", "%2fetc%2fpasswd", "C:%5cwindows%5cwin.ini",
        "%00", "a%00.png", "a.png%00.svg", "%u002e%u002e%2f", "%c0%ae%c0%ae%2f", "\u2024\u2024/", "%e2%80%a4%e2%80%a4%2f", "%ef%bc%8e%ef%bc%8e/", ".", "..", "...", "%20", "~", "janus.db", "*",
        "a;b=c", "%ff%fe", "%", "%zz", "%2", "con", "0123456789abcdef0123456789abcdef.png", "0123456789abcdef0123456789abcdef.png/..", "file:///etc/passwd", "http://127.0.0.1/",
    ];

    /// <summary>A value, as it stands in JSON or nearly.</summary>
    public static string Value(Random random) => Values[random.Next(Values.Length)];

    /// <summary>A name or id that means another file.</summary>
    public static string Path(Random random) => PathTricks[random.Next(PathTricks.Length)];

    /// <summary>A value of a query, escaped or not.</summary>
    public static string Query(Random random) =>
        random.Next(3) == 0 ? PathTricks[random.Next(PathTricks.Length)].Replace(' ', '+') : Uri.EscapeDataString(Values[random.Next(Values.Length)].Trim('"'));

    /// <summary>A text or a number that is far too long, as it stands in JSON.</summary>
    public static string Huge(Random random) => random.Next(3) switch
    {
        0 => JsonSerializer.Serialize(new string('x', random.Next(20_000, 1_000_000))),
        1 => new string('9', random.Next(1_000, 100_000)),
        _ => $"[{string.Join(',', Enumerable.Repeat("\"word\"", random.Next(1_000, 50_000)))}]",
    };

    /// <summary>A value of many levels, as it stands in JSON.</summary>
    public static string Deep(Random random)
    {
        var (open, close) = random.Next(2) == 0 ? ("[", "]") : ("{\"a\":", "}");
        var deep = new StringBuilder(Levels * (open.Length + 1));
        deep.Insert(0, open, Levels).Append('1');
        return random.Next(2) == 0 ? deep.ToString() : deep.Append(string.Concat(Enumerable.Repeat(close, Levels))).ToString();
    }
}

using System.Text;
using System.Text.RegularExpressions;

namespace Janus.DevTools.Hostile;

/// <summary>Makes hostile requests. Each comes of the seed and its number alone, so that one that did harm can be sent again.</summary>
internal sealed partial class AttackMaker(HostileTargets targets, int seed, string? token)
{
    private const string Json = "application/json";
    private const string SlowBody = "slow body";

    private static readonly string[] OddMethods = ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "HEAD", "CONNECT", "PROPFIND", "get", "G\u00cbT", "X", "GET GET", new string('M', 300)];

    private static readonly string[] OddTypes =
        ["text/plain", "application/xml", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "application/json; charset=utf-16", "application/json; charset=nonsense", ";;;", "text/csv", ""];

    private static readonly (string Kind, Action<Draft> Make)[] Kinds =
    [
        ("wrong type", draft => draft.Body = draft.BodyWith(Nonsense.Value(draft.Random))),
        ("huge value", draft => draft.Body = draft.BodyWith(Nonsense.Huge(draft.Random))),
        ("deep JSON", draft => draft.Body = draft.Random.Next(2) == 0 ? Nonsense.Deep(draft.Random) : draft.BodyWith(Nonsense.Deep(draft.Random))),
        ("bad UTF-8", draft => draft.Body = draft.BodyWith("\"\u00c3\u0028\u00ff\u00fe\u00ed\u00a0\u0080\"")),
        ("half a body", draft => draft.Body = draft.Body[..draft.Random.Next(draft.Body.Length)]),
        ("wrong content type", draft => draft.Type = OddTypes[draft.Random.Next(OddTypes.Length)]),
        ("odd method", draft => draft.Method = OddMethods[draft.Random.Next(OddMethods.Length)]),
        ("nonsense in the query", draft => draft.Query = string.Join('&', draft.Operation.Queries.Append("campaign_id").Select(name => $"{name}={Nonsense.Query(draft.Random)}"))),
        ("long query", draft => draft.Query = $"campaign_id={new string('q', draft.Random.Next(1_000, 60_000))}"),
        ("long and many headers", draft => draft.Headers = ManyHeaders(draft.Random)),
        ("path tricks", draft => draft.Tricks = true),
        ("null bytes", draft => (draft.Body, draft.Query) = (draft.Body.Replace("}", ",\"a\":\"\0\"}", StringComparison.Ordinal), "campaign_id=%00&pk=1%00")),
        ("duplicate keys", draft => draft.Body = string.Concat("{", string.Join(',', Enumerable.Repeat(draft.BodyWith(Nonsense.Value(draft.Random))[1..^1], 3)), "}")),
        ("wrong framing", draft => (draft.Framing, draft.Type) = (BadFraming(draft.Random), Json)),
        ("random bytes", draft => draft.Garbage = true),
        ("cut in the middle", draft => (draft.Framing, draft.Sending) = ($"Content-Length: {draft.Body.Length + draft.Random.Next(1, 10_000)}\r\n", Sending.Cut)),
    ];

    private readonly IReadOnlyList<Operation> _withBody = [.. targets.Operations.Where(operation => operation.Fields.Count > 0)];

    // Nothing of it is stored: a plan that is accepted by mistake costs nobody anything.
    private readonly Dictionary<string, string> _plausible = new(StringComparer.Ordinal)
    {
        ["product_description"] = "\"A kettle\"", ["gtm_goals"] = "\"Sell it\"", ["save_to_db"] = "false", ["posts_per_phase"] = "2", ["pk"] = $"{targets.Post}",
        ["variant_id"] = "\"A\"", ["campaign_id"] = $"\"{targets.Campaign}\"",
    };

    /// <summary>What can be hostile about a request.</summary>
    public static IEnumerable<string> KindNames => Kinds.Select(kind => kind.Kind);

    /// <summary>The request of a number.</summary>
    public Attack Make(int number)
    {
        // The kinds take turns, so that a short run has all of them; targets are drawn.
        var (kind, make) = Kinds[number % Kinds.Length];
        return Make(number, kind, make);
    }

    /// <summary>A request whose body comes so slowly that it never comes.</summary>
    public Attack MakeSlow(int number) => Make(number, SlowBody, draft => (draft.Framing, draft.Sending) = ("Content-Length: 100000\r\n", Sending.Dripping));

    private Attack Make(int number, string kind, Action<Draft> make)
    {
        var random = new Random(unchecked((seed * 1_000_003) + number));
        // Who does not look for a body does not wait for it either.
        var isWeb = targets.Web is not null && kind != SlowBody && random.Next(4) == 0;
        var operations = isWeb ? targets.Pages : kind == SlowBody ? _withBody : targets.Operations;
        var draft = new Draft(operations[random.Next(operations.Count)], random, _plausible);
        make(draft);
        var target = isWeb ? targets.Web! : targets.Api;
        var path = PathName().Replace(draft.Operation.Path, name => draft.Tricks ? Nonsense.Path(random) : targets.Fill(name.Groups["name"].Value, random));
        if (draft.Tricks && path == draft.Operation.Path)
            path = $"{path}/{Nonsense.Path(random)}";
        var line = $"{draft.Method} {path}{(draft.Query is "" ? "" : $"?{draft.Query}")} HTTP/1.1";
        return new Attack(number, kind, target, line, draft.Garbage ? Garbage(random) : BytesOf(draft, line, target, isWeb), draft.Sending);
    }

    private byte[] BytesOf(Draft draft, string line, Uri target, bool isWeb)
    {
        // The head and the broken UTF-8 are Latin-1: each character is the byte that it names. Everything else of a body is ASCII.
        var body = Encoding.Latin1.GetBytes(draft.Body);
        var authorization = token is null || isWeb ? "" : $"Authorization: Bearer {token}\r\n";
        var head = $"{line}\r\nHost: {target.Authority}\r\nConnection: close\r\n{authorization}{draft.Headers}"
            + (draft.Type is "" ? "" : $"Content-Type: {draft.Type}\r\n") + (draft.Framing ?? $"Content-Length: {body.Length}\r\n") + "\r\n";
        return [.. Encoding.UTF8.GetBytes(head), .. body];
    }

    private static byte[] Garbage(Random random)
    {
        var bytes = new byte[random.Next(1, 4_000)];
        random.NextBytes(bytes);
        // So that it is a line, and not the beginning of one that is waited for.
        return [.. bytes, .. "\r\n\r\n"u8];
    }

    private static string ManyHeaders(Random random) => random.Next(3) switch
    {
        0 => string.Concat(Enumerable.Range(0, random.Next(50, 500)).Select(number => $"X-Header-{number}: {number}\r\n")),
        1 => $"X-Long: {new string('h', random.Next(1_000, 60_000))}\r\n",
        _ => $"If-None-Match: {new string('"', random.Next(1, 500))}\r\nLast-Event-ID: {Nonsense.Value(random)}\r\nIdempotency-Key: {new string('k', 5_000)}\r\nRange: bytes=9-1,-,x\r\nAccept: {new string(',', 900)}\r\n",
    };

    private static string BadFraming(Random random) => random.Next(5) switch
    {
        0 => "Content-Length: -1\r\n",
        1 => "Content-Length: 99999999999999999999\r\n",
        2 => "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
        3 => "Transfer-Encoding: chunked\r\n\r\nZZZ\r\nno chunk\r\n",
        _ => "Content-Length: 2\r\nContent-Length: 20\r\n",
    };

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PathName();

    /// <summary>A request in the making: a plausible one, until it is made hostile.</summary>
    private sealed class Draft
    {
        private readonly IReadOnlyDictionary<string, string> _plausible;

        public Draft(Operation operation, Random random, IReadOnlyDictionary<string, string> plausible)
        {
            (Operation, Random, Method, _plausible) = (operation, random, operation.Method, plausible);
            Body = operation.Method is "GET" or "DELETE" or "HEAD" ? "{\"a\":1}" : BodyWith(null);
        }

        public Operation Operation { get; }

        public Random Random { get; }

        public string Method { get; set; }

        public string Query { get; set; } = "";

        public string Headers { get; set; } = "";

        public string Type { get; set; } = Json;

        public string? Framing { get; set; }

        public string Body { get; set; }

        public bool Tricks { get; set; }

        public bool Garbage { get; set; }

        public Sending Sending { get; set; } = Sending.Whole;

        // One field has the value; the others are plausible.
        public string BodyWith(string? value)
        {
            var fields = Operation.Fields.Count == 0 ? ["a"] : Operation.Fields;
            var wrong = fields[Random.Next(fields.Count)];
            return $"{{{string.Join(',', fields.Where(field => field == wrong || _plausible.ContainsKey(field))
                .Select(field => $"\"{field}\":{(field == wrong && value is not null ? value : _plausible.GetValueOrDefault(field, "\"x\""))}"))}}}";
        }
    }
}

#pragma warning disable MEAI001 // IImageGenerator is marked experimental; the pictures of Gemini are tested through it.
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Janus.Gemini;
using Microsoft.Extensions.AI;

namespace Janus.Tests.Gemini;

/// <summary>Whatever comes back, a caller gets a valid answer or a typed failure that gives nothing away, over a real connection.</summary>
public sealed class AnyAnswerTests
{
    private const int Answers = 10_000;

    // Half a letter, as only an escape can write it.
    private const string Lone = "LONE";

    private static readonly Rnd Seed = new(20260302, 17);

    private static readonly string[] Reasons =
        ["STOP", "MAX_TOKENS", "SAFETY", "OTHER", "IMAGE_SAFETY", "NO_IMAGE", "FUTURE_REASON", "", "stop", Reply.Secret];

    private static readonly Gen<JsonNode?> Scalar = Gen.OneOf(
        Gen.Constant((JsonNode?)null),
        Gen.Elements(true, false).Select(JsonNode? (value) => value),
        Gen.Elements(0L, -1, 7, 2_000_000_000_000, long.MaxValue, long.MinValue).Select(JsonNode? (value) => value),
        Gen.Elements("", "7", "-7", "9223372036854775808", "1e3", "NaN", "AAAA", "not base64!", "\u0000", "🥖", Lone, Reply.Secret).Select(JsonNode? (value) => value),
        Gen.Elements(0.5, 1e300, -0.0).Select(JsonNode? (value) => value));

    private static readonly Gen<JsonNode?> Any = Gen.Sized(size => Nested(Math.Min(size, 3)));

    // Built from the protocol's own names, each value being right in most cases and anything at all in the others.
    private static readonly Gen<JsonNode?> Part = Object(
        ("text", Mostly(Gen.Elements("Bread.", "", " ", Reply.Secret).Select(JsonNode? (value) => value))),
        ("thought", Mostly(Gen.Elements(true, false).Select(JsonNode? (value) => value))),
        ("thoughtSignature", Any),
        ("inlineData", Mostly(Object(
            ("mimeType", Mostly(Gen.Elements("image/png", "image/jpeg", "text/html").Select(JsonNode? (value) => value))),
            ("data", Mostly(Gen.Elements("iVBORw0KGgo=", "iVBORw0KGgo", "AAAA", "====", "", "R0lGODlh\n").Select(JsonNode? (value) => value)))))));

    private static readonly Gen<JsonNode?> Word = Mostly(Gen.Elements("TEXT", "IMAGE", "r1", "gemini-3.5-flash-002").Select(JsonNode? (value) => value));

    private static readonly Gen<JsonNode?> Candidate = Object(
        ("content", Mostly(Object(("role", Word), ("parts", Mostly(List(Mostly(Part))))))),
        ("finishReason", Mostly(Gen.Elements(Reasons).Select(JsonNode? (value) => value))),
        ("safetyRatings", Any));

    private static readonly Gen<JsonNode?> Count = Mostly(Gen.OneOf(
        Gen.Choose(0, 5000).Select(JsonNode? (value) => value), Gen.Choose(0, 5000).Select(JsonNode? (value) => $"{value}")));

    private static readonly Gen<JsonNode?> Usage = Object(
        ("promptTokenCount", Count), ("cachedContentTokenCount", Count), ("candidatesTokenCount", Count), ("thoughtsTokenCount", Count),
        ("totalTokenCount", Count), ("candidatesTokensDetails", Mostly(List(Mostly(Object(("modality", Word), ("tokenCount", Count)))))));

    private static readonly Gen<JsonNode?> Answer = Object(
        ("candidates", Mostly(List(Mostly(Candidate)))),
        ("promptFeedback", Mostly(Object(("blockReason", Word)))),
        ("usageMetadata", Mostly(Usage)),
        ("error", Any),
        ("modelVersion", Word),
        ("responseId", Word));

    [Theory]
    [InlineData("text")]
    [InlineData("picture")]
    public async Task Ten_thousand_answers_never_escape_as_anything_but_an_answer_or_a_typed_failure(string what)
    {
        var (answers, failures) = (0, 0);
        var bodies = Bodies();
        await using var gemini = await FakeGemini.StartAsync(bodies.Select(body => Reply.Raw(body, "application/json", 200)).ToArray());

        foreach (var body in bodies)
        {
            try
            {
                await ShouldAnswerAsync(gemini, what);
                answers++;
            }
            catch (GeminiException failure)
            {
                failures++;
                (failure.ToString() + failure.Reason + failure.Model).ShouldNotContain(FakeGemini.Key);
                failure.Message.ShouldNotContain(Reply.Secret);
                (failure.Reason ?? "").ShouldNotContain(Reply.Secret);
            }
            catch (Exception other)
            {
                throw new InvalidOperationException($"{other.GetType().Name} escaped for: {body}", other);
            }
        }

        // A generator that makes only one of the two would show nothing.
        (answers + failures).ShouldBe(Answers);
        answers.ShouldBeGreaterThan(Answers / 100);
        failures.ShouldBeGreaterThan(Answers / 100);
    }

    private static async Task ShouldAnswerAsync(FakeGemini gemini, string what)
    {
        if (what == "text")
        {
            (await gemini.Text.GetResponseAsync(FakeGemini.Prompt)).Text.ShouldNotBeEmpty();
            return;
        }

        var picture = (await gemini.Pictures.GenerateAsync(new ImageGenerationRequest(FakeGemini.Prompt))).Contents.OfType<DataContent>().Single();
        picture.Data.IsEmpty.ShouldBeFalse();
        ImageType.Sniff(picture.Data.Span).ShouldBe(picture.MediaType);
    }

    // One in ten is cut somewhere, as a broken proxy cuts it.
    private static List<string> Bodies() =>
        [.. Answer.Select(answer => (answer?.ToJsonString() ?? "null").Replace(Lone, @"\ud800", StringComparison.Ordinal)).Zip(Gen.Choose(0, 999)).Sample(Answers, Seed, 10)
            .Select(drawn => drawn.Item2 < 100 ? drawn.Item1[..(drawn.Item1.Length * drawn.Item2 / 100)] : drawn.Item1)];

    private static Gen<JsonNode?> Nested(int depth) => depth == 0
        ? Scalar
        : Gen.Frequency((6, Scalar), (1, List(Nested(depth - 1))), (1, Object(("text", Nested(depth - 1)), ("x", Nested(depth - 1)))));

    private static Gen<JsonNode?> Mostly(Gen<JsonNode?> right) => Gen.Frequency((30, right), (1, Any));

    private static Gen<JsonNode?> List(Gen<JsonNode?> item) =>
        Gen.Choose(0, 3).SelectMany(count => item.ListOf(count)).Select(JsonNode? (items) => new JsonArray([.. items]));

    private static Gen<JsonNode?> Object(params (string Name, Gen<JsonNode?> Value)[] members) =>
        Gen.CollectToList(members, member => member.Value.Zip(Gen.Choose(0, 9)).Select(drawn => (member.Name, drawn.Item1, IsThere: drawn.Item2 < 8)))
            .Select(JsonNode? (drawn) => new JsonObject(drawn.Where(member => member.IsThere).Select(member => KeyValuePair.Create(member.Name, member.Item2))));
}

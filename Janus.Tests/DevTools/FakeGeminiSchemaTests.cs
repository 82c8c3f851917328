using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Janus.DevTools.FakeGemini.Answers;

namespace Janus.Tests.DevTools;

/// <summary>JSON that was asked for by a schema.</summary>
public sealed class FakeGeminiSchemaTests
{
    private static readonly string[] PropertyNames = ["text", "title", "image_caption", "count", "items", "pattern"];

    public static TheoryData<string> Schemas =>
    [
        """{}""",
        """{"type":"boolean"}""",
        """{"type":"null"}""",
        """{"type":["null","integer"],"minimum":3}""",
        """{"type":"number","minimum":-2.5,"maximum":-2.25}""",
        """{"type":"integer","maximum":-7}""",
        """{"type":"integer","minimum":0.5,"maximum":1.5}""",
        """{"enum":["red",7]}""",
        """{"type":"string","enum":["red",7]}""",
        """{"type":"array","minItems":7,"maxItems":9,"items":{"type":"integer"}}""",
        """{"type":"array","maxItems":0,"items":{"type":"integer"}}""",
        """{"type":"array","prefixItems":[{"type":"string"},{"type":"integer"}],"items":false}""",
        """{"type":"object","required":["unlisted"],"additionalProperties":{"type":"integer"}}""",
        """{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}""",
        """{"anyOf":[{"type":"integer","minimum":2,"maximum":1},{"type":"string"}]}""",
        """{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"oneOf":[{"properties":{"b":{"type":"integer"}},"required":["b"]}]}""",
        """{"$defs":{"node":{"type":"object","properties":{"name":{"type":"string"},"next":{"$ref":"#/$defs/node"}},"required":["name"]}},"$ref":"#/$defs/node"}""",
        """{"type":"object","properties":{"children":{"type":"array","items":{"$ref":"#"}}},"required":["children"]}""",
        """{"type":"object","properties":{"left":{"anyOf":[{"$ref":"#"},{"type":"null"}]},"right":{"anyOf":[{"$ref":"#"},{"type":"null"}]}},"required":["left","right"]}""",
    ];

    [Theory]
    [MemberData(nameof(Schemas))]
    public async Task An_answer_satisfies_its_schema(string schema)
    {
        await using var caller = await GeminiCaller.StartAsync();
        foreach (var prompt in (string[])["One", "Two", "Three", "Four", "Five"])
        {
            var answer = GeminiCaller.Text(await caller.AnswerAsync(GeminiCaller.JsonBody(schema, prompt)));

            SchemaValidator.Problem(JsonNode.Parse(schema)!, JsonNode.Parse(schema), JsonNode.Parse(answer)).ShouldBeNull(answer);
        }
    }

    [Fact]
    public void So_does_one_to_any_schema() =>
        Prop.ForAll(Any(3).ToArbitrary(), ArbMap.Default.ArbFor<ulong>(), (schema, seed) =>
        {
            var root = JsonNode.Parse(schema)!;
            var dice = new Dice(seed);
            new SchemaAnswer(root, dice, new WordDeck(dice, [])).TryMake(out var value).ShouldBeTrue(schema);
            SchemaValidator.Problem(root, root, JsonNode.Parse(value?.ToJsonString() ?? "null")).ShouldBeNull(schema);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public async Task The_same_request_has_the_same_answer_and_another_has_another()
    {
        await using var caller = await GeminiCaller.StartAsync();
        const string schema = """{"type":"object","properties":{"text":{"type":"string"}},"required":["text"]}""";

        var first = (await caller.AnswerAsync(GeminiCaller.JsonBody(schema, "One"))).GetRawText();

        (await caller.AnswerAsync(GeminiCaller.JsonBody(schema, "One"))).GetRawText().ShouldBe(first);
        (await caller.AnswerAsync(GeminiCaller.JsonBody(schema, "Two"))).GetRawText().ShouldNotBe(first);
    }

    private static Gen<string> Any(int depth) => depth == 0 ? Leaf : Gen.OneOf(Leaf, List(depth), Named(depth), Options(depth));

    private static Gen<string> Leaf => Gen.OneOf(
        Gen.Elements("""{"type":"string"}""", """{"type":"boolean"}""", """{"type":["string","null"]}""", """{"enum":["A","B",3]}""", "{}"),
        from low in Gen.Choose(-50, 50)
        from more in Gen.Choose(0, 20)
        from type in Gen.Elements("integer", "number")
        select $$"""{"type":"{{type}}","minimum":{{low}},"maximum":{{low + more}}}""");

    private static Gen<string> List(int depth) =>
        from items in Any(depth - 1)
        from least in Gen.Choose(0, 3)
        from more in Gen.Choose(0, 2)
        select $$"""{"type":"array","items":{{items}},"minItems":{{least}},"maxItems":{{least + more}}}""";

    private static Gen<string> Named(int depth) =>
        from names in Gen.SubListOf(PropertyNames)
        from schemas in Gen.ArrayOf(Any(depth - 1), names.Count)
        from required in Gen.SubListOf<string>([.. names])
        from others in Gen.Elements("true", "false", """{"type":"integer"}""")
        select $$"""
            {"type":"object","properties":{{{string.Join(",", names.Zip(schemas, (name, schema) => $"\"{name}\":{schema}"))}}},
             "required":[{{string.Join(",", required.Select(name => $"\"{name}\""))}}],"additionalProperties":{{others}}}
            """;

    private static Gen<string> Options(int depth) =>
        from first in Any(depth - 1)
        from second in Any(depth - 1)
        from keyword in Gen.Elements("anyOf", "oneOf")
        select $$"""{"{{keyword}}":[{{first}},{{second}}]}""";
}

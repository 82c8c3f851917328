using System.Text.Json;
using Janus.Generation;
using Microsoft.Extensions.AI;
using static Janus.Tests.Generation.ScriptedChatClient;

namespace Janus.Tests.Generation;

public sealed class ContentCreatorTests
{
    private const string TextA = "Coffee that stays hot for two hours.";
    private const string TextB = "What happens to a cup nobody comes back to?";

    private static readonly PostBrief Post = new("Two hours", "How long it stays hot", 1);
    private static readonly CampaignBrief Brief = new()
    {
        ProductDescription = "A mug",
        Goals = "sell",
        CampaignName = "Mugs",
        AvoidWords = ["art", "low cost"],
    };

    [Fact]
    public async Task Two_good_texts_become_the_content()
    {
        var chat = new ScriptedChatClient(Says(Answer(TextA, TextB)));
        var answer = await Creator(chat).CreateAsync(Post, Brief, default);
        answer.Value.ShouldBe(new PostContent(new(TextA, "angle", "A mug"), new(TextB, "angle", "A mug")));
        chat.Options[0]!.ResponseFormat.ShouldBeOfType<ChatResponseFormatJson>().Schema.ShouldNotBeNull();
    }

    public static TheoryData<string, string> Broken { get; } = new()
    {
        { "Error 500: the service is overloaded", "not the JSON object" },
        { "{\"variants\":null}", "not the JSON object" },
        { "{\"variants\":[{\"letter\":\"A\",\"text\":\"x\",\"angle\":\"x\",\"image_caption\":\"x\"}]}", "exactly one text A and one text B" },
        { "{\"variants\":[null,null]}", "exactly one text A and one text B" },
        { Answer(TextA, " "), "Text B is empty" },
        { Answer(new string('x', 281), TextB), "281 characters, but X allows 280" },
        { Answer(TextA, TextA.ToUpperInvariant() + "!!"), "nearly the same" },
        { Answer(TextA, TextB, caption: ""), "no caption" },
        { Answer(TextA, TextB, caption: new string('x', 501)), "more than 500" },
        { Answer(TextA, "Pure ART in your hand, is it not?"), "“art”" },
        { Answer(TextA, "Who says low\u00a0cost is bad?"), "“low cost”" },
        { Answer(TextA, TextB, caption: "Wall art"), "“art”" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_broken_rule_is_named_and_never_becomes_content(string answer, string reason)
    {
        var chat = new ScriptedChatClient(Says(answer), Says(answer), Says(answer));
        var failure = (await Should.ThrowAsync<GenerationFailedException>(() => Creator(chat).CreateAsync(Post, Brief, default))).Failure;
        failure.Code.ShouldBe("out_of_contract");
        failure.Reason.ShouldContain(reason);
        chat.Asked[2].Count.ShouldBe(5);
    }

    [Fact]
    public async Task A_broken_rule_can_be_mended_by_the_second_answer()
    {
        var chat = new ScriptedChatClient(Says("Sorry, I cannot do that."), Says($"```json\n{Answer(TextA, TextB)}\n```"));
        var answer = await Creator(chat).CreateAsync(Post, Brief, default);
        answer.Value.A.Text.ShouldBe(TextA);
        answer.Usage.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task A_word_to_avoid_inside_another_word_is_allowed()
    {
        var answer = await Creator(new ScriptedChatClient(Says(Answer(TextA, "Is this the start of the party?")))).CreateAsync(Post, Brief, default);
        answer.Value.B.Text.ShouldBe("Is this the start of the party?");
    }

    private static string Answer(string a, string b, string caption = "A mug") => JsonSerializer.Serialize(new
    {
        variants = new[]
        {
            new { letter = "A", text = a, angle = "angle", image_caption = caption },
            new { letter = "B", text = b, angle = "angle", image_caption = caption },
        },
    });

    private static ContentCreator Creator(ScriptedChatClient chat) => new(chat, Prices.OfToday);
}

using System.Text.Json;
using Janus.Campaigns;
using Janus.Campaigns.Storage;
using Janus.Tests.Generation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Janus.Tests.Engine;

/// <summary>What a model says with characters that one of the databases could not store is stored without them, on either.</summary>
public sealed class ControlCharacterTests
{
    [Fact]
    public async Task A_models_texts_are_stored_without_control_characters()
    {
        var answer = JsonSerializer.Serialize(new
        {
            variants = new[]
            {
                new { letter = "A\0", text = "\0Coffee that\u0001 stays\nhot.\0", angle = "be\0nefit", image_caption = "A m\0ug" },
                new { letter = "B", text = "What happens to a cup nobody comes back to?", angle = "\u0007", image_caption = "A\tcup" },
            },
        });
        await using var engine = await TestEngine.StartAsync();
        using var chat = new ScriptedChatClient(ScriptedChatClient.Says(answer, model: "gemini\0-3"));
        await using var worker = await TestWorker.StartAsync(engine, services => services.AddSingleton<IChatClient>(chat));
        var campaign = await engine.PlanAsync(posts: 1);

        await worker.UntilAsync(campaign, graph => graph.Campaign.Phase == Phase.Scheduled);

        await using var tables = engine.Get<DatabaseEngine>().NewContext();
        var variants = await tables.Variants.OrderBy(variant => variant.Letter).ToListAsync();
        variants.Select(variant => (variant.Text, variant.Angle, variant.Caption)).ShouldBe(
            [("Coffee that stays\nhot.", "benefit", "A mug"), ("What happens to a cup nobody comes back to?", "", "A\tcup")]);
        (await tables.Attempts.Where(attempt => attempt.Model == "gemini-3").CountAsync()).ShouldBe(1);
        chat.Asked.Count.ShouldBe(1, "it is no reason to pay for another answer");
    }
}

using Janus.Campaigns;
using Janus.Campaigns.Steps;

namespace Janus.Tests.Engine;

public sealed class RemakeRunTests
{
    [Fact]
    public async Task A_worker_writes_a_text_and_draws_a_picture_anew_and_both_differ_from_the_first()
    {
        await using var engine = await TestEngine.StartAsync();
        await using var worker = await TestWorker.StartAsync(engine);
        var campaign = await engine.PlanAsync(posts: 1);
        await worker.UntilAsync(campaign, g => g.Campaign.Phase == Phase.Scheduled);
        var before = (await engine.FirstPostAsync(campaign)).Current("B")!;

        (await engine.Regeneration.AskAsync(before.PostId, "B", StepKind.Text, "shorter", CancellationToken.None)).IsAccepted.ShouldBeTrue();
        (await engine.Regeneration.AskAsync(before.PostId, "B", StepKind.Picture, null, CancellationToken.None)).IsAccepted.ShouldBeTrue();
        var graph = await worker.UntilAsync(campaign, g => g.Posts[0].Faces["B"] is { IsTextRemade: false, IsPictureRemade: false });

        var after = (await engine.FirstPostAsync(campaign)).Current("B")!;
        after.Generation.ShouldBe(3);
        after.Text.ShouldNotBe(before.Text);
        after.Asset.ShouldNotBe(before.Asset);
        (await engine.PictureAsync(after.Asset!)).ShouldNotBeNull().ShouldNotBe((await engine.PictureAsync(before.Asset!)).ShouldNotBeNull());
        graph.Campaign.Phase.ShouldBe(Phase.Scheduled);
    }
}

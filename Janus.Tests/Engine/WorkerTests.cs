using Janus.Campaigns;
using Janus.Campaigns.Steps;
using Janus.Campaigns.Storage;
using Janus.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Janus.Tests.Engine;

public sealed class WorkerTests
{
    [Fact]
    public async Task A_planned_campaign_is_written_illustrated_and_scheduled()
    {
        await using var engine = await TestEngine.StartAsync();
        await using var worker = await TestWorker.StartAsync(engine);
        var campaign = await engine.PlanAsync(posts: 4);

        var graph = await worker.UntilAsync(campaign, g => g.Campaign.Phase == Phase.Scheduled);

        graph.Posts.ShouldAllBe(post => post.AssetsReady);
        var variants = graph.Posts.SelectMany(post => post.Variants).ToList();
        variants.ShouldAllBe(variant => variant.Author == Author.Sample);
        variants.Select(variant => variant.Asset).Distinct().Count().ShouldBe(8);
        foreach (var variant in variants)
            (await engine.PictureAsync(variant.Asset!)).ShouldNotBeNull().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Campaigns_planned_before_the_worker_starts_are_found()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 1);
        await using var worker = await TestWorker.StartAsync(engine);
        await worker.UntilAsync(campaign, g => g.Campaign.Phase == Phase.Scheduled);
    }

    [Fact]
    [Trait(TestStore.Trait, TestStore.Sqlite)]
    public async Task A_media_folder_that_cannot_be_written_stops_the_campaign_with_that_reason_and_retry_works_once_the_cause_is_gone()
    {
        await using var engine = await TestEngine.StartAsync();
        await File.WriteAllTextAsync(engine.MediaDirectory, "a file where the folder should be");
        await using var worker = await TestWorker.StartAsync(engine);
        var campaign = await engine.PlanAsync(posts: 2);

        var failed = await worker.UntilAsync(campaign, g => g.Campaign is { Phase: Phase.Planning, LastError: not null });
        failed.Campaign.LastError.ShouldBe("The media folder cannot be written. Make it writable, then retry.");
        failed.Posts.SelectMany(post => post.Variants).ShouldAllBe(variant => variant.Asset == null);

        File.Delete(engine.MediaDirectory);
        (await engine.Commands.RetryAsync(campaign.PublicId, CancellationToken.None)).IsAccepted.ShouldBeTrue();
        var graph = await worker.UntilAsync(campaign, g => g.Campaign.Phase == Phase.Scheduled);
        graph.Campaign.LastError.ShouldBeNull();
        graph.Posts.ShouldAllBe(post => post.AssetsReady);
    }

    [Fact]
    public async Task A_post_that_fails_leaves_the_others_complete_and_says_why()
    {
        await using var engine = await TestEngine.StartAsync();
        await using var worker = await TestWorker.StartAsync(engine, null, ("Sample:FailTitle", "Title 2"));
        var campaign = await engine.PlanAsync(posts: 3);

        var graph = await worker.UntilAsync(campaign, g => g.Campaign is { Phase: Phase.Planning, LastError: not null });

        graph.Parts.Done.ShouldBe(6);
        graph.Campaign.LastError.ShouldNotBeNull().ShouldContain("told to fail on");
        graph.Posts.Single(post => post.Post.Title == "Title 2").Variants.ShouldBeEmpty();
    }

    [Fact]
    public async Task Failures_that_pass_are_tried_again_until_everything_is_there()
    {
        await using var engine = await TestEngine.StartAsync();
        await using var worker = await TestWorker.StartAsync(engine, null, ("Sample:FailureRate", "0.3"), ("Janus:Steps:MaxFailures", "40"));
        var campaign = await engine.PlanAsync(posts: 6);

        var graph = await worker.UntilAsync(campaign, g => g.Campaign.Phase == Phase.Scheduled);

        graph.Posts.ShouldAllBe(post => post.AssetsReady && post.Variants.Count == 2);
    }

    [Fact]
    public async Task A_cancel_ends_the_running_call_itself()
    {
        await using var engine = await TestEngine.StartAsync();
        using var chat = new EndlessChat();
        await using var worker = await TestWorker.StartAsync(engine, services => services.AddSingleton<IChatClient>(chat));
        var campaign = await engine.PlanAsync(posts: 1);
        await chat.Called.WaitAsync(TimeSpan.FromSeconds(30));

        await engine.Commands.CancelAsync(campaign.PublicId, null, CancellationToken.None);

        await chat.Ended.WaitAsync(TimeSpan.FromSeconds(30));
        (await engine.GraphAsync(campaign)).Campaign.Phase.ShouldBe(Phase.Planning);
    }

    [Fact]
    public async Task A_worker_that_is_told_to_stop_gives_back_what_it_holds()
    {
        await using var engine = await TestEngine.StartAsync();
        using var chat = new EndlessChat();
        await using var worker = await TestWorker.StartAsync(engine, services => services.AddSingleton<IChatClient>(chat));
        await engine.PlanAsync(posts: 1);
        await chat.Called.WaitAsync(TimeSpan.FromSeconds(30));

        await worker.StopAsync();

        await using var context = engine.Get<DatabaseEngine>().NewContext();
        (await context.Attempts.SingleAsync()).Outcome.ShouldBe(AttemptOutcome.Released);
        (await engine.ClaimAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_error_that_nobody_foresaw_never_becomes_content_and_shows_no_exception_text()
    {
        await using var engine = await TestEngine.StartAsync();
        using var chat = new BrokenChat();
        await using var worker = await TestWorker.StartAsync(
            engine, services => services.AddSingleton<IChatClient>(chat), ("Janus:Steps:MaxFailures", "2"));
        var campaign = await engine.PlanAsync(posts: 1);

        var graph = await worker.UntilAsync(campaign, g => g.Campaign is { Phase: Phase.Planning, LastError: not null });

        graph.Campaign.LastError.ShouldNotBeNull().ShouldNotContain(BrokenChat.Secret);
        graph.Posts[0].Variants.ShouldBeEmpty();
    }

    private sealed class BrokenChat : IChatClient
    {
        public const string Secret = "the text of an exception";

        public Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException(Secret);

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}

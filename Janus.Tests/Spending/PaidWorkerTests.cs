using Janus.Campaigns;
using Janus.Campaigns.Spending;
using Janus.Generation.Sample;
using Janus.Tests.Engine;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Janus.Tests.Spending;

public sealed class PaidWorkerTests
{
    [Fact]
    public async Task A_worker_stops_at_the_limit_of_a_campaign_and_finishes_it_when_that_is_raised()
    {
        await using var engine = await Paid.StartAsync();
        var campaign = await engine.PlanAsync(posts: 1);
        var budget = engine.Get<BudgetCommands>();
        await budget.SetCampaignCapAsync(campaign.PublicId, 0.10m, CancellationToken.None);
        await using var worker = await StartAsync(engine);

        var paused = await worker.UntilAsync(campaign, graph => graph.Campaign.Paused);

        (paused.Campaign.PauseCause, paused.Campaign.SpentMicroUsd).ShouldBe((PauseCause.CampaignBudget, PaidStudio.Text + PaidStudio.Picture));
        await budget.SetCampaignCapAsync(campaign.PublicId, 0.20m, CancellationToken.None);
        var done = await worker.UntilAsync(campaign, graph => graph.Campaign.Phase == Phase.Scheduled);
        done.Campaign.SpentMicroUsd.ShouldBe(PaidStudio.Text + (2 * PaidStudio.Picture));
        await engine.ShouldAddUpAsync();
    }

    [Fact]
    public async Task A_worker_goes_on_by_itself_when_the_next_day_begins()
    {
        await using var engine = await Paid.StartAsync();
        var campaign = await engine.PlanAsync(posts: 1);
        await using var worker = await StartAsync(engine, ("Janus:Budget:DayUsd", "0.10"), ("Janus:Worker:SafetyInterval", "00:00:00.050"));
        var paused = await worker.UntilAsync(campaign, graph => graph.Campaign.Paused);
        paused.Campaign.PauseCause.ShouldBe(PauseCause.DayBudget);

        engine.Time.Shift += TimeSpan.FromDays(1);

        await worker.UntilAsync(campaign, graph => graph.Campaign.Phase == Phase.Scheduled);
        (await engine.SpentOnDayAsync(Paid.Day)).ShouldBe(PaidStudio.Text + PaidStudio.Picture);
        (await engine.SpentOnDayAsync(Paid.Day + 1)).ShouldBe(PaidStudio.Picture);
    }

    [Fact]
    public async Task An_answer_that_comes_after_its_step_was_cancelled_is_paid_for()
    {
        await using var engine = await Paid.StartAsync();
        using var stubborn = new StubbornChat();
        await using var worker = await TestWorker.StartAsync(engine, services =>
        {
            PaidStudio.Use(services);
            services.AddSingleton<TimeProvider>(engine.Time).AddSingleton<IChatClient>(stubborn);
        });
        var campaign = await engine.PlanAsync(posts: 1);
        await stubborn.Called.WaitAsync(TimeSpan.FromSeconds(30));
        await engine.Commands.CancelAsync(campaign.PublicId, null, CancellationToken.None);
        await stubborn.Ended.WaitAsync(TimeSpan.FromSeconds(30));

        stubborn.Answer();

        var graph = await worker.UntilAsync(campaign, g => g.Campaign.SpentMicroUsd > 0);
        (graph.Campaign.SpentMicroUsd, graph.Campaign.Phase, graph.Parts.Done).ShouldBe((PaidStudio.Text, Phase.Planning, 0));
        await engine.ShouldAddUpAsync();
    }

    private static Task<TestWorker> StartAsync(TestEngine engine, params IEnumerable<(string Key, string Value)> settings) => TestWorker.StartAsync(
        engine,
        services =>
        {
            PaidStudio.Use(services);
            services.AddSingleton<TimeProvider>(engine.Time);
        },
        settings);

    /// <summary>Answers when it is told to, whoever has cancelled meanwhile.</summary>
    private sealed class StubbornChat() : PaidStudio.PaidChat(new SampleChatClient(
        Options.Create(new SampleOptions { TextLatency = TimeSpan.Zero }), TimeProvider.System))
    {
        private readonly TaskCompletionSource _called = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Called => _called.Task;

        public Task Ended => _ended.Task;

        public void Answer() => _answer.SetResult();

        public override async Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            await using var end = cancellationToken.Register(_ended.SetResult);
            _called.TrySetResult();
            await _answer.Task;
            return await base.GetResponseAsync(messages, options, CancellationToken.None);
        }
    }
}

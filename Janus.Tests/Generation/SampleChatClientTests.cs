using Janus.Generation;
using Janus.Generation.Sample;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace Janus.Tests.Generation;

public sealed class SampleChatClientTests
{
    private static readonly CampaignBrief Brief = SampleBriefs.All["mug"];

    [Fact]
    public void It_says_who_it_is()
    {
        using var chat = new SampleChatClient(Options.Create(new SampleOptions()), TimeProvider.System);
        var metadata = ((IChatClient)chat).GetService<ChatClientMetadata>().ShouldNotBeNull();
        metadata.ProviderName.ShouldBe("janus.sample");
        metadata.DefaultModelId.ShouldBe("sample-studio");
    }

    [Fact]
    public async Task Its_answers_are_free_and_counted()
    {
        using var chat = new SampleChatClient(Options.Create(SampleStudio.Options()), TimeProvider.System);
        var usage = (await Creator(chat).CreateAsync(new PostBrief("A title", "x", 1), Brief, default)).Usage;
        usage.Model.ShouldBe("sample-studio");
        usage.CostMicroUsd.ShouldBe(0);
        usage.InputTokens.ShouldBeGreaterThan(100);
        usage.OutputTokens.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task A_title_that_it_was_told_to_fail_on_fails_for_good()
    {
        var options = SampleStudio.Options();
        options.FailTitle = "BROKEN";
        using var chat = new SampleChatClient(Options.Create(options), TimeProvider.System);
        var failure = (await Should.ThrowAsync<GenerationFailedException>(
            () => Creator(chat).CreateAsync(new PostBrief("The broken cup", "x", 1), Brief, default))).Failure;
        failure.IsTransient.ShouldBeFalse();
        failure.Reason.ShouldBe("The sample studio was told to fail on \"The broken cup\"");
        await Creator(chat).CreateAsync(new PostBrief("The whole cup", "x", 1), Brief, default);
    }

    [Fact]
    public async Task A_failure_rate_fails_about_that_share_of_calls_and_the_same_ones_each_time()
    {
        var first = await LuckAsync();
        first.Count(failed => failed).ShouldBeInRange(8, 32);
        (await LuckAsync()).ShouldBe(first);

        static async Task<List<bool>> LuckAsync()
        {
            var options = SampleStudio.Options();
            options.FailureRate = 0.5;
            using var chat = new SampleChatClient(Options.Create(options), TimeProvider.System);
            List<bool> luck = [];
            for (var call = 0; call < 40; call++)
            {
                try
                {
                    await Creator(chat).CreateAsync(new PostBrief("The cup", "x", 1), Brief, default);
                    luck.Add(false);
                }
                catch (GenerationFailedException failure)
                {
                    failure.Failure.IsTransient.ShouldBeTrue();
                    luck.Add(true);
                }
            }

            return luck;
        }
    }

    [Fact]
    public async Task It_takes_as_long_as_it_is_told_to()
    {
        var clock = new HandClock();
        using var chat = new SampleChatClient(Options.Create(new SampleOptions { TextLatency = TimeSpan.FromHours(1) }), clock);
        var writing = Creator(chat).CreateAsync(new PostBrief("The cup", "x", 1), Brief, default);
        clock.Waits.ShouldBe([TimeSpan.FromHours(1)]);
        writing.IsCompleted.ShouldBeFalse();
        clock.Ring();
        (await writing).Value.A.Text.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_cancelled_wait_ends_at_once()
    {
        using var cancelled = new CancellationTokenSource();
        using var chat = new SampleChatClient(Options.Create(new SampleOptions()), new HandClock());
        var writing = Creator(chat).CreateAsync(new PostBrief("The cup", "x", 1), Brief, cancelled.Token);
        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => writing);
    }

    [Fact]
    public async Task A_prompt_that_it_does_not_know_is_no_content()
    {
        using var chat = new SampleChatClient(Options.Create(SampleStudio.Options()), TimeProvider.System);
        await Should.ThrowAsync<SampleFailureException>(() => chat.GetResponseAsync("Hello"));
    }

    private static ContentCreator Creator(SampleChatClient chat) => new(chat, Prices.OfToday);

    /// <summary>A clock whose timers ring when the test says so.</summary>
    private sealed class HandClock : TimeProvider
    {
        private Action _ring = () => { };

        public List<TimeSpan> Waits { get; } = [];

        public void Ring() => _ring();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waits.Add(dueTime);
            _ring += () => callback(state);
            return new Silent();
        }

        private sealed class Silent : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}

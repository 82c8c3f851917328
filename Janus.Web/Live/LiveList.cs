using Janus.Web.Api;

namespace Janus.Web.Live;

/// <summary>A number that grows whenever any campaign was planned or changed. List pages read their own search again when it does.</summary>
/// <param name="State">How current it is.</param>
/// <param name="Number">The number.</param>
internal sealed record ListPulse(LiveState State, long Number);

/// <summary>Follows the changes of all campaigns with one event stream, however many list pages are open.</summary>
internal sealed class LiveList(JanusApi api, TimeProvider time, ILogger<LiveList> log) : LiveSource<ListPulse>(time, log, new ListPulse(LiveState.Loading, 0))
{
    protected override string Path => "api/campaigns/changes";

    protected override JanusApi Api => api;

    // A campaign that is being made changes many times a second; a list need not.
    protected override TimeSpan BetweenReadings => TimeSpan.FromMilliseconds(300);

    protected override Task RefreshAsync(CancellationToken cancellationToken)
    {
        Publish(new ListPulse(LiveState.Live, Value.Number + 1));
        return Task.CompletedTask;
    }

    protected override void OnGone() => OnBroken();

    protected override void OnBroken() => Publish(Value with { State = LiveState.Reconnecting });
}

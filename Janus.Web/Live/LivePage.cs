using Janus.Web.Access;
using Janus.Web.Api;
using Janus.Web.Http;
using Microsoft.AspNetCore.Components;

namespace Janus.Web.Live;

/// <summary>A page that shows a campaign as it changes: it holds the campaign's live source, and renders when there is something new.</summary>
public abstract class LivePage : ComponentBase, IDisposable
{
    // The page as it is first sent should show the campaign, not a promise of it; but a busy API must not hold it back.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private Hold<LiveCampaign>? _hold;
    private Hold<LiveCampaign>? _followed;
    private CancellationTokenSource _end = new();

    /// <summary>The campaign's public id, from the address.</summary>
    [Parameter]
    public string CampaignId { get; set; } = "";

    [Inject]
    private LiveSources Sources { get; set; } = null!;

    [Inject]
    private CurrentSession Session { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [CascadingParameter]
    private HttpContext? Http { get; set; }

    /// <summary>The campaign as it is now.</summary>
    private protected CampaignView View { get; private set; } = CampaignView.Loading;

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_hold?.Source.Id == CampaignId)
            return;
        Release();
        // What everybody follows asks nobody who looks: a page whose session is over must stop by itself.
        _end = CancellationTokenSource.CreateLinkedTokenSource(Session.Over);
        _hold = Sources.Follow(CampaignId);
        var before = View;
        View = await FirstViewAsync(_hold.Source);
        if (View.State == LiveState.Gone && Http is { Response.HasStarted: false } http)
            http.Say(StatusCodes.Status404NotFound);
        await OnViewChangedAsync(before);
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_hold is not { } hold || ReferenceEquals(_followed, hold))
            return;
        _followed = hold;
        var end = _end.Token;
        try
        {
            while (true)
            {
                var before = View;
                View = await hold.Source.NextAsync(before, end);
                await OnViewChangedAsync(before);
                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The page was left, or shows another campaign, or the session is over.
        }
    }

    /// <summary>Called, on the page's own turn, before a new view is rendered. What changes while it runs is told in one piece afterwards.</summary>
    private protected virtual Task OnViewChangedAsync(CampaignView before) => Task.CompletedTask;

    /// <summary>Lets go of the campaign.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of the campaign.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            Release();
    }

    // A source that others hold, or that lingers, may not have heard yet of what this person has just done: it is asked to read again. Most of all
    // one that connects again: a stream ends when its campaign is deleted.
    private async Task<CampaignView> FirstViewAsync(LiveCampaign source)
    {
        var end = _end.Token;
        using var patience = new CancellationTokenSource(Patience, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end, patience.Token);
        try
        {
            await source.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!end.IsCancellationRequested && patience.IsCancellationRequested)
        {
            // Rendered as it was, or as loading; the view comes when it comes.
        }
        catch (Exception exception) when (Unreachable.Is(exception, either.Token))
        {
            // The source tells it, and goes on trying.
        }

        return source.Value;
    }

    private void Release()
    {
        _end.Cancel();
        _end.Dispose();
        _hold?.Dispose();
        _hold = null;
    }
}

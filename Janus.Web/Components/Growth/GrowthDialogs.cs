using Janus.Contracts;
using Janus.Web.Components.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Radzen;

namespace Janus.Web.Components.Growth;

/// <summary>Opens the dialogs in which a campaign gets posts beside those of its first plan, and gives the focus back when they close.</summary>
internal static class GrowthDialogs
{
    /// <summary>Whether a campaign takes new posts as it stands.</summary>
    public static bool TakesPosts(GraphCampaignDto campaign) =>
        campaign is { LastError: null, Phase: "planning" or "content_creation" or "scheduled" or "active" };

    /// <summary>Asks for a post that follows others.</summary>
    /// <param name="dialogs">Opens it.</param>
    /// <param name="js">Gives the focus back.</param>
    /// <param name="campaign">The campaign's public id.</param>
    /// <param name="posts">The posts that it follows, at least one.</param>
    /// <param name="opener">A selector of what gets the focus when it closes.</param>
    public static Task FollowUpAsync(DialogService dialogs, IJSRuntime js, string campaign, IReadOnlyList<GraphNodeDto> posts, string opener)
    {
        RenderFragment<DialogService> content = _ => builder =>
        {
            builder.OpenComponent<FollowUpDialog>(0);
            builder.AddAttribute(1, nameof(FollowUpDialog.Campaign), campaign);
            builder.AddAttribute(2, nameof(FollowUpDialog.Posts), posts);
            builder.CloseComponent();
        };
        return OpenAsync(dialogs, js, "Follow-up post", content, "560px", opener);
    }

    /// <summary>Asks for a new plan from a phase on, or shows the one that waits.</summary>
    /// <param name="dialogs">Opens it.</param>
    /// <param name="js">Gives the focus back.</param>
    /// <param name="campaign">The campaign's public id.</param>
    /// <param name="isWaiting">Whether a new plan waits to be applied or dropped.</param>
    /// <param name="opener">A selector of what gets the focus when it closes.</param>
    public static Task ReplanAsync(DialogService dialogs, IJSRuntime js, string campaign, bool isWaiting, string opener)
    {
        RenderFragment<DialogService> content = _ => builder =>
        {
            builder.OpenComponent<ReplanDialog>(0);
            builder.AddAttribute(1, nameof(ReplanDialog.Campaign), campaign);
            builder.AddAttribute(2, nameof(ReplanDialog.IsWaiting), isWaiting);
            builder.CloseComponent();
        };
        return OpenAsync(dialogs, js, "Plan anew", content, "980px", opener);
    }

    // Escape and the mask are the dialogs' own to answer: what was typed, or is being planned, is not lost by a slip.
    private static async Task OpenAsync(DialogService dialogs, IJSRuntime js, string title, RenderFragment<DialogService> content, string width, string opener)
    {
        await dialogs.OpenAsync(title, content, Ask.Options(width, closesBeside: false, closesOnEscape: false));
        await js.InvokeVoidAsync("janus.focus", opener);
    }
}

using Microsoft.AspNetCore.Components;
using Radzen;

namespace Janus.Web.Components.Ui;

/// <summary>Asks before something that cannot be taken back, and says in passing what came of it.</summary>
internal static class Ask
{
    /// <summary>Asks; true when the person says yes. Escape and the mask say no.</summary>
    public static async Task<bool> AsyncFor(DialogService dialogs, string title, string text, string yes, string no)
    {
        RenderFragment<DialogService> content = service => builder =>
        {
            builder.OpenComponent<Question>(0);
            builder.AddAttribute(1, nameof(Question.Text), text);
            builder.AddAttribute(2, nameof(Question.Yes), yes);
            builder.AddAttribute(3, nameof(Question.No), no);
            builder.CloseComponent();
        };
        var answer = await dialogs.OpenAsync(title, content, new DialogOptions { ShowClose = false, CloseDialogOnOverlayClick = true, CloseDialogOnEsc = true, Width = "480px", AutoFocusFirstElement = true });
        return answer is true;
    }

    /// <summary>Says something in passing.</summary>
    public static void Tell(this NotificationService notes, string text, bool isBad = false) => notes.Notify(new NotificationMessage
    {
        Severity = isBad ? NotificationSeverity.Error : NotificationSeverity.Info,
        Summary = text,
        Duration = isBad ? 9000 : 4500,
        CloseOnClick = true,
    });
}

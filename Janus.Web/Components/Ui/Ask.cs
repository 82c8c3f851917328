using Janus.Contracts;
using Janus.Web.Design;
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
        var answer = await dialogs.OpenAsync(title, content, Options());
        return answer is true;
    }

    /// <summary>Asks for a new limit; the amount in US dollars, or null when the person leaves it as it is.</summary>
    public static async Task<decimal?> LimitAsyncFor(DialogService dialogs, string title, string text, long spentMicroUsd, long capMicroUsd)
    {
        RenderFragment<DialogService> content = service => builder =>
        {
            builder.OpenComponent<LimitQuestion>(0);
            builder.AddAttribute(1, nameof(LimitQuestion.Text), text);
            builder.AddAttribute(2, nameof(LimitQuestion.SpentMicroUsd), spentMicroUsd);
            builder.AddAttribute(3, nameof(LimitQuestion.CapMicroUsd), capMicroUsd);
            builder.CloseComponent();
        };
        var answer = await dialogs.OpenAsync(title, content, Options());
        return answer as decimal?;
    }

    /// <summary>Asks for a new limit of today.</summary>
    public static Task<decimal?> DayLimitAsyncFor(DialogService dialogs, BudgetResponse day) => LimitAsyncFor(
        dialogs, "Change today's limit?",
        $"All campaigns together have used {Say.Spent(day.SpentMicroUsd, day.CapMicroUsd)} today. The new limit holds until the day ends (UTC); campaigns that wait for it go on at once.",
        day.SpentMicroUsd, day.CapMicroUsd);

    /// <summary>What every dialog of Janus is like.</summary>
    /// <param name="width">Its width, as CSS writes it.</param>
    /// <param name="closesBeside">Whether a click beside it says no; not where something typed would be lost.</param>
    /// <param name="closesOnEscape">Whether Escape says no; not where the dialog has an answer of its own to it.</param>
    public static DialogOptions Options(string width = "480px", bool closesBeside = true, bool closesOnEscape = true) => new()
    {
        ShowClose = false,
        CloseDialogOnOverlayClick = closesBeside,
        CloseDialogOnEsc = closesOnEscape,
        Width = width,
        // janus.js sets the focus: the library does it half a second late, and takes it from whoever types already or has closed the dialog.
        AutoFocusFirstElement = false,
    };

    /// <summary>Says something in passing.</summary>
    public static void Tell(this NotificationService notes, string text, bool isBad = false) => notes.Notify(new NotificationMessage
    {
        Severity = isBad ? NotificationSeverity.Error : NotificationSeverity.Info,
        Summary = text,
        Duration = isBad ? 9000 : 4500,
        CloseOnClick = true,
    });
}

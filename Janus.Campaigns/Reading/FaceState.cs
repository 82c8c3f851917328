using Janus.Campaigns.Steps;

namespace Janus.Campaigns.Reading;

/// <summary>How far one letter of a post is.</summary>
/// <param name="Text">The state of its text.</param>
/// <param name="Picture">The state of its picture.</param>
/// <param name="Reason">Why its text or picture is dead or cancelled, or null.</param>
/// <param name="IsTextRemade">Whether its text is being made anew.</param>
/// <param name="IsPictureRemade">Whether its picture is being made anew.</param>
public sealed record FaceState(StepState Text, StepState Picture, string? Reason, bool IsTextRemade, bool IsPictureRemade)
{
    /// <summary>Judges from the post's steps. What is there is done, whichever step made it.</summary>
    internal static FaceState Of(string letter, VariantView? current, IReadOnlyList<StepView> steps)
    {
        var text = Planned(StepKind.Text);
        var picture = Planned(StepKind.Picture);
        var textState = current is not null ? StepState.Done : text?.State ?? StepState.Waiting;
        var pictureState = current?.Asset is not null ? StepState.Done : picture?.State ?? StepState.Waiting;
        return new FaceState(
            textState, pictureState, ReasonOf(textState, text) ?? ReasonOf(pictureState, picture), IsRemade(StepKind.Text), IsRemade(StepKind.Picture));

        StepView? Planned(StepKind kind) =>
            steps.FirstOrDefault(step => step.Kind == kind && !step.IsRemake && (step.Variant == letter || step.Variant == GenerationStep.BothLetters));

        bool IsRemade(StepKind kind) => steps.Any(step =>
            step.Kind == kind && step.IsRemake && step.Variant == letter && step.State is StepState.Waiting or StepState.Ready or StepState.Running);
    }

    private static string? ReasonOf(StepState state, StepView? step) => state is StepState.Dead or StepState.Cancelled ? step?.Error : null;
}

/// <summary>What a graph reads of a step.</summary>
internal sealed record StepView(int PostId, StepKind Kind, string Variant, StepState State, string? Error, bool IsRemake);

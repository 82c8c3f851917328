using Janus.Campaigns.Steps;

namespace Janus.Campaigns.Spending;

/// <summary>
/// What a call is expected to cost before a campaign has finished any of its kind, in millionths of a US dollar. 0 says that nothing is charged
/// for it, whatever the campaign's earlier calls cost.
/// </summary>
/// <param name="TextMicroUsd">The texts of a post.</param>
/// <param name="PictureMicroUsd">A picture.</param>
public sealed record ExpectedCosts(long TextMicroUsd, long PictureMicroUsd)
{
    /// <summary>Nothing is charged.</summary>
    public static ExpectedCosts Free { get; } = new(0, 0);

    /// <summary>Whether nothing is charged.</summary>
    public bool IsFree => TextMicroUsd == 0 && PictureMicroUsd == 0;

    /// <summary>For a kind of step.</summary>
    public long Of(StepKind kind) => kind == StepKind.Text ? TextMicroUsd : PictureMicroUsd;
}

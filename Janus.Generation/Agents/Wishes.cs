namespace Janus.Generation;

/// <summary>What a text that is written anew is to be.</summary>
/// <param name="Letter">A or B.</param>
/// <param name="CurrentText">The text that it is to replace.</param>
/// <param name="OtherText">The other text of the post, which stays; empty when there is none.</param>
/// <param name="Hint">What a person wants to be different, or null.</param>
/// <param name="Turn">Which try this is, counted from the first text: 2 or more. Another turn gives another text.</param>
public sealed record RewriteWish(string Letter, string CurrentText, string OtherText, string? Hint, int Turn);

/// <summary>A text that was written anew.</summary>
/// <param name="Text">The text, within the platform's limit.</param>
/// <param name="Angle">The angle it takes, in a few words.</param>
public sealed record NewText(string Text, string Angle);

/// <summary>What a picture that is made anew is to be.</summary>
/// <param name="Hint">What a person wants to be different, or null.</param>
/// <param name="Turn">Which try this is, counted from the first picture: 2 or more. Another turn gives another picture.</param>
public sealed record RedrawWish(string? Hint, int Turn);

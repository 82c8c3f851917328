namespace Janus.Tests.Browser;

/// <summary>A rule that a page breaks.</summary>
/// <param name="Rule">axe's name of the rule, such as <c>color-contrast</c>.</param>
/// <param name="Impact"><c>minor</c>, <c>moderate</c>, <c>serious</c> or <c>critical</c>.</param>
/// <param name="Help">What the rule asks for, and where to read on.</param>
/// <param name="Elements">The elements that break it.</param>
internal sealed record AxeViolation(string Rule, string? Impact, string Help, IReadOnlyList<AxeElement> Elements)
{
    /// <summary>The violation as a failed test shows it.</summary>
    public override string ToString() => string.Join(Environment.NewLine, Elements.Select(element => element.ToString()).Prepend($"{Rule} ({Impact}): {Help}"));
}

/// <summary>An element that breaks a rule.</summary>
/// <param name="Target">A selector that finds it.</param>
/// <param name="Html">How it begins.</param>
/// <param name="Why">What is wrong with it.</param>
internal sealed record AxeElement(string Target, string Html, string? Why)
{
    /// <summary>The element as a failed test shows it.</summary>
    public override string ToString() => $"  {Target}: {Html}{Environment.NewLine}    {Why?.ReplaceLineEndings(Environment.NewLine + "    ")}";
}

namespace Janus.Contracts;

/// <summary>The answer to POST /operator/pause, resume, retry, backup and hold-lock.</summary>
/// <param name="Success">Always true.</param>
/// <param name="Message">What was done, in one sentence for the operator.</param>
/// <param name="Campaigns">How many campaigns it was done to, or null.</param>
/// <param name="Path">The folder that was made, or null.</param>
public sealed record OperatorResponse(bool Success, string Message, int? Campaigns = null, string? Path = null);

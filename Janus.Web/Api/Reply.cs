using System.Diagnostics.CodeAnalysis;
using System.Net;
using Janus.Contracts;

namespace Janus.Web.Api;

/// <summary>What the API refused, in words for the person who asked.</summary>
/// <param name="Status">The HTTP status; null when the API could not be reached.</param>
/// <param name="Message">One sentence.</param>
/// <param name="Errors">Messages by field, in the API's spelling.</param>
/// <param name="Current">After a conflict over a text: the generation that is in use by now.</param>
/// <param name="Post">After a conflict over a decision: the post as it is by now.</param>
internal sealed record ApiRefusal(
    HttpStatusCode? Status, string Message, IReadOnlyDictionary<string, string[]> Errors, GenerationDto? Current = null, PostDetailResponse? Post = null)
{
    /// <summary>The rows of a table that cannot be taken; none for everything else.</summary>
    public IReadOnlyList<RefusedRowDto> Rows { get; init; } = [];

    /// <summary>How long to wait before the same is asked again; null when nothing was said of it.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether what was asked for does not exist.</summary>
    public bool IsMissing => Status == HttpStatusCode.NotFound;

    /// <summary>Whether the same may work later without anyone changing anything.</summary>
    public bool IsPassing => Status is null or >= HttpStatusCode.InternalServerError;

    /// <summary>What is wrong with a field, or null. The API names the field as clients spell it; people read the name that the page gives it.</summary>
    public string? Of(string field, string name) => Errors.TryGetValue(field, out var messages)
        ? string.Join(' ', messages.Select(message => message.StartsWith($"{field} ", StringComparison.Ordinal) ? $"{name}{message[field.Length..]}" : message))
        : null;
}

/// <summary>What came of a call: a value or a refusal. Pages never see an exception of HTTP.</summary>
internal readonly record struct Reply<T>(T? Value, ApiRefusal? Refusal)
    where T : class
{
    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsAccepted => Value is not null;
}

using System.Globalization;
using Janus.Generation;

namespace Janus.ApiService.Http;

/// <summary>What is wrong with a request, by field in the spelling of the client. All of it is found before any is told.</summary>
internal sealed class FieldErrors
{
    /// <summary>The name that stands for the body as a whole.</summary>
    public const string Body = "body";

    private readonly Dictionary<string, List<string>> _messages = new(StringComparer.Ordinal);

    /// <summary>Whether anything is wrong.</summary>
    public bool Any => _messages.Count > 0;

    /// <summary>Whether something is wrong with this field already, so that it needs no second look.</summary>
    public bool Has(string field) => _messages.ContainsKey(field);

    /// <summary>Adds a sentence for a person: the field, then what is wrong with it.</summary>
    public void Add(string field, string what) => Tell(field, $"{field} {what}");

    /// <summary>Adds a whole sentence about a field, as the domain said it.</summary>
    public void Tell(string field, string sentence)
    {
        if (!_messages.TryGetValue(field, out var messages))
            _messages[field] = messages = [];
        messages.Add(sentence);
    }

    /// <summary>The messages by field.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> ToDictionary() =>
        _messages.ToDictionary(pair => pair.Key, IReadOnlyList<string> (pair) => pair.Value, StringComparer.Ordinal);

    /// <summary>All of it as one line.</summary>
    public string Summary() => string.Join(' ', _messages.Values.SelectMany(messages => messages));

    /// <summary>Checks a text: trimmed, not too long, without control characters; null when it is blank or wrong.</summary>
    /// <param name="field">The field's name.</param>
    /// <param name="value">What was sent.</param>
    /// <param name="longest">In UTF-16 characters.</param>
    /// <param name="isRequired">Whether a blank text is wrong.</param>
    /// <param name="hasLines">Whether line breaks and tabs are allowed.</param>
    public string? CheckText(string field, string? value, int longest, bool isRequired = false, bool hasLines = false)
    {
        if (Has(field))
            return null;
        if (value is null || IsBlank(value))
        {
            if (isRequired)
                Add(field, "is required.");
            return null;
        }

        var text = value.Trim();
        if (text.Length > longest)
            Add(field, string.Create(CultureInfo.InvariantCulture, $"may have at most {longest:N0} characters; this one has {text.Length:N0}."));
        if (!text.All(c => PlainText.Allows(c, hasLines)))
            Add(field, "must not contain control characters.");
        return Has(field) ? null : text;
    }

    /// <summary>Reads a whole number from a query.</summary>
    /// <param name="field">The field's name.</param>
    /// <param name="value">What was sent.</param>
    /// <param name="absent">What an absent one, or a wrong one, gives.</param>
    /// <param name="least">The least that is taken.</param>
    /// <param name="most">The most that is taken.</param>
    public long CheckNumber(string field, string? value, long absent, long least, long most)
    {
        if (string.IsNullOrEmpty(value))
            return absent;
        if (long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        Add(field, most >= int.MaxValue ? $"must be a whole number from {least}." : $"must be a whole number from {least} to {most}.");
        return absent;
    }

    // A lone zero-width space shows as nothing, so it is as blank as nothing.
    private static bool IsBlank(string text) =>
        text.All(c => char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format);
}

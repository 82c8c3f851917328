using System.Globalization;
using System.Text.Json;
using Janus.ApiService.Http;

namespace Janus.ApiService.Posts;

/// <summary>A post's key as clients send it: a JSON number or a string of digits.</summary>
internal static class PostKey
{
    private const string Field = "pk";

    /// <summary>Reads the key from a body; 0 when it is missing or wrong, which <paramref name="errors"/> says.</summary>
    public static int Read(JsonElement? value, FieldErrors errors) => value switch
    {
        { ValueKind: JsonValueKind.Number } number => Check(number.TryGetInt32(out var key) ? key : 0, errors),
        // The digits as they were sent: a text with escapes has none.
        { ValueKind: JsonValueKind.String } text => Read(text.GetRawText().Trim('"'), errors),
        null => Missing(errors),
        _ => Check(0, errors),
    };

    /// <summary>Reads the key from a query or a text; 0 when it is missing or wrong, which <paramref name="errors"/> says.</summary>
    public static int Read(string? value, FieldErrors errors) => string.IsNullOrWhiteSpace(value)
        ? Missing(errors)
        : Check(value.All(char.IsAsciiDigit) && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var key) ? key : 0, errors);

    private static int Missing(FieldErrors errors)
    {
        if (!errors.Has(FieldErrors.Body))
            errors.Add(Field, "is required.");
        return 0;
    }

    private static int Check(int key, FieldErrors errors)
    {
        if (key > 0)
            return key;
        errors.Add(Field, "must be a whole number above 0.");
        return 0;
    }
}

using System.ComponentModel.DataAnnotations;

// Compiled into every room that has options. No XML comments: the API's reference is made from those of all rooms, and bears none that comes twice.
namespace Janus;

// What a setting may be, where no attribute of the framework says it. It holds the value to it, and tells a person of it.
[AttributeUsage(AttributeTargets.Property)]
internal abstract class SettingAttribute : ValidationAttribute
{
    // What is allowed, as it follows the words "must be".
    public abstract string Allowed { get; }
}

// One of some words.
// words: all of them; the empty one stands for what is decided elsewhere.
internal sealed class WordsAttribute(params string[] words) : SettingAttribute
{
    // Whether capitals make no difference.
    public bool InAnyCase { get; init; }

    public override string Allowed
    {
        get
        {
            var named = words.Select(word => word is "" ? "empty" : word).ToList();
            return named.Count == 1 ? named[0] : $"{string.Join(", ", named.SkipLast(1))} or {named[^1]}";
        }
    }

    public override bool IsValid(object? value) =>
        value is null || words.Contains((string)value, InAnyCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
}

// The address of a service: http or https, and nothing in it that would carry a secret into logs and spans.
internal sealed class ServiceAddressAttribute : SettingAttribute
{
    public override string Allowed => "an absolute http or https address without user name, query and fragment";

    public override bool IsValid(object? value) => value is Uri { IsAbsoluteUri: true, Scheme: "http" or "https", UserInfo: "", Query: "", Fragment: "" };
}

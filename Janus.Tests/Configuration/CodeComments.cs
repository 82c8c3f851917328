using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Janus.Tests.Configuration;

/// <summary>What the code says of itself, as a line of Markdown.</summary>
internal static partial class CodeComments
{
    private static readonly ConcurrentDictionary<Assembly, Dictionary<string, XElement>> Files = new();

    public static string Of(Type type) => Summary(type.Assembly, $"T:{NameOf(type)}");

    public static string Of(PropertyInfo property) => Summary(property.DeclaringType!.Assembly, $"P:{NameOf(property.DeclaringType)}.{property.Name}");

    private static string NameOf(Type type) => type.FullName!.Replace('+', '.');

    private static string Summary(Assembly assembly, string member)
    {
        var members = Files.GetOrAdd(assembly, static room => XDocument.Load(Path.ChangeExtension(room.Location, ".xml")).Descendants("member")
            .ToDictionary(element => (string)element.Attribute("name")!, StringComparer.Ordinal));
        var summary = members.GetValueOrDefault(member)?.Element("summary");
        summary.ShouldNotBeNull($"{member} says nothing of itself");
        return Spaces().Replace(string.Concat(summary.Nodes().Select(Text)), " ").Trim();
    }

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } see => $"`{((string)see.Attribute("cref")!).Split('.', '(')[^1]}`",
        XElement other => string.Concat(other.Nodes().Select(Text)),
        _ => "",
    };

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Spaces();
}

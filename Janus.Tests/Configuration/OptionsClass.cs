using System.Collections;
using System.Globalization;
using System.Reflection;

namespace Janus.Tests.Configuration;

/// <summary>A class that settings are bound to: it names its section in a constant.</summary>
/// <param name="Type">The class.</param>
/// <param name="Section">The section's key.</param>
internal sealed record OptionsClass(Type Type, string Section)
{
    private static readonly Assembly[] Rooms =
        [.. Directory.EnumerateFiles(AppContext.BaseDirectory, "Janus.*.dll").Select(file => Assembly.Load(Path.GetFileNameWithoutExtension(file)))];

    private static readonly string[] Services = ["Janus.ApiService", "Janus.ContentWorker", "Janus.Web"];

    /// <summary>All of them, in the order of their sections.</summary>
    public static IReadOnlyList<OptionsClass> All { get; } =
    [
        .. from room in Rooms
           from type in room.GetTypes()
           where type.GetField(nameof(Section)) is { IsLiteral: true }
           let section = (string)type.GetField(nameof(Section))!.GetRawConstantValue()!
           orderby section, type.Name
           select new OptionsClass(type, section),
    ];

    /// <summary>The services whose program carries the class.</summary>
    public IEnumerable<string> ReadBy => Services.Where(service => Reaches(Assembly.Load(service), Type.Assembly.GetName().Name!));

    /// <summary>Every setting of the class, those of the options within it and one entry of each list and table included.</summary>
    public IReadOnlyList<Setting> Settings => [.. Walk(Activator.CreateInstance(Type)!, Section)];

    private static bool Reaches(Assembly from, string name) => from.GetName().Name == name
        || from.GetReferencedAssemblies().Where(known => known.Name!.StartsWith("Janus.", StringComparison.Ordinal)).Any(known => Reaches(Assembly.Load(known), name));

    private static IEnumerable<Setting> Walk(object options, string section)
    {
        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var key = $"{section}:{property.Name}";
            var value = property.GetValue(options);
            var settings = value switch
            {
                IDictionary when property.PropertyType.GenericTypeArguments is [_, var entry] => Entry(entry, $"{key}:<name>", property),
                IList when property.PropertyType.GenericTypeArguments is [var entry] => Entry(entry, $"{key}:0", property),
                not null when property.PropertyType.IsClass && property.PropertyType.Assembly == property.DeclaringType!.Assembly => Walk(value, key),
                _ when property.SetMethod is { IsPublic: true } => [new Setting(key, property, property.PropertyType, value)],
                _ => [],
            };
            foreach (var setting in settings)
                yield return setting;
        }
    }

    private static IEnumerable<Setting> Entry(Type type, string key, PropertyInfo table) =>
        type == typeof(string) ? [new Setting(key, table, type, null)] : Walk(Activator.CreateInstance(type)!, key);
}

/// <summary>One setting.</summary>
/// <param name="Key">Its whole key.</param>
/// <param name="Property">The property that it is bound to.</param>
/// <param name="Type">What it is read as.</param>
/// <param name="Default">What it is when nothing is said.</param>
internal sealed record Setting(string Key, PropertyInfo Property, Type Type, object? Default)
{
    /// <summary>The key as an environment variable.</summary>
    public string Variable => Key.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>What it must be, in the words of the refusal; null when nothing says it.</summary>
    public string? Allowed => Property.DeclaringType!.Assembly.GetType("Microsoft.Extensions.DependencyInjection.SettingRules")!
        .GetMethod("Allowed", BindingFlags.Public | BindingFlags.Static)!.CreateDelegate<Func<PropertyInfo, string?>>()(Property);

    /// <summary>What kind of value it is.</summary>
    public string Kind => (Nullable.GetUnderlyingType(Type) ?? Type) switch
    {
        var type when type == typeof(bool) => "yes or no",
        var type when type == typeof(int) => "whole number",
        var type when type == typeof(double) || type == typeof(decimal) => "number",
        var type when type == typeof(TimeSpan) => "time",
        var type when type == typeof(DateOnly) => "day",
        var type when type == typeof(Uri) => "address",
        _ => "text",
    };

    /// <summary>The default as one would write it.</summary>
    public string DefaultText => Default switch
    {
        null or "" => "none",
        bool yes => yes ? "true" : "false",
        TimeSpan time => time.Ticks % TimeSpan.TicksPerSecond == 0 ? time.ToString("c", CultureInfo.InvariantCulture) : time.ToString("c", CultureInfo.InvariantCulture).TrimEnd('0'),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        var other => $"{other}",
    };
}

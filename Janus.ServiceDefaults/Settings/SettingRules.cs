using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Janus;
using Microsoft.Extensions.Options;

// Compiled into every room that has options. No XML comments: the API's reference is made from those of all rooms, and bears none that comes twice.
namespace Microsoft.Extensions.DependencyInjection;

// Options whose properties say themselves what they may be. A value that is not allowed stops the program at start with a line that names the
// setting by its whole key and says what is allowed; docs/configuration.md says the same words.
internal static class SettingRules
{
    // Adds options from a section, which are checked at start: that each value can be read, and what the attributes of its property allow.
    // Gives their builder, for rules that need more than one property.
    public static OptionsBuilder<T> AddSettings<T>(this IServiceCollection services, Configuration.IConfigurationSection section, Action<Configuration.BinderOptions>? binder = null)
        where T : class =>
        services.AddOptions<T>()
            // Before the binder, which would name the key and a type of the language, but not what is allowed.
            .Configure(options => Refuse<T>(Unreadable(options, section)))
            .Bind(section, binder)
            .KeepToRules(section.Path);

    // Checks options, at start, against what the attributes of their properties allow.
    // options: the options' builder.
    // section: the key of the section that they are bound from.
    public static OptionsBuilder<T> KeepToRules<T>(this OptionsBuilder<T> options, string section)
        where T : class
    {
        options.Services.AddSingleton<IValidateOptions<T>>(new Rules<T>(section));
        return options.ValidateOnStart();
    }

    // What is wrong with the settings of a section.
    public static IEnumerable<string> Complaints(object options, string section) =>
        from setting in Of(options, section)
        let value = setting.Property.GetValue(setting.Owner)
        where setting.Property.GetCustomAttributes<ValidationAttribute>().Any(rule => !rule.IsValid(value))
        select $"{setting.Key} must be {Allowed(setting.Property)}.";

    // The settings of a section and of those below it.
    private static IEnumerable<(string Key, PropertyInfo Property, object Owner)> Of(object options, string section)
    {
        foreach (var property in options.GetType().GetProperties().Where(property => property.CanRead && property.GetIndexParameters().Length == 0))
        {
            var key = $"{section}:{property.Name}";
            if (IsSection(property) && property.GetValue(options) is { } inner)
            {
                foreach (var setting in Of(inner, key))
                    yield return setting;
            }
            else if (property.SetMethod is { IsPublic: true })
            {
                yield return (key, property, options);
            }
        }
    }

    // What a setting may be, as it follows the words "must be"; null when nothing says it.
    public static string? Allowed(PropertyInfo property)
    {
        if (property.GetCustomAttribute<SettingAttribute>() is { } own)
            return own.Allowed;
        if (property.GetCustomAttribute<RangeAttribute>() is { } range)
            return Between(range);
        if (property.GetCustomAttribute<RequiredAttribute>() is not null)
            return "a text that is not blank";
        return property.PropertyType == typeof(bool) ? "true or false" : null;
    }

    // Options in options are a section of their own; lists and tables have entries that no property names.
    private static bool IsSection(PropertyInfo property) => property.PropertyType is { IsClass: true } type && type.Assembly == property.DeclaringType!.Assembly;

    private static string Between(RangeAttribute range)
    {
        if (range is { Minimum: int.MinValue, Maximum: int.MaxValue })
            return "a whole number";
        var least = Text(range, range.Minimum);
        var most = Text(range, range.Maximum);
        return range.MinimumIsExclusive ? $"more than {least} and at most {most}" : $"{least} to {most}";
    }

    // A range of another type is given as texts, and keeps them until it is first used.
    private static string Text(RangeAttribute range, object limit) =>
        TypeDescriptor.GetConverter(range.OperandType).ConvertFromInvariantString(Convert.ToString(limit, CultureInfo.InvariantCulture)!) switch
        {
            TimeSpan time when time.Ticks % TimeSpan.TicksPerSecond == 0 => time.ToString("c", CultureInfo.InvariantCulture),
            TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture).TrimEnd('0'),
            IFormattable number => number.ToString("#,0.####", CultureInfo.InvariantCulture),
            var other => $"{other}",
        };

    private static IEnumerable<string> Unreadable(object options, Configuration.IConfigurationSection section) =>
        from setting in Of(options, section.Path)
        let text = section[setting.Key[(section.Path.Length + 1)..]]
        where text is not null && !CanRead(setting.Property.PropertyType, text)
        select $"{setting.Key} must be {Allowed(setting.Property) ?? "of another form"}.";

    // As the binder reads.
    private static bool CanRead(Type type, string text)
    {
        var converter = TypeDescriptor.GetConverter(Nullable.GetUnderlyingType(type) ?? type);
        if (!converter.CanConvertFrom(typeof(string)))
            return true;
        try
        {
            converter.ConvertFromInvariantString(text);
            return true;
        }
        catch (Exception unreadable) when (unreadable is FormatException or ArgumentException or OverflowException or NotSupportedException)
        {
            return false;
        }
    }

    private static void Refuse<T>(IEnumerable<string> complaints)
    {
        if (complaints.ToList() is { Count: > 0 } told)
            throw new OptionsValidationException(Microsoft.Extensions.Options.Options.DefaultName, typeof(T), told);
    }

    private sealed class Rules<T>(string section) : IValidateOptions<T>
        where T : class
    {
        public ValidateOptionsResult Validate(string? name, T options)
        {
            var complaints = Complaints(options, section).ToList();
            return complaints.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(complaints);
        }
    }
}

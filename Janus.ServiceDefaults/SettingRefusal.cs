using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Janus;

/// <summary>Settings that make no sense, in one line for whoever set them. Compiled into each library that starts services.</summary>
internal static class SettingRefusal
{
    /// <summary>The exit code of a service that cannot start with what it was given.</summary>
    public const int ExitCode = 2;

    /// <summary>The line; null when the exception is about something else.</summary>
    public static string? LineOf(Exception exception) => exception switch
    {
        OptionsValidationException invalid => $"A setting makes no sense: {string.Join(" ", invalid.Failures)}",
        InvalidOperationException unreadable when unreadable.Source == typeof(ConfigurationBinder).Assembly.GetName().Name =>
            $"A setting makes no sense: {Innermost(unreadable).Message}",
        // Several at once.
        AggregateException several when several.InnerExceptions.All(inner => LineOf(inner) is not null) =>
            string.Join(" ", several.InnerExceptions.Select(LineOf)),
        _ => null,
    };

    // A text where a number, a date or a time span belongs. The binder tells of it in layers, and the innermost one names the key.
    private static InvalidOperationException Innermost(InvalidOperationException unreadable) =>
        unreadable.InnerException is InvalidOperationException inner ? Innermost(inner) : unreadable;
}

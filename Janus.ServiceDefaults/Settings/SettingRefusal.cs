using Microsoft.Extensions.Options;

// Compiled into every room that has options. No XML comments: the API's reference is made from those of all rooms, and bears none that comes twice.
namespace Janus;

// Settings that make no sense, in one line for whoever set them.
internal static class SettingRefusal
{
    // The exit code of a service that cannot start with what it was given.
    public const int ExitCode = 2;

    // The line; null when the exception is about something else.
    public static string? LineOf(Exception thrown) => NonsenseIn(thrown) is { } nonsense ? $"A setting makes no sense: {nonsense}" : TakenBy(thrown);

    // The server's exception is of a framework that not every room has.
    private static string? TakenBy(Exception thrown) => thrown is IOException { InnerException: { } inner } && inner.GetType().Name == "AddressInUseException"
        ? $"{thrown.Message} Stop whoever listens there, or set ASPNETCORE_URLS to another address."
        : null;

    // Options of several kinds are checked together, and told of together.
    private static string? NonsenseIn(Exception thrown) => thrown switch
    {
        OptionsValidationException invalid => string.Join(" ", invalid.Failures),
        InvalidOperationException unreadable when unreadable.Source == typeof(Microsoft.Extensions.Configuration.ConfigurationBinder).Assembly.GetName().Name => Innermost(unreadable).Message,
        AggregateException several when several.InnerExceptions.All(inner => NonsenseIn(inner) is not null) =>
            string.Join(" ", several.InnerExceptions.Select(NonsenseIn)),
        _ => null,
    };

    // A text where a number, a date or a time span belongs. The binder tells of it in layers, and the innermost one names the key.
    private static InvalidOperationException Innermost(InvalidOperationException unreadable) =>
        unreadable.InnerException is InvalidOperationException inner ? Innermost(inner) : unreadable;
}

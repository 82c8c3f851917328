using System.Globalization;

namespace Janus.DevTools;

/// <summary>The arguments make no sense; the message says which.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>Options of the form <c>--name value</c> and switches of the form <c>--name</c>.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="UsageException">One of them is unknown, comes twice or lacks its value.</exception>
    public Arguments(string[] args, IReadOnlyCollection<string> options, IReadOnlyCollection<string>? switches = null)
    {
        for (var index = 0; index < args.Length; index++)
        {
            var name = args[index];
            string value;
            if (switches?.Contains(name) == true)
                value = "";
            else if (!options.Contains(name))
                throw new UsageException($"'{name}' is unknown. Known: {string.Join(' ', options.Concat(switches ?? []))}");
            else if (++index == args.Length)
                throw new UsageException($"{name} needs a value.");
            else
                value = args[index];

            if (!_values.TryAdd(name, value))
                throw new UsageException($"{name} comes twice.");
        }
    }

    /// <summary>Whether an option or switch was given.</summary>
    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>An option's text, or null.</summary>
    public string? Text(string name) => _values.GetValueOrDefault(name);

    /// <summary>An option's whole number within a range.</summary>
    public int Number(string name, int otherwise, int least, int most)
    {
        if (Text(name) is not { } text)
            return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new UsageException($"{name} is a whole number from {least} to {most}, not '{text}'.");
    }

    /// <summary>An option's length of time in seconds, fractions allowed, up to a day.</summary>
    public TimeSpan Seconds(string name, double otherwise)
    {
        if (Text(name) is not { } text)
            return TimeSpan.FromSeconds(otherwise);
        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= 86_400
            ? TimeSpan.FromSeconds(seconds)
            : throw new UsageException($"{name} is a number of seconds up to a day, not '{text}'.");
    }
}

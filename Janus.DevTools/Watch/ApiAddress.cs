using System.Text.Json;

namespace Janus.DevTools.Watch;

/// <summary>Finds the API of a running system.</summary>
internal static class ApiAddress
{
    /// <summary>
    /// The option's address, else the environment's <c>JANUS_API</c>, else what the local host wrote into
    /// <c>run/addresses.json</c> of the data directory (<c>JANUS_DATA</c>, else <c>.janus</c> beside the solution).
    /// </summary>
    /// <exception cref="NothingRunningException">There is no such file, or it makes no sense.</exception>
    public static async Task<Uri> FindAsync(Uri? option, string workingFolder, Func<string, string?> environment, CancellationToken cancellationToken)
    {
        if (option is not null)
            return option;
        if (environment("JANUS_API") is { Length: > 0 } named)
            return Parse(named, "JANUS_API");

        var file = Path.Combine(DataDirectory(workingFolder, environment), "run", "addresses.json");
        try
        {
            using var addresses = JsonDocument.Parse(await File.ReadAllTextAsync(file, cancellationToken));
            return Parse(addresses.RootElement.GetProperty("api").GetString() ?? "", file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NothingRunningException($"No running system was found: {file} is not there. Start one, or name its API with --api.", exception);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new NothingRunningException($"No running system was found: {file} names no API.", exception);
        }
    }

    /// <summary>Reads an absolute HTTP address.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static Uri Parse(string text, string from) =>
        Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new UsageException($"{from} is an address such as http://localhost:5180, not '{text}'.");

    /// <summary>The environment's <c>JANUS_DATA</c>, else <c>.janus</c> beside the solution, else in the working folder.</summary>
    public static string DataDirectory(string workingFolder, Func<string, string?> environment)
    {
        if (environment("JANUS_DATA") is { Length: > 0 } named)
            return named;
        for (var folder = new DirectoryInfo(workingFolder); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Janus.sln")))
                return Path.Combine(folder.FullName, ".janus");
        }

        return Path.Combine(workingFolder, ".janus");
    }
}

/// <summary>There is no running system to talk to.</summary>
internal sealed class NothingRunningException(string message, Exception? innerException = null) : Exception(message, innerException);

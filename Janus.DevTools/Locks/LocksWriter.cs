using System.Globalization;
using System.Text.Json;

namespace Janus.DevTools.Locks;

/// <summary>
/// One process that writes and reads with several threads. It says <c>ready</c>, begins when a line comes, prints its report as one line
/// of JSON, and ends at once when the pipe that it reads from closes: a killed parent leaves nobody behind.
/// </summary>
internal static class LocksWriter
{
    /// <summary>The command's name.</summary>
    public const string Name = "locks-writer";

    /// <summary>The arguments that make a process do its part of what <c>locks</c> was asked for.</summary>
    public static IReadOnlyList<string> ArgumentsFor(LocksOptions options, string file)
    {
        string[] length = options.Length is { } time
            ? ["--seconds", time.TotalSeconds.ToString(CultureInfo.InvariantCulture)]
            : ["--transactions", options.Transactions!.Value.ToString(CultureInfo.InvariantCulture)];
        return
        [
            Name, "--file", file, "--writers", options.Writers.ToString(CultureInfo.InvariantCulture),
            "--readers", options.Readers.ToString(CultureInfo.InvariantCulture), .. length,
        ];
    }

    /// <summary>Runs the writers and the readers.</summary>
    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var options = LocksOptions.Parse(args);
        var contenders = new Contenders(options, options.File ?? throw new UsageException("--file is required."));

        // Console.In would block the thread that asks it.
        using var input = new StreamReader(Console.OpenStandardInput());
        await Console.Out.WriteLineAsync("ready");
        if (await input.ReadLineAsync(cancellationToken) is null)
            return 1;

        using var orphaned = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var fight = contenders.RunAsync(orphaned.Token);
        var parent = input.ReadLineAsync(CancellationToken.None).AsTask();
        if (await Task.WhenAny(fight, parent) == parent)
            await orphaned.CancelAsync();
        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(await fight));
        return 0;
    }
}

using System.Diagnostics;
using Janus.Tests.House;

namespace Janus.Tests.Hosting;

/// <summary>What a built program of the house said, from its start to its end.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Errors">The lines of its standard error.</param>
internal sealed record ProgramRun(int ExitCode, string Output, IReadOnlyList<string> Errors)
{
    // What a developer has set for a Janus of their own must not reach one under test.
    private static readonly string[] _notInherited = ["Gemini__", "Janus__", "JANUS_", "OTEL_", "ASPNETCORE_", "DOTNET_ENVIRONMENT", "ConnectionStrings__"];
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(60);

    /// <summary>Runs a program to its end.</summary>
    public static async Task<ProgramRun> OfAsync(string project, IEnumerable<string> arguments, params IEnumerable<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo("dotnet", [Solution.ProgramOf(project), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var variable in start.Environment.Keys.Where(name => _notInherited.Any(name.StartsWith)).ToList())
            start.Environment.Remove(variable);
        // Where nobody signs in, as on a developer's machine, unless a test says otherwise.
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(_limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var errors = process.StandardError.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return new ProgramRun(process.ExitCode, await output, (await errors).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }
}

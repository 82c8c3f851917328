using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Janus.Tests.House;

namespace Janus.Tests.Scheduling;

/// <summary>Programs that read what Janus writes and know nothing of it: ical.js on Node.js, and Python's csv.</summary>
internal static class OtherReaders
{
    private const string ReadTable = "import csv, io, json, sys; print(json.dumps(list(csv.DictReader(io.TextIOWrapper(sys.stdin.buffer, 'utf-8-sig', newline='')))))";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly string Module = Path.Combine(Solution.Root, "Janus.Tests", "Browser", "node_modules", "ical.js", "dist", "ical.js");
    private static readonly string Script = Path.Combine(Solution.Root, "Janus.Tests", "Scheduling", "read-calendar.mjs");

    /// <summary>Reads a calendar; skips the running test, with the reason, where the parser is not installed.</summary>
    public static async Task<JsonElement> CalendarAsync(string calendar)
    {
        Assert.SkipUnless(File.Exists(Module), "needs ical.js: run 'npm ci' in Janus.Tests/Browser");
        Assert.SkipUnless(Has("node"), "needs Node.js to read a calendar with ical.js");
        return await ReadAsync("node", [Script, Module], calendar);
    }

    /// <summary>Reads a table: a list of rows by column; skips the running test, with the reason, where there is no Python.</summary>
    public static async Task<JsonElement> TableAsync(string table)
    {
        Assert.SkipUnless(Has("python3"), "needs Python 3 to read a table with its csv module");
        return await ReadAsync("python3", ["-c", ReadTable], table);
    }

    private static bool Has(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)) || File.Exists(Path.Combine(folder, program + ".exe")));

    private static async Task<JsonElement> ReadAsync(string program, IEnumerable<string> arguments, string text)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(Limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var errors = process.StandardError.ReadToEndAsync(deadline.Token);
            await process.StandardInput.WriteAsync(text.AsMemory(), deadline.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(deadline.Token);
            process.ExitCode.ShouldBe(0, await errors);
            return JsonSerializer.Deserialize<JsonElement>(await output);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }
}

using System.Xml;

namespace Janus.DevTools.TestReport;

/// <summary><c>test-report</c>: reads .trx files, prints the report, and fails when a test failed or none ran.</summary>
internal static class TestReportCommand
{
    public static async Task<int> RunAsync(string[] arguments, CancellationToken cancellation)
    {
        var runs = new List<TestRun>();
        foreach (var file in arguments.SelectMany(Files))
            runs.Add(await ReadAsync(file, cancellation));

        return TestReportText.Write(runs, Console.Out) ? 0 : 1;
    }

    private static string[] Files(string path) => Directory.Exists(path) ? Directory.GetFiles(path, "*.trx") : [path];

    private static async Task<TestRun> ReadAsync(string file, CancellationToken cancellation)
    {
        try
        {
            return TestRun.Parse(await File.ReadAllTextAsync(file, cancellation));
        }
        catch (Exception unreadable) when (unreadable is IOException or XmlException)
        {
            return new TestRun([], [$"{file} cannot be read: {unreadable.Message}"]);
        }
    }
}

namespace Janus.Benchmarks;

/// <summary>The other programs of the solution, which lie beside this one, built in the same way.</summary>
internal static class BuiltProgram
{
    public static string PathOf(string project) => Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory.Replace("Janus.Benchmarks", project, StringComparison.Ordinal), $"{project}.dll"));
}

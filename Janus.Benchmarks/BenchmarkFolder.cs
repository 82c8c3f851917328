using Microsoft.Data.Sqlite;

namespace Janus.Benchmarks;

/// <summary>A folder of its own for each measurement, gone afterwards.</summary>
internal sealed class BenchmarkFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("janus-benchmark-").FullName;

    /// <summary>Another folder with the same files, none of which may be open.</summary>
    public BenchmarkFolder Copy()
    {
        var copy = new BenchmarkFolder();
        foreach (var file in Directory.EnumerateFiles(Path))
            File.Copy(file, System.IO.Path.Combine(copy.Path, System.IO.Path.GetFileName(file)));
        return copy;
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(Path, recursive: true);
    }
}

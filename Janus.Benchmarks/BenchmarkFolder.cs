using Microsoft.Data.Sqlite;

namespace Janus.Benchmarks;

/// <summary>A folder of its own for each measurement, gone afterwards.</summary>
internal sealed class BenchmarkFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("janus-benchmark-").FullName;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(Path, recursive: true);
    }
}

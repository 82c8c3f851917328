using System.Diagnostics;
using Janus.Benchmarks.Engine;
using Janus.Campaigns.Media;
using Janus.Campaigns.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Janus.Benchmarks.Postgres;

/// <summary>Pictures as rows of PostgreSQL against pictures as files of a folder on the same disk, each safe from a power cut when it is kept.</summary>
internal static class PicturesTable
{
    private const int Pictures = 60;
    private const int AtOnce = 4;
    private const int Bytes = 1_400_000;
    private const int Rounds = 3;

    public static async Task PrintAsync(PlannedServer server)
    {
        ResultTable.Begin($"Keeping and finding {Pictures} pictures of {Bytes / 1e6:0.0} MB, {AtOnce} at once, as rows; compared with files of a folder on the same disk. Milliseconds for each, median of {Rounds} rounds.");
        var settings = server.SettingsOf(await server.CreateAsync());
        await EngineLoop.PrepareAsync(settings, 0, 0);
        await using var services = EngineLoop.Services(settings);
        var rows = services.GetRequiredService<MediaTable>();
        var files = services.GetRequiredService<MediaFolder>();
        await MeasureAsync(rows);
        await MeasureAsync(files);

        var (ofRows, ofFiles) = (new List<(double Keep, double Find)>(), new List<(double Keep, double Find)>());
        for (var round = 0; round < Rounds; round++)
        {
            ofRows.Add(await MeasureAsync(rows));
            ofFiles.Add(await MeasureAsync(files));
        }

        Add($"keep a picture", ofRows.Select(of => of.Keep).Median(), ofFiles.Select(of => of.Keep).Median());
        Add($"find a picture and read it", ofRows.Select(of => of.Find).Median(), ofFiles.Select(of => of.Find).Median());
        ResultTable.Add($"database for each MB of pictures", $"{(await services.GetRequiredService<CampaignDatabase>().SizeAsync(CancellationToken.None) ?? 0) / (double)((Rounds + 1) * Pictures * Bytes):0.00} MB", $"1.00 MB", null, "");
    }

    private static void Add(FormattableString what, double rows, double files) => ResultTable.Add(what, $"{rows:0.0} ms", $"{files:0.0} ms", rows / files, "");

    private static async Task<(double Keep, double Find)> MeasureAsync(IMediaStore store)
    {
        var names = new string[Pictures];
        var keep = await TimeAsync(async number =>
        {
            // Nothing that could be compressed or found to be there already.
            var picture = new byte[Bytes];
            Random.Shared.NextBytes(picture);
            names[number] = await store.KeepAsync(picture, "image/png", CancellationToken.None);
        });
        var find = await TimeAsync(async number =>
        {
            var kept = await store.FindAsync(names[number], CancellationToken.None) ?? throw new InvalidOperationException("A picture that was kept is gone.");
            var bytes = kept.File is { } file ? (await File.ReadAllBytesAsync(file)).Length : kept.Bytes.Length;
            if (bytes != Bytes)
                throw new InvalidOperationException("A picture is not as it was kept.");
        });
        return (keep, find);
    }

    // From the start to the end of all, shared among them: what a worker with several calls under way sees.
    private static async Task<double> TimeAsync(Func<int, Task> each)
    {
        var started = Stopwatch.GetTimestamp();
        await Parallel.ForAsync(0, Pictures, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) => await each(number));
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds / Pictures;
    }
}

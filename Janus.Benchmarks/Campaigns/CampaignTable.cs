namespace Janus.Benchmarks.Campaigns;

/// <summary>How long a campaign takes, against the least that its calls need.</summary>
internal static class CampaignTable
{
    private const int Posts = 12;
    private const int Rounds = 9;
    private static readonly TimeSpan Text = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Picture = TimeSpan.FromMilliseconds(800);

    public static async Task PrintAsync()
    {
        ResultTable.Begin($"A campaign of {Posts} posts through real processes, text {Text.TotalSeconds:0.00} s, picture {Picture.TotalSeconds:0.00} s; from plan to scheduled, median of {Rounds}.");
        await MeasureAsync("room for every call at once", 24, "<= 1.15");
        await MeasureAsync("8 texts and 8 pictures at once", 8, "");
        await MeasureAsync("4 texts and 4 pictures at once", 4, "");
    }

    private static async Task MeasureAsync(string room, int concurrency, string target)
    {
        using var folder = new BenchmarkFolder();
        var most = concurrency.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await using var janus = await SystemUnderTest.StartAsync(
            folder.Path, ("Sample__TextLatency", Text.ToString()), ("Sample__PictureLatency", Picture.ToString()),
            ("Janus__Worker__TextConcurrency", most), ("Janus__Worker__PictureConcurrency", most));
        await using var campaigns = new PlannedCampaigns(StoreSettings.Sqlite(folder.Path));
        var seconds = new List<double>();
        // The first eight compile the worker.
        for (var round = -8; round < Rounds; round++)
        {
            var took = await campaigns.DurationAsync(await campaigns.StoreAsync(Posts));
            if (round >= 0)
                seconds.Add(took.TotalSeconds);
        }

        var bound = Bound(concurrency).TotalSeconds;
        ResultTable.Add($"campaign, {room}", $"{seconds.Median():0.000} s", $"{bound:0.00} s", seconds.Median() / bound, target);
    }

    // What no schedule can beat: pictures are drawn by whoever is free from the moment the first texts are there.
    private static TimeSpan Bound(int concurrency)
    {
        var texts = new PriorityQueue<TimeSpan, TimeSpan>(Enumerable.Repeat((TimeSpan.Zero, TimeSpan.Zero), concurrency));
        var ready = new List<TimeSpan>();
        for (var post = 0; post < Posts; post++)
        {
            var end = texts.Dequeue() + Text;
            texts.Enqueue(end, end);
            ready.AddRange([end, end]);
        }

        var pictures = new PriorityQueue<TimeSpan, TimeSpan>(Enumerable.Repeat((TimeSpan.Zero, TimeSpan.Zero), concurrency));
        var last = TimeSpan.Zero;
        foreach (var from in ready.Order())
        {
            var free = pictures.Dequeue();
            var end = (free > from ? free : from) + Picture;
            pictures.Enqueue(end, end);
            last = end > last ? end : last;
        }

        return last;
    }
}

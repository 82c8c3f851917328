using System.Globalization;
using Microsoft.Playwright;

namespace Janus.Benchmarks.Pages;

/// <summary>How quick and how light the pages are, against what a marketer notices.</summary>
internal static class PagesTable
{
    private const int Pages = 20;
    private const int Commits = 50;
    private const int Rounds = 5;

    public static async Task<int> PrintAsync()
    {
        using var folder = new BenchmarkFolder();
        await using var janus = await SystemUnderTest.StartAsync(folder.Path);
        await using var campaigns = new PlannedCampaigns(StoreSettings.Sqlite(folder.Path));
        await using var browser = await OpenPages.StartAsync();
        if (browser is null)
        {
            await Console.Error.WriteLineAsync("This needs chromium on PATH: on Debian, apt-get install chromium.");
            return 1;
        }

        Console.WriteLine($"Pages in headless Chromium without a GPU, on the machine that also runs Janus ({Environment.ProcessorCount} cores).");
        Console.WriteLine();
        Console.WriteLine("| what | measured | target |");
        Console.WriteLine("|---|---|---|");
        var twelve = await campaigns.PlanAsync(12);
        var sixty = await campaigns.PlanAsync(60);
        var many = await campaigns.PlanAsync(200);
        await OpenTimeAsync(browser, janus, many.Id);
        await PanningAsync(browser, janus, sixty.Id);
        await CommitToDomAsync(browser, janus, campaigns, twelve);
        return 0;
    }

    private static async Task OpenTimeAsync(OpenPages browser, SystemUnderTest janus, string campaign)
    {
        var (drawn, alive) = (new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            var page = await browser.OpenAsync(AddressOf(janus, campaign));
            var now = await page.EvaluateAsync<double>("() => performance.now()");
            var first = await page.EvaluateAsync<double>("() => performance.getEntriesByName('canvas-ready')[0].startTime");
            await page.Context.CloseAsync();
            if (round == 0)
                continue; // The first one also compiles the page.
            drawn.Add(first);
            alive.Add(now);
        }

        Print("open 200 posts, until every card stands in its place, median", $"{Share(drawn, 0.5):0} ms", "< 1500 ms");
        Print("open 200 posts, until the page answers, median", $"{Share(alive, 0.5):0} ms", "");
    }

    private static async Task PanningAsync(OpenPages browser, SystemUnderTest janus, string campaign)
    {
        var page = await browser.OpenAsync(AddressOf(janus, campaign));
        // The first round, while pictures come in and the browser compiles the script, is told apart from what follows.
        var first = await PanAsync(page);
        var rounds = new List<double[]>();
        for (var round = 0; round < Rounds; round++)
            rounds.Add(await PanAsync(page));
        await page.Context.CloseAsync();
        Print("panning 60 posts, frames a second, median", $"{Share([.. rounds.Select(frames => 1000 / frames.Average())], 0.5):0}", "> 50");
        Print("panning 60 posts, frames a second, right after opening", $"{1000 / first.Average():0}", "");
        Print("panning 60 posts, longest of 95 % of the frames", $"{Share([.. rounds.SelectMany(frames => frames)], 0.95):0} ms", "");
    }

    // Two seconds of a hand that draws a figure.
    private static Task<double[]> PanAsync(IPage page) => page.EvaluateAsync<double[]>("""
        () => new Promise((done) => {
          const canvas = document.querySelector("janus-canvas"), gaps = [], begun = performance.now();
          const act = (type, x, y) => canvas.dispatchEvent(new PointerEvent(type, { bubbles: true, pointerId: 1, pointerType: "mouse", button: 0, clientX: x, clientY: y }));
          act("pointerdown", 700, 500);
          let last = begun;
          const frame = (now) => {
            gaps.push(now - last);
            last = now;
            if (now - begun > 2000) { act("pointerup", 700, 500); done(gaps.slice(2)); return; }
            act("pointermove", 700 + 300 * Math.sin(gaps.length / 30), 500 + 150 * Math.cos(gaps.length / 23));
            requestAnimationFrame(frame);
          };
          requestAnimationFrame(frame);
        })
        """);

    private static async Task CommitToDomAsync(
        OpenPages browser, SystemUnderTest janus, PlannedCampaigns campaigns, (string Id, IReadOnlyList<int> Posts) campaign)
    {
        // What the first pages of a process cost once is not what one more page costs.
        await browser.OpenAsync(AddressOf(janus, campaign.Id));
        var before = janus.WebBytes;
        var pages = new List<IPage>();
        for (var page = 0; page < Pages; page++)
            pages.Add(await browser.OpenAsync(AddressOf(janus, campaign.Id)));
        var after = janus.WebBytes;

        var latencies = new List<double>();
        for (var commit = 0; commit <= Commits; commit++)
        {
            var pk = campaign.Posts[commit % campaign.Posts.Count];
            var letter = commit / campaign.Posts.Count % 2 == 0 ? "A" : "B";
            // Each page notes for itself when it shows the choice, and is asked later: the driver shares these cores, and twenty answers at
            // once would be measured with the pages.
            await Task.WhenAll(pages.Select(page => page.EvaluateAsync("""
                ([pk, letter]) => {
                  const card = document.querySelector(`.post[data-pk="${pk}"]`);
                  window.seen = new Promise((done) => {
                    const watch = new MutationObserver(() => {
                      if (!card.querySelector(`.th.${letter}`).classList.contains("chosen")) return;
                      watch.disconnect();
                      done(performance.timeOrigin + performance.now());
                    });
                    watch.observe(card, { subtree: true, attributes: true, childList: true });
                  });
                  return new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown)));
                }
                """, new object[] { pk, letter })));
            var committed = (await campaigns.ChooseAsync(pk, letter)).ToUnixTimeMilliseconds();
            var times = new List<double>();
            foreach (var page in pages)
                times.Add(await page.EvaluateAsync<double>("() => window.seen"));
            if (commit > 0)
                latencies.AddRange(times.Select(time => Math.Max(0, time - committed)));
        }

        Print($"commit to DOM on {Pages} open pages, p50", $"{Share(latencies, 0.5):0} ms", "< 100 ms");
        Print($"commit to DOM on {Pages} open pages, p99", $"{Share(latencies, 0.99):0} ms", "< 250 ms");
        Print($"commit to DOM on {Pages} open pages, longest of {latencies.Count}", $"{latencies.Max():0} ms", "");
        Print($"server memory for each further open page of 12 posts ({Pages} pages)", $"{(after - before) / (double)Pages / 1_000_000:0.0} MB", "");
    }

    private static Uri AddressOf(SystemUnderTest janus, string campaign) => new(janus.Web, $"/campaigns/{campaign}");

    private static double Share(List<double> values, double share)
    {
        values.Sort();
        return values[Math.Min(values.Count - 1, (int)(values.Count * share))];
    }

    private static void Print(string what, FormattableString measured, string target) =>
        Console.WriteLine($"| {what} | {measured.ToString(CultureInfo.InvariantCulture)} | {target} |");
}

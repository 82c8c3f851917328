using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Janus.Tests.Hosting;

namespace Janus.Tests.Systems;

/// <summary>Plans campaigns and looks at them over HTTP, as a client does that does not give up when a connection breaks.</summary>
internal sealed class Marketer(Func<RunningJanus> janus) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(40) };

    /// <summary>Plans a campaign; a broken connection is answered by sending the same request again under the same key.</summary>
    /// <returns>The status and, for a 201, the campaign's id.</returns>
    public async Task<(HttpStatusCode Status, string? CampaignId)> PlanAsync(string name, int postsPerPhase = 2)
    {
        var body = new { product_description = $"{name}, a quiet coffee grinder for small kitchens", gtm_goals = "Win 500 preorders", campaign_name = name, posts_per_phase = postsPerPhase };
        using var deadline = new CancellationTokenSource(Limit);
        using var timer = new PeriodicTimer(BetweenLooks);
        while (true)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(janus().Api, "/api/strategy/plan/")) { Content = JsonContent.Create(body) };
                request.Headers.Add("Idempotency-Key", name.Replace(' ', '-'));
                using var response = await _http.SendAsync(request, deadline.Token);
                if (response.StatusCode != HttpStatusCode.Created)
                    return (response.StatusCode, null);
                using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(deadline.Token));
                return (response.StatusCode, json.RootElement.GetProperty("campaign_id").GetString());
            }
            catch (Exception broken) when (broken is HttpRequestException or TaskCanceledException && !deadline.IsCancellationRequested)
            {
                await timer.WaitForNextTickAsync(deadline.Token);
            }
        }
    }

    /// <summary>The graph of a campaign.</summary>
    public async Task<JsonElement> GraphAsync(string campaignId, CancellationToken cancellationToken = default)
    {
        using var json = JsonDocument.Parse(await _http.GetStringAsync(new Uri(janus().Api, $"/api/nodesJson/?campaign_id={campaignId}"), cancellationToken));
        return json.RootElement.Clone();
    }

    /// <summary>Says retry, cancel or accept.</summary>
    public async Task<HttpStatusCode> CommandAsync(string campaignId, string command)
    {
        using var response = await _http.PostAsync(new Uri(janus().Api, $"/api/campaigns/{campaignId}/{command}"), null);
        return response.StatusCode;
    }

    /// <summary>The post and the letter of the one picture that was given up.</summary>
    public async Task<(int Pk, string Letter)> FailedPictureAsync(string campaignId) =>
        (await GraphAsync(campaignId)).GetProperty("diagram").EnumerateArray()
            .SelectMany(post => post.GetProperty("faces").EnumerateObject()
                .Where(face => face.Value.GetProperty("picture").GetString() == "dead").Select(face => (post.GetProperty("pk").GetInt32(), face.Name)))
            .Single();

    /// <summary>Gives the first generation of a letter another caption.</summary>
    public async Task EditCaptionAsync(int pk, string letter, string caption)
    {
        using var response = await _http.PostAsJsonAsync(
            new Uri(janus().Api, $"/api/posts/{pk}/variants/{letter}"), new { image_caption = caption, base_generation = 1 });
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Asks again for what is missing of a post.</summary>
    public async Task RetryPostAsync(int pk)
    {
        using var response = await _http.PostAsync(new Uri(janus().Api, $"/api/posts/{pk}/retry"), null);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Looks until the campaigns, each as the graph shows it, are as they should be together.</summary>
    public async Task<IReadOnlyList<JsonElement>> UntilAsync(IReadOnlyList<string> campaignIds, Func<IReadOnlyList<JsonElement>, bool> reached)
    {
        using var deadline = new CancellationTokenSource(Limit);
        using var timer = new PeriodicTimer(BetweenLooks);
        IReadOnlyList<JsonElement> seen = [];
        try
        {
            while (true)
            {
                try
                {
                    seen = await Task.WhenAll(campaignIds.Select(async id => (await GraphAsync(id, deadline.Token)).GetProperty("campaign").Clone()));
                    if (reached(seen))
                        return seen;
                }
                catch (HttpRequestException)
                {
                    // The API is being started again; the next look finds it.
                }

                await timer.WaitForNextTickAsync(deadline.Token);
            }
        }
        catch (OperationCanceledException over)
        {
            throw new TimeoutException($"After {Limit.TotalSeconds} s it is: {string.Join(Environment.NewLine, seen)}{Environment.NewLine}{janus().Lines.Tail}", over);
        }
    }

    /// <summary>Looks until all are scheduled, at one after the other: what is scheduled stays so, and a look at many takes work from those who make them.</summary>
    public async Task UntilScheduledAsync(IReadOnlyList<string> campaignIds)
    {
        foreach (var id in campaignIds)
            await UntilAsync([id], campaigns => campaigns[0].GetProperty("phase").GetString() == "scheduled");
    }

    /// <summary>How many parts are done, over all campaigns.</summary>
    public static int Done(IReadOnlyList<JsonElement> campaigns) => campaigns.Sum(campaign => campaign.GetProperty("parts").GetProperty("done").GetInt32());

    public void Dispose() => _http.Dispose();
}

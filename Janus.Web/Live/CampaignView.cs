using System.Text.Json;
using Janus.Contracts;
using Janus.Web.Api;

namespace Janus.Web.Live;

/// <summary>How a live view stands.</summary>
public enum LiveState
{
    /// <summary>Nothing has come yet.</summary>
    Loading,

    /// <summary>The view is what the API says now.</summary>
    Live,

    /// <summary>The connection broke; the view is the last that came, and the connection is being made again.</summary>
    Reconnecting,

    /// <summary>There is no such campaign, or no longer.</summary>
    Gone,
}

/// <summary>
/// A campaign as it was at one version. A post that did not change is the same object as in the view before, so that a page renders
/// what changed and nothing else.
/// </summary>
/// <param name="State">How current it is.</param>
/// <param name="Campaign">The campaign, or null before the first answer.</param>
/// <param name="Posts">Its posts, in plan order.</param>
public sealed record CampaignView(LiveState State, GraphCampaignDto? Campaign, IReadOnlyList<GraphNodeDto> Posts)
{
    /// <summary>Before the first answer.</summary>
    public static CampaignView Loading { get; } = new(LiveState.Loading, null, []);

    /// <summary>The number of the last event that touched a post, by key; what is not in it was touched by none that came.</summary>
    internal IReadOnlyDictionary<int, long> Touched { get; init; } = new Dictionary<int, long>();

    /// <summary>The number of the last event that touched the campaign as a whole.</summary>
    internal long TouchedAll { get; init; }

    private IReadOnlyDictionary<int, string> Written { get; init; } = new Dictionary<int, string>();

    /// <summary>A post, or null.</summary>
    public GraphNodeDto? Post(int pk) => Posts.FirstOrDefault(post => post.Pk == pk);

    /// <summary>A number that grows whenever something about a post may have changed, also what the graph does not show, such as its texts.</summary>
    public long RevisionOf(int pk) => Math.Max(TouchedAll, Touched.GetValueOrDefault(pk));

    /// <summary>The view with the marks of events that came.</summary>
    /// <param name="touched">The numbers of the events that touched posts since the view before, by key.</param>
    /// <param name="touchedAll">The number of the last event that touched the campaign as a whole, or 0.</param>
    internal CampaignView Marked(IReadOnlyDictionary<int, long> touched, long touchedAll)
    {
        ArgumentNullException.ThrowIfNull(touched);
        if (touched.Count == 0 && touchedAll <= TouchedAll)
            return this;
        var marks = new Dictionary<int, long>(Touched);
        foreach (var (pk, version) in touched)
            marks[pk] = version;
        return this with { Touched = marks, TouchedAll = Math.Max(TouchedAll, touchedAll) };
    }

    /// <summary>The view after an answer of the API, with every unchanged post taken over.</summary>
    /// <param name="graph">The graph as the API wrote it.</param>
    internal CampaignView Next(byte[] graph)
    {
        using var document = JsonDocument.Parse(graph);
        var known = Posts.ToDictionary(post => post.Pk);
        var posts = new List<GraphNodeDto>();
        var written = new Dictionary<int, string>();
        foreach (var node in document.RootElement.GetProperty("diagram").EnumerateArray())
        {
            var pk = node.GetProperty("pk").GetInt32();
            var text = node.GetRawText();
            posts.Add(known.TryGetValue(pk, out var before) && Written.GetValueOrDefault(pk) == text
                ? before
                : node.Deserialize<GraphNodeDto>(JanusApi.Json)!);
            written[pk] = text;
        }

        var campaign = document.RootElement.GetProperty("campaign").Deserialize<GraphCampaignDto>(JanusApi.Json);
        return this with { State = LiveState.Live, Campaign = campaign, Posts = posts, Written = written };
    }
}

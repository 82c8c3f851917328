using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Janus.Tests.Api;

namespace Janus.Tests.Postgres.Moving;

/// <summary>Everything that the API says of its campaigns, by path.</summary>
internal static partial class EveryAnswer
{
    private static readonly string[] OfCampaign = ["/api/agents/campaigns/{0}", "/api/nodesJson/?campaign_id={0}", "/api/campaigns/{0}/log", "/api/campaigns/{0}/schedule", "/api/campaigns/{0}/schedule.csv", "/api/campaigns/{0}/replan"];
    private static readonly string[] OfPost = ["/api/posts/{0}", "/getVariants?pk={0}", "/api/posts/{0}/schedule"];

    public static async Task<SortedDictionary<string, string>> OfAsync(ApiHost host)
    {
        var answers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var list = await AskAsync("/api/agents/campaigns");
        await AskAsync("/api/budget");
        await AskAsync("/api/accounts");
        await AskAsync("/api/audit?limit=500");
        await AskAsync("/api/nodesJson");
        foreach (var campaign in list.Json.GetProperty("campaigns").EnumerateArray().Select(row => row.GetProperty("campaign_id").GetString()!))
        {
            foreach (var path in OfCampaign)
                await AskAsync(Format(path, campaign));
            await FollowAsync(campaign, (await AskAsync(Format("/api/nodesJson/?campaign_id={0}", campaign))).Headers["ETag"]);
            foreach (var pk in await host.PostsOfAsync(campaign))
            {
                foreach (var path in OfPost)
                    await AskAsync(Format(path, pk));
            }
        }

        foreach (var picture in answers.Values.SelectMany(answer => Picture().Matches(answer)).Select(match => match.Value).Distinct().ToList())
        {
            using var response = await host.Http.GetAsync(picture);
            answers[picture] = $"{(int)response.StatusCode} {Convert.ToHexString(SHA256.HashData(await response.Content.ReadAsByteArrayAsync()))} {response.Content.Headers} {response.Headers.ETag}";
        }

        return answers;

        async Task<Answer> AskAsync(string path)
        {
            var answer = await host.GetAsync(path);
            // What is not there is told with the number of the request.
            answers[path] = answer.Status == 200 ? $"{answer["ETag"]}\n{answer.Text}" : $"{answer.Status}";
            return answer;
        }

        async Task FollowAsync(string campaign, string tag)
        {
            var last = tag.Trim('"').Split('-')[^1];
            await using var stream = await Listener.OpenAsync(host, $"/api/campaigns/{campaign}/events");
            var events = new List<string>();
            for (var item = await stream.NextAsync(); ; item = await stream.NextAsync())
            {
                events.Add($"{item.EventId} {item.EventType} {item.Data}");
                if (item.EventId == last)
                    break;
            }

            answers[$"/api/campaigns/{campaign}/events"] = string.Join('\n', events);
        }
    }

    private static string Format(string path, object key) => string.Format(System.Globalization.CultureInfo.InvariantCulture, path, key);

    [GeneratedRegex("/media/[0-9a-f]{32}\\.[a-z]+", RegexOptions.None, 1000)]
    private static partial Regex Picture();
}

using System.Text.Json;
using Janus.Campaigns.Events;
using Janus.Campaigns.Reading;

namespace Janus.Tests.Api;

/// <summary>Ten people approve, reject, reopen and edit the same twelve posts at once, over real HTTP and on one real file.</summary>
public sealed class TenPeopleTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const int People = 10;
    private const int TurnsEach = 30;
    private const int Posts = 12;

    [Fact]
    public async Task Ten_people_at_the_same_twelve_posts_lose_no_decision_and_are_told_of_every_conflict()
    {
        var (campaign, posts) = await MakeAsync();
        var before = await LogAsync(campaign, after: 0);
        var together = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var people = Enumerable.Range(1, People).Select(number => new Person(number, host.Http.BaseAddress!, posts, together.Task, TurnsEach)).ToList();

        var work = people.ConvertAll(person => person.WorkAsync());
        together.SetResult();
        await Task.WhenAll(work);

        var turns = people.SelectMany(person => person.Turns).ToList();
        var log = await LogAsync(campaign, before[^1].Version);
        turns.Count.ShouldBe(People * TurnsEach);
        turns.Select(turn => turn.Status).Except([200, 201, 409]).ShouldBeEmpty();
        turns.Count(turn => turn.Status == 409).ShouldBeGreaterThan(0, "nobody was in anybody's way");
        log.Select(entry => entry.Version).ShouldBe(Enumerable.Range(1, log.Count).Select(number => before[^1].Version + number), "the log has a gap");

        // Every decision that was taken is in the log exactly once, and the log holds nothing else.
        var taken = turns.Where(turn => turn.Changed).Select(turn => turn.Mark).Order().ToList();
        log.Select(entry => entry.Mark).Order().ShouldBe(taken);
        taken.Distinct().Count().ShouldBe(taken.Count);

        // Every conflict said what had happened since the person looked.
        foreach (var turn in turns.Where(turn => turn.Status == 409))
            turn.ShouldTell(log);

        foreach (var pk in posts)
            (await StandsAsync(pk)).ShouldBe(Replay(log, pk), $"post {pk} is not what the log says");
    }

    private async Task<(string Campaign, IReadOnlyList<int> Posts)> MakeAsync()
    {
        var phases = Enumerable.Range(1, 3).Select(phase =>
            $"subgraph \"Phase {phase}\"\n{string.Join('\n', Enumerable.Range(1, Posts / 3).Select(n => $"p{phase}{n}[<title>Post {phase}.{n}</title><description>About {n}</description>]"))}\nend");
        host.Planner.Script = (_, _, _) => Task.FromResult($"graph TB\n{string.Join('\n', phases)}");
        var campaign = await host.PlanAsync("Twelve");
        await host.MakeContentAsync();
        var posts = await host.PostsOfAsync(campaign);
        posts.Count.ShouldBe(Posts);
        return (campaign, posts);
    }

    private async Task<IReadOnlyList<Entry>> LogAsync(string campaign, long after)
    {
        var id = (await host.Get<CampaignReader>().VersionAsync(campaign, CancellationToken.None))!.Value.Id;
        var log = new List<Entry>();
        while (await host.Get<EventReader>().AfterAsync(id, log.Count == 0 ? after : log[^1].Version, CancellationToken.None) is { Count: > 0 } page)
            log.AddRange(page.Select(Entry.Of));
        return log;
    }

    private async Task<string> StandsAsync(int pk)
    {
        var post = (await host.GetAsync($"/api/posts/{pk}")).Json;
        var current = post.GetProperty("faces").EnumerateArray().Select(face => face.GetProperty("current").GetProperty("generation").GetInt32());
        return $"{post.GetProperty("approval").GetString()} {post.GetProperty("reject_reason").GetString()} {string.Join('/', current)}";
    }

    private static string Replay(IEnumerable<Entry> log, int pk)
    {
        var (approval, reason, a, b) = ("none", (string?)null, 1, 1);
        foreach (var entry in log.Where(entry => entry.Pk == pk))
        {
            (approval, reason) = entry.Kind switch
            {
                EventKind.PostApproved => ("approved", null),
                EventKind.PostRejected => ("rejected", entry.Reason),
                EventKind.PostReopened => ("none", null),
                EventKind.VariantEdited when entry.ReopenedFrom is not null => ("none", null),
                _ => (approval, reason),
            };
            (a, b) = entry.Kind != EventKind.VariantEdited ? (a, b) : entry.Letter == "A" ? (entry.Generation, b) : (a, entry.Generation);
        }

        return $"{approval} {reason} {a}/{b}";
    }

    /// <summary>An entry of the log.</summary>
    private sealed record Entry(long Version, EventKind Kind, int Pk, string? Reason, string? ReopenedFrom, string? Letter, int Generation)
    {
        /// <summary>What tells it from every other: a decision's number, an edit's generation.</summary>
        public string Mark => Kind == EventKind.VariantEdited ? $"edited {Pk} {Letter}{Generation}" : $"{Kind} {Pk} {Version}";

        /// <summary>How a conflict tells of it.</summary>
        public string Clause => Kind switch
        {
            EventKind.PostApproved => "approved it",
            EventKind.PostRejected => $"rejected it (“{Reason}”)",
            EventKind.PostReopened => "took back what was decided",
            _ => $"text {Letter} was edited",
        };

        public static Entry Of(CampaignEvent entry)
        {
            using var document = JsonDocument.Parse(entry.Data);
            var data = document.RootElement;
            return new Entry(
                entry.Version, entry.Kind, data.TryGetProperty("post_pk", out var pk) ? pk.GetInt32() : 0, Text(data, "reason"), Text(data, "reopened_from"),
                Text(data, "variant"), data.TryGetProperty("generation", out var generation) ? generation.GetInt32() : 0);
        }

        private static string? Text(JsonElement data, string name) => data.TryGetProperty(name, out var value) ? value.GetString() : null;
    }

    /// <summary>Something that a person tried.</summary>
    /// <param name="Status">What came of it.</param>
    /// <param name="Changed">Whether it was written.</param>
    /// <param name="Mark">Under which mark the log must have it then.</param>
    /// <param name="Pk">The post.</param>
    /// <param name="Seen">What the person saw.</param>
    /// <param name="Answer">What they were answered.</param>
    private sealed record Turn(int Status, bool Changed, string Mark, int Pk, long Seen, JsonElement Answer)
    {
        /// <summary>A conflict names what happened between looking and deciding, and shows what the post is now.</summary>
        public void ShouldTell(IReadOnlyList<Entry> log)
        {
            var message = Answer.GetProperty("message").GetString()!;
            if (Answer.TryGetProperty("current", out var current))
            {
                message.ShouldBe("Somebody else has changed this text meanwhile.");
                current.GetProperty("text").GetString().ShouldStartWith("Words of ");
                return;
            }

            var now = Answer.GetProperty("post").GetProperty("seen").GetInt64();
            now.ShouldBeGreaterThan(Seen);
            message.ShouldEndWith(" meanwhile.");
            log.Where(entry => entry.Pk == Pk && entry.Version > Seen && entry.Version <= now).ShouldContain(
                entry => message.Contains(entry.Clause, StringComparison.Ordinal), $"\"{message}\" tells of nothing that happened");
        }
    }

    /// <summary>A person with a client of their own, who looks at a post now and then and decides upon what they remember.</summary>
    private sealed class Person(int number, Uri address, IReadOnlyList<int> posts, Task together, int turns)
    {
        // The same choices in every run; only who is quicker differs.
        private readonly Random _choice = new(number);
        private readonly Dictionary<int, (long Seen, int A, int B)> _remembered = [];

        public List<Turn> Turns { get; } = [];

        public async Task WorkAsync()
        {
            using var http = new HttpClient { BaseAddress = address };
            await together;
            for (var turn = 1; turn <= turns; turn++)
            {
                var pk = posts[_choice.Next(posts.Count)];
                if (_choice.Next(3) > 0 || !_remembered.ContainsKey(pk))
                    await LookAsync(http, pk);
                Turns.Add(await DecideAsync(http, pk, turn));
            }
        }

        private async Task LookAsync(HttpClient http, int pk)
        {
            using var response = await http.GetAsync(new Uri($"/api/posts/{pk}", UriKind.Relative));
            Remember((await Answer.ReadAsync(response)).Json);
        }

        private async Task<Turn> DecideAsync(HttpClient http, int pk, int turn)
        {
            var (seen, a, b) = _remembered[pk];
            var letter = _choice.Next(2) == 0 ? "A" : "B";
            var (path, body, kind) = _choice.Next(4) switch
            {
                0 => ("/api/approve", (object)new { pk, seen }, EventKind.PostApproved),
                1 => ("/api/graph", new { pk, seen, reject_message = $"Person {number} in turn {turn}" }, EventKind.PostRejected),
                2 => ($"/api/posts/{pk}/reopen", new { seen }, EventKind.PostReopened),
                _ => ($"/api/posts/{pk}/variants/{letter}", new { text = $"Words of {number} in turn {turn}", base_generation = letter == "A" ? a : b, seen }, EventKind.VariantEdited),
            };
            using var response = await http.PostAsync(new Uri(path, UriKind.Relative), new StringContent(JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "application/json"));
            var answer = await Answer.ReadAsync(response);
            if (kind == EventKind.VariantEdited && answer.Status == 201)
            {
                var generation = answer.Json.GetProperty("faces")[letter == "A" ? 0 : 1].GetProperty("history").EnumerateArray()
                    .Single(version => version.GetProperty("text").GetString() == $"Words of {number} in turn {turn}").GetProperty("generation").GetInt32();
                Remember(answer.Json);
                return new Turn(answer.Status, true, $"edited {pk} {letter}{generation}", pk, seen, answer.Json);
            }

            var changed = answer.Status == 200 && answer.Json.TryGetProperty("changed", out var isChanged) && isChanged.GetBoolean();
            var mark = changed ? $"{kind} {pk} {answer.Json.GetProperty("seen").GetInt64()}" : "";
            if (changed)
                _remembered[pk] = (answer.Json.GetProperty("seen").GetInt64(), a, b);
            return new Turn(answer.Status, changed, mark, pk, seen, answer.Json);
        }

        private void Remember(JsonElement post)
        {
            var current = post.GetProperty("faces").EnumerateArray().Select(face => face.GetProperty("current").GetProperty("generation").GetInt32()).ToList();
            _remembered[post.GetProperty("pk").GetInt32()] = (post.GetProperty("seen").GetInt64(), current[0], current[1]);
        }
    }
}

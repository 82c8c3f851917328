using System.Net;
using Janus.Contracts;
using Janus.Web.Api;

namespace Janus.Web.Access;

/// <summary>What the API says of a session.</summary>
/// <param name="IsOver">Whether it is over: the password is another, or the account is shut out or gone.</param>
/// <param name="Account">The account as it is now; null when the session is over, or nothing is known.</param>
internal sealed record SessionStanding(bool IsOver, AccountDto? Account)
{
    /// <summary>The session is over.</summary>
    public static SessionStanding Over { get; } = new(true, null);

    /// <summary>The API did not answer, which ends nobody's session.</summary>
    public static SessionStanding Unknown { get; } = new(false, null);
}

/// <summary>
/// Asks the API whether sessions still hold. An answer is remembered for half a minute and shared by whoever asks meanwhile, so that a page with all its
/// files costs one question. Whatever is done in a session is checked by the API each time, so only looking goes on for that long.
/// </summary>
internal sealed class Sessions(ApiConnection api, TimeProvider time)
{
    /// <summary>For how long an answer is remembered.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private const int ManyKnown = 2_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<(int Account, string Stamp), Question> _asked = [];

    /// <summary>How a person's session stands.</summary>
    public Task<SessionStanding> CheckAsync(Person person)
    {
        if (!person.HasAccount)
            return Task.FromResult(SessionStanding.Unknown);
        var key = (person.Id, person.Stamp);
        lock (_gate)
        {
            if (_asked.TryGetValue(key, out var asked) && !IsOld(asked))
                return asked.Standing;
            if (_asked.Count >= ManyKnown)
                DropOld();
            var question = new Question(time.GetTimestamp());
            _asked[key] = question;
            return question.Standing = AskAsync(person, question);
        }
    }

    /// <summary>The API has refused the session: the next one who asks about it hears what it says now.</summary>
    public void Forget(Person person)
    {
        lock (_gate)
            _asked.Remove((person.Id, person.Stamp));
    }

    // One that nobody has answered yet is shared by everybody who asks.
    private bool IsOld(Question asked) => asked.GoodFor is { } good && time.GetElapsedTime(asked.At) >= good;

    private void DropOld()
    {
        foreach (var (key, _) in _asked.Where(asked => IsOld(asked.Value)).ToList())
            _asked.Remove(key);
    }

    // For everybody who waits for the answer, so with a limit of its own and not with that of the first one.
    private async Task<SessionStanding> AskAsync(Person person, Question question)
    {
        await Task.Yield();
        var standing = SessionStanding.Unknown;
        try
        {
            standing = await AskAsync(person);
        }
        catch (Exception exception) when (exception is OperationCanceledException || Unreachable.Is(exception, CancellationToken.None))
        {
            // It did not answer; whoever is signed in stays so.
        }

        lock (_gate)
            question.GoodFor = standing == SessionStanding.Unknown ? AskAgain : Remembered;
        return standing;
    }

    private async Task<SessionStanding> AskAsync(Person person)
    {
        using var reading = CircuitTraces.Following();
        using var limit = new CancellationTokenSource(Patience, time);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("api/accounts/me", UriKind.Relative));
        using var response = await api.SendAsync(JanusApi.Long, request, person, HttpCompletionOption.ResponseContentRead, limit.Token);
        return response switch
        {
            { StatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.NotFound } => SessionStanding.Over,
            { IsSuccessStatusCode: true } => new SessionStanding(false, await response.Content.ReadFromJsonAsync<AccountDto>(JanusApi.Json, limit.Token)),
            _ => SessionStanding.Unknown,
        };
    }

    private sealed class Question(long at)
    {
        public long At => at;

        public Task<SessionStanding> Standing { get; set; } = Task.FromResult(SessionStanding.Unknown);

        public TimeSpan? GoodFor { get; set; }
    }
}

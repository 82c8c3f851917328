using System.Net;
using System.Net.Sockets;
using System.Text;
using Janus.DevTools.FakeGemini;
using Janus.Tests.Time;

namespace Janus.Tests.DevTools;

/// <summary>Plays that break or hold up a connection, seen from a bare socket.</summary>
public sealed class FakeGeminiConnectionTests
{
    private static readonly string Body = GeminiCaller.Body();

    [Fact]
    public async Task Reset_before_breaks_the_connection_although_no_body_has_come()
    {
        await using var caller = await GeminiCaller.StartAsync("reset-before");
        using var socket = await ConnectAsync(caller);

        await socket.SendAsync(Head(Body.Length));

        var (received, wasReset) = await ReceiveAsync(socket);
        (received.Length, wasReset).ShouldBe((0, true));
        var entry = caller.Gemini.Journal.Read().Requests.ShouldHaveSingleItem();
        (entry.Play, entry.Status, entry.Prompt).ShouldBe(("reset-before", null, null));
    }

    [Fact]
    public async Task Reset_after_reads_the_whole_request_first()
    {
        await using var caller = await GeminiCaller.StartAsync("reset-after");
        using var socket = await ConnectAsync(caller);
        await socket.SendAsync(Head(Body.Length));
        await socket.SendAsync(Encoding.UTF8.GetBytes(Body[..^1]));
        await caller.Gemini.Journal.UntilAsync(journal => journal.Requests.Count == 1, CancellationToken.None).WaitAsync(GeminiCaller.Deadline);
        caller.Gemini.Journal.Read().Requests[0].Play.ShouldBeNull();

        await socket.SendAsync(Encoding.UTF8.GetBytes(Body[^1..]));

        var (received, wasReset) = await ReceiveAsync(socket);
        (received.Length, wasReset).ShouldBe((0, true));
        var entry = caller.Gemini.Journal.Read().Requests[0];
        (entry.Play, entry.Prompt).ShouldBe(("reset-after", GeminiCaller.Prompt));
    }

    [Theory]
    [InlineData(GeminiCaller.TextModel)]
    [InlineData(GeminiCaller.ImageModel)]
    public async Task Reset_mid_sends_the_beginning_of_an_answer_and_pays_for_nothing(string model)
    {
        await using var caller = await GeminiCaller.StartAsync("reset-mid");
        using var socket = await ConnectAsync(caller);

        await SendAsync(socket, model);

        var (received, wasReset) = await ReceiveAsync(socket);
        wasReset.ShouldBeTrue();
        received.ShouldStartWith("HTTP/1.1 200 OK\r\n");
        received.ShouldContain("candidates");
        caller.Gemini.Journal.Read().Counts.PicturesPaidFor.ShouldBe(0);
    }

    [Fact]
    public async Task Stall_sends_the_beginning_and_holds_on_until_the_client_goes()
    {
        await using var caller = await GeminiCaller.StartAsync("stall");
        using var response = await caller.PostAsync(Body, completion: HttpCompletionOption.ResponseHeadersRead);
        var body = await response.Content.ReadAsStreamAsync();
        await body.ReadExactlyAsync(new byte[16]);
        var rest = body.ReadAsync(new byte[1]).AsTask();
        rest.IsCompleted.ShouldBeFalse();

        response.Dispose();

        (await WentAsync(caller)).Status.ShouldBe(200);
        await Should.ThrowAsync<Exception>(rest);
    }

    [Fact]
    public async Task Never_answers_until_the_client_goes()
    {
        await using var caller = await GeminiCaller.StartAsync("never");
        using var patience = new CancellationTokenSource();
        var asked = caller.PostAsync(Body, cancellationToken: patience.Token);
        await caller.Gemini.Journal.UntilAsync(journal => journal.Requests is [{ Play: "never" }], CancellationToken.None).WaitAsync(GeminiCaller.Deadline);
        asked.IsCompleted.ShouldBeFalse();

        await patience.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(asked);
        (await WentAsync(caller)).Status.ShouldBeNull();
    }

    [Fact]
    public async Task A_fake_that_stops_lets_nobody_hang()
    {
        await using var caller = await GeminiCaller.StartAsync("never");
        var asked = caller.PostAsync(Body);
        await caller.Gemini.Journal.UntilAsync(journal => journal.Requests is [{ Play: "never" }], CancellationToken.None).WaitAsync(GeminiCaller.Deadline);

        await caller.Gemini.DisposeAsync();

        await Should.ThrowAsync<HttpRequestException>(asked);
    }

    [Fact]
    public async Task Trickle_sends_a_good_answer_in_pieces_with_pauses()
    {
        var time = new ManualTime { SkipsWaits = true };
        await using var caller = await GeminiCaller.StartAsync("trickle pieces=5 pause=3s", new FakeServerOptions { Time = time });

        DecodedPng.Read(GeminiCaller.Picture(await caller.AnswerAsync(Body, GeminiCaller.ImageModel)));

        time.Elapsed.ShouldBe(TimeSpan.FromSeconds(12));
        caller.Gemini.Journal.Read().Counts.PicturesPaidFor.ShouldBe(1);
    }

    [Fact]
    public async Task A_client_that_leaves_a_trickle_has_not_paid()
    {
        await using var caller = await GeminiCaller.StartAsync("trickle pieces=5 pause=1m");
        using var response = await caller.PostAsync(
            Body, $"{GeminiCaller.ImageModel}:generateContent", HttpCompletionOption.ResponseHeadersRead);

        response.Dispose();

        (await WentAsync(caller)).Pictures.ShouldBe(0);
    }

    private static async Task<JournalEntry> WentAsync(GeminiCaller caller) =>
        (await caller.Gemini.Journal.UntilAsync(journal => journal.Requests is [{ Problem: "The client went." }], CancellationToken.None)
            .WaitAsync(GeminiCaller.Deadline)).Requests[0];

    private static async Task<Socket> ConnectAsync(GeminiCaller caller)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, caller.Gemini.Address.Port);
        return socket;
    }

    private static async Task SendAsync(Socket socket, string model)
    {
        await socket.SendAsync(Head(Body.Length, model));
        await socket.SendAsync(Encoding.UTF8.GetBytes(Body));
    }

    private static byte[] Head(int length, string model = GeminiCaller.TextModel) => Encoding.ASCII.GetBytes(
        $"POST /v1beta/models/{model}:generateContent HTTP/1.1\r\nHost: localhost\r\nx-goog-api-key: {GeminiCaller.Key}\r\n"
        + $"Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n");

    private static async Task<(string Received, bool WasReset)> ReceiveAsync(Socket socket)
    {
        var received = new StringBuilder();
        var buffer = new byte[64 * 1024];
        using var deadline = new CancellationTokenSource(GeminiCaller.Deadline);
        try
        {
            while (await socket.ReceiveAsync(buffer, deadline.Token) is > 0 and var count)
                received.Append(Encoding.UTF8.GetString(buffer, 0, count));
            return (received.ToString(), false);
        }
        catch (SocketException broken) when (broken.SocketErrorCode == SocketError.ConnectionReset)
        {
            return (received.ToString(), true);
        }
    }
}

#pragma warning disable MEAI001 // IImageGenerator is marked experimental; the pictures of Gemini are tested through it.
using System.Net;
using System.Net.Sockets;
using Janus.Gemini;
using Microsoft.Extensions.AI;

namespace Janus.Tests.Gemini;

/// <summary>Connections that fail, break and hang. What matters is whether the call may have been carried out and charged.</summary>
public class ConnectionTests
{
    /// <summary>Only ends a test that would hang.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("text")]
    [InlineData("picture")]
    public async Task Nobody_at_the_other_end_means_that_nothing_was_sent(string what)
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Text("Hello."));
        gemini.Options.Endpoint = UnusedAddress();

        (await gemini.FailAsync(what)).Kind.ShouldBe(GeminiFailureKind.Overloaded);

        gemini.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_failed_handshake_means_that_nothing_was_sent()
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Text("Hello."));
        gemini.Options.Endpoint = new UriBuilder(gemini.Address) { Scheme = "https" }.Uri;

        (await gemini.FailAsync("text")).Kind.ShouldBe(GeminiFailureKind.Overloaded);

        gemini.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("text")]
    [InlineData("picture")]
    public async Task A_connection_that_breaks_after_the_request_leaves_the_outcome_unknown(string what)
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.BreakAfterRequest);

        (await gemini.FailAsync(what)).Kind.ShouldBe(GeminiFailureKind.OutcomeUnknown);

        gemini.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task So_does_one_that_had_served_before()
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Text("Hello."), Reply.BreakAfterRequest);
        await gemini.AskAsync("text");

        (await gemini.FailAsync("text")).Kind.ShouldBe(GeminiFailureKind.OutcomeUnknown);

        gemini.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task So_does_one_that_breaks_during_the_answer()
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.BreakDuringAnswer);

        (await gemini.FailAsync("picture")).Kind.ShouldBe(GeminiFailureKind.OutcomeUnknown);

        gemini.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_connection_that_breaks_during_the_request_carried_nothing_out()
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.BreakDuringRequest);
        // More than the buffers of a connection hold, so that the break is met while writing.
        var original = new DataContent(new byte[15_000_000], "image/png");

        var failure = await Should.ThrowAsync<GeminiException>(gemini.Pictures.GenerateAsync(new ImageGenerationRequest("Bread", [original])));

        failure.Kind.ShouldBe(GeminiFailureKind.Overloaded);
        gemini.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("text")]
    [InlineData("picture")]
    public async Task No_answer_within_the_time_limit_is_a_time_out(string what)
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Never);
        var asking = gemini.FailAsync(what);
        await gemini.FirstRequest.WaitAsync(Deadline);

        gemini.Time.ElapseLimits();

        (await asking.WaitAsync(Deadline)).Kind.ShouldBe(GeminiFailureKind.TimedOut);
        gemini.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_HttpClient_that_gives_up_by_itself_is_a_time_out_too()
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Never);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var client = new GeminiChatClient(http, gemini.Options);
        var asking = client.GetResponseAsync("Write a post.");
        await gemini.FirstRequest.WaitAsync(Deadline);

        http.CancelPendingRequests();

        (await Should.ThrowAsync<GeminiException>(asking.WaitAsync(Deadline))).Kind.ShouldBe(GeminiFailureKind.TimedOut);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("picture")]
    public async Task A_caller_that_cancels_is_let_go_at_once(string what)
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Never);
        using var cancelling = new CancellationTokenSource();
        var asking = gemini.AskAsync(what, cancelling.Token);
        await gemini.FirstRequest.WaitAsync(Deadline);

        await cancelling.CancelAsync();

        var cancelled = await Should.ThrowAsync<OperationCanceledException>(asking.WaitAsync(Deadline));
        cancelled.CancellationToken.ShouldBe(cancelling.Token);
    }

    [Fact]
    public async Task Waiting_for_a_quota_can_be_cancelled_too()
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Quota("GenerateRequestsPerMinutePerProjectPerModel", "90s"));
        gemini.Options.Retry.QuotaLongestDelay = TimeSpan.FromMinutes(2);
        using var cancelling = new CancellationTokenSource();
        var asking = gemini.AskAsync("text", cancelling.Token);
        await gemini.FirstRequest.WaitAsync(Deadline);

        await cancelling.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(asking.WaitAsync(Deadline));
        gemini.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_cancelled_caller_sends_nothing()
    {
        await using var gemini = await FakeGemini.StartAsync(Reply.Text("Hello."));

        await Should.ThrowAsync<OperationCanceledException>(gemini.AskAsync("text", new CancellationToken(canceled: true)));

        gemini.Requests.ShouldBeEmpty();
    }

    private static Uri UnusedAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://{listener.LocalEndpoint}");
    }
}

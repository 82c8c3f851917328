using System.Diagnostics;
using System.Globalization;
using Janus.DevTools;
using Janus.DevTools.FakeGemini;

namespace Janus.Tests.DevTools;

/// <summary><c>fake-gemini</c> as people run it.</summary>
public sealed class FakeGeminiCommandTests
{
    private const string Ready = "fake-gemini ready http://127.0.0.1:";

    [Fact]
    public async Task It_says_where_it_is_answers_and_stops_when_asked()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signal to ask with");
        using var fake = Start("fake-gemini", "--script", "503", "--key", GeminiCaller.Key);
        try
        {
            var line = (await fake.StandardOutput.ReadLineAsync().WaitAsync(GeminiCaller.Deadline)).ShouldNotBeNull();
            line.ShouldStartWith(Ready);
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(line["fake-gemini ready ".Length..]) };
            http.DefaultRequestHeaders.Add("x-goog-api-key", GeminiCaller.Key);
            (await StatusAsync(http)).ShouldBe(503);
            (await StatusAsync(http)).ShouldBe(200);

            using var kill = Process.Start("kill", ["-TERM", fake.Id.ToString(CultureInfo.InvariantCulture)]);
            await fake.WaitForExitAsync().WaitAsync(GeminiCaller.Deadline);

            fake.ExitCode.ShouldBe(130);
        }
        finally
        {
            if (!fake.HasExited)
                fake.Kill();
        }
    }

    [Fact]
    public async Task A_port_that_is_taken_is_wrong_usage()
    {
        await using var caller = await GeminiCaller.StartAsync();
        var port = caller.Gemini.Address.Port.ToString(CultureInfo.InvariantCulture);

        (await Should.ThrowAsync<UsageException>(FakeGeminiCommand.RunAsync(["--port", port], TextWriter.Null, CancellationToken.None)))
            .Message.ShouldBe($"Port {port} is taken.");
    }

    [Fact]
    public async Task Without_a_key_of_its_own_it_takes_any()
    {
        await using var gemini = await FakeGeminiServer.StartAsync(new FakeServerOptions(), CancellationToken.None);
        using var http = GeminiCaller.NewHttp(gemini);
        http.DefaultRequestHeaders.Add("x-goog-api-key", "any");

        (await StatusAsync(http)).ShouldBe(200);
    }

    private static async Task<int> StatusAsync(HttpClient http)
    {
        using var content = new StringContent(GeminiCaller.Body(), System.Text.Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri($"v1beta/models/{GeminiCaller.TextModel}:generateContent", UriKind.Relative), content);
        return (int)response.StatusCode;
    }

    private static Process Start(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true };
        start.ArgumentList.Add(typeof(FakeGeminiCommand).Assembly.Location);
        foreach (var arg in args)
            start.ArgumentList.Add(arg);
        return Process.Start(start)!;
    }
}

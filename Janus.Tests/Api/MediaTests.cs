using Janus.Campaigns.Media;

namespace Janus.Tests.Api;

public sealed class MediaTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 1, 2, 3, 4];

    [Theory]
    [InlineData("image/png", ".png")]
    [InlineData("image/jpeg", ".jpg")]
    [InlineData("image/webp", ".webp")]
    [InlineData("image/svg+xml", ".svg")]
    public async Task A_picture_has_its_type_and_may_be_kept_for_ever(string type, string ending)
    {
        var name = await KeepAsync(type);
        name.ShouldEndWith(ending);
        using var response = await host.Http.GetAsync($"/media/{name}");
        var answer = await Answer.ReadAsync(response);

        answer.Status.ShouldBe(200);
        (await response.Content.ReadAsByteArrayAsync()).ShouldBe(Png);
        answer["Content-Type"].ShouldBe(type);
        answer["Cache-Control"].ShouldBe("public, max-age=31536000, immutable");
        answer["ETag"].ShouldBe($"\"{name}\"");
        answer["X-Content-Type-Options"].ShouldBe("nosniff");
        answer["Content-Security-Policy"].ShouldBe("default-src 'none'; style-src 'unsafe-inline'; sandbox");
        answer["Accept-Ranges"].ShouldBe("bytes");
    }

    [Fact]
    public async Task A_picture_that_the_client_has_is_a_304()
    {
        var name = await KeepAsync("image/png");
        (await host.GetAsync($"/media/{name}", ("If-None-Match", $"\"{name}\""))).Status.ShouldBe(304);
    }

    [Fact]
    public async Task A_part_of_a_picture_can_be_asked_for()
    {
        var name = await KeepAsync("image/png");
        var part = await host.GetAsync($"/media/{name}", ("Range", "bytes=1-3"));
        (part.Status, part.Text, part["Content-Range"]).ShouldBe((206, "PNG", "bytes 1-3/8"));
    }

    [Fact]
    public async Task A_picture_can_be_asked_about()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, $"/media/{await KeepAsync("image/png")}");
        var answer = await host.SendAsync(request);
        (answer.Status, answer["Content-Length"]).ShouldBe((200, "8"));
    }

    [Theory]
    [InlineData("/media/0123456789abcdef0123456789abcdef.png")]
    [InlineData("/media/..%2fjanus.db")]
    [InlineData("/media/..%2f..%2fetc%2fpasswd")]
    [InlineData("/media/%2e%2e/janus.db")]
    [InlineData("/media/%2fetc%2fpasswd")]
    [InlineData("/media/..%5cjanus.db")]
    [InlineData("/media/")]
    [InlineData("/media/a/b.png")]
    [InlineData("/media/0123456789abcdef0123456789abcdef.png%00.svg")]
    [InlineData("/media/0123456789ABCDEF0123456789ABCDEF.png")]
    [InlineData("/media/0123456789abcdef0123456789abcdef.png.tmp")]
    public async Task Anything_else_is_not_there(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Http.BaseAddress! + path[1..], new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        var answer = await host.SendAsync(request);
        answer.Status.ShouldBeOneOf(400, 404);
        answer.Text.ShouldNotContain("SQLite");
        if (!path.Contains("%00", StringComparison.Ordinal))
            answer.ShouldBeProblem(404);
    }

    private Task<string> KeepAsync(string type) => host.Get<IMediaStore>().KeepAsync(Png, type, CancellationToken.None);
}

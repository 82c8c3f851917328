using System.Text;

namespace Janus.Tests.Api;

/// <summary>No text with U+0000 gets in, on either database: one of them could not store it.</summary>
public sealed class ControlCharacterTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Theory]
    [InlineData("product_description")]
    [InlineData("gtm_goals")]
    [InlineData("campaign_name")]
    [InlineData("audience")]
    [InlineData("tone")]
    [InlineData("platform")]
    [InlineData("time_zone")]
    [InlineData("use_words")]
    [InlineData("avoid_words")]
    public async Task A_brief_is_refused_by_its_field(string field)
    {
        var value = field.EndsWith("_words", StringComparison.Ordinal) ? (object)new[] { "good", "b\0d" } : field == "time_zone" ? "UTC\0" : "X\0";
        (await host.PostAsync("/api/strategy/plan/", Briefs.With(field, value))).ShouldName(field);
    }

    [Theory]
    [InlineData("POST", "/api/posts/{pk}/variants/A", """{"text":"a\u0000b","base_generation":1}""", "text")]
    [InlineData("POST", "/api/posts/{pk}/variants/A", """{"image_caption":"a\u0000b","base_generation":1}""", "image_caption")]
    [InlineData("POST", "/api/posts/{pk}/regenerate", """{"letter":"A","kind":"text","hint":"\u0000"}""", "hint")]
    [InlineData("POST", "/api/posts/{pk}/publish", """{"url":"https://example.com/\u0000"}""", "url")]
    [InlineData("POST", "/api/graph", """{"pk":{pk},"reject_message":"no\u0000"}""", "reject_message")]
    [InlineData("POST", "/api/posts/decide", """{"action":"reject","decisions":[{"pk":{pk}}],"reason":"no\u0000"}""", "reason")]
    [InlineData("POST", "/selectVariant", """{"pk":{pk},"variant_id":"A\u0000"}""", "variant_id")]
    [InlineData("POST", "/api/campaigns/{id}/cancel", """{"reason":"no\u0000"}""", "reason")]
    [InlineData("POST", "/api/campaigns/{id}/pause", """{"reason":"no\u0000"}""", "reason")]
    [InlineData("POST", "/api/campaigns/{id}/replan", """{"phase_num":2,"new_direction":"up\u0000"}""", "new_direction")]
    [InlineData("POST", "/api/agents/generate-new-post", """{"nodes":[{pk}],"prompt":"more\u0000"}""", "prompt")]
    [InlineData("POST", "/api/approveAll", """{"campaign_id":"{id}\u0000"}""", "campaign_id")]
    [InlineData("PUT", "/api/campaigns/{id}/schedule", """{"time_zone":"UTC\u0000"}""", "time_zone")]
    [InlineData("GET", "/api/agents/campaigns?q=a%00b", null, "q")]
    public async Task A_text_is_refused_by_its_field(string method, string path, string? body, string field)
    {
        var id = await host.PlanAsync();
        await host.MakeContentAsync(pictures: false);
        var pk = (await host.PostsOfAsync(id))[0].ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(new HttpMethod(method), Fill(path));
        if (body is not null)
            request.Content = new StringContent(Fill(body), Encoding.UTF8, "application/json");

        (await host.SendAsync(request)).ShouldName(field)[field].ShouldContain("must not contain control characters");

        string Fill(string text) => text.Replace("{id}", id, StringComparison.Ordinal).Replace("{pk}", pk, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/nodesJson?campaign_id=%00")]
    [InlineData("/api/nodesJson?campaign_id=c_0000000000000000000000%00")]
    public async Task What_nobody_has_is_not_there(string path) => (await host.GetAsync(path)).ShouldBeProblem(404);
}

using Janus.Tests.Storage;

namespace Janus.Tests.Api;

/// <summary>A request that takes longer than it may is given up, and changes nothing.</summary>
public sealed class RequestLimitTests(RequestLimitTests.HastyHost host) : IClassFixture<RequestLimitTests.HastyHost>
{
    [Fact]
    public async Task A_request_that_waits_too_long_is_told_to_come_back_and_then_works()
    {
        using (var other = host.Store.Open())
        {
            other.Run(TestStore.IsPostgres ? "BEGIN; LOCK TABLE spending_days IN EXCLUSIVE MODE" : "BEGIN IMMEDIATE");
            (await SetAsync(7)).ShouldBeProblem(503);
            other.Run("ROLLBACK");
        }

        (await host.GetAsync("/api/budget")).Json.GetProperty("cap_micro_usd").GetInt64().ShouldNotBe(7_000_000);
        (await SetAsync(8)).Json.GetProperty("cap_micro_usd").GetInt64().ShouldBe(8_000_000);
    }

    private async Task<Answer> SetAsync(int usd)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/budget/day")
        {
            Content = new StringContent($"{{\"cap_usd\":{usd}}}", System.Text.Encoding.UTF8, "application/json"),
        };
        return await host.SendAsync(request);
    }

    /// <summary>An API that waits for a second.</summary>
    public sealed class HastyHost : ApiHost
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.Ordinal) { ["Janus:Api:RequestLimit"] = "00:00:01" };
    }
}

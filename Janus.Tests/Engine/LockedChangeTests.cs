using System.Text.Json;
using Janus.Campaigns;
using Janus.Campaigns.Events;
using Janus.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Janus.Tests.Engine;

public sealed class LockedChangeTests
{
    [Fact]
    public async Task An_event_says_how_often_a_lock_refused_its_transaction_and_only_then()
    {
        await using var database = await TestDatabase.CreateAsync();
        var campaign = Samples.NewCampaign();
        await using (var writing = database.NewContext())
        {
            writing.Campaigns.Add(campaign);
            await writing.SaveChangesAsync();
        }

        (await RecordAsync(database, campaign.Id)).TryGetProperty("db_retries", out _).ShouldBeFalse();
        using (var foreign = ForeignLock.OnWriting(database).ReleasedBy(database.Retry))
        {
            var refused = await RecordAsync(database, campaign.Id);
            refused.GetProperty("db_retries").GetInt32().ShouldBe(foreign.Refusals.Count);
            foreign.Refusals.Count.ShouldBeGreaterThan(0);
        }

        (await RecordAsync(database, campaign.Id)).TryGetProperty("db_retries", out _).ShouldBeFalse();
        Campaigns.Storage.LockRetry.RefusedTries.ShouldBe(0);
    }

    private static async Task<JsonElement> RecordAsync(TestDatabase database, int campaignId)
    {
        var data = "";
        await database.Services.GetRequiredService<CampaignWriter>().ChangeAsync("test", campaignId, (change, _) =>
        {
            change.Record(EventKind.PostApproved, new { post_pk = 1 });
            data = change.Context.Events.Local.Single().Data;
            return Task.FromResult(Decision<bool>.Accept(true));
        }, CancellationToken.None);
        return JsonSerializer.Deserialize<JsonElement>(data);
    }
}

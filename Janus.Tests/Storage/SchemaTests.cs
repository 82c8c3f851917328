using Microsoft.EntityFrameworkCore;

namespace Janus.Tests.Storage;

public sealed class SchemaTests
{
    [Fact]
    public async Task No_model_change_is_pending()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var context = database.NewContext();

        context.Database.HasPendingModelChanges().ShouldBeFalse();
    }

    [Fact]
    public async Task Times_are_ordered_and_compared_in_sql_to_the_microsecond()
    {
        await using var database = await TestDatabase.CreateAsync();
        var noon = new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
        var inAnotherZone = noon.AddMicroseconds(1).ToOffset(TimeSpan.FromHours(5));
        await using (var writing = database.NewContext())
        {
            writing.Campaigns.AddRange(
                Samples.NewCampaign("third", noon.AddMicroseconds(2)), Samples.NewCampaign("first", noon), Samples.NewCampaign("second", inAnotherZone),
                Samples.NewCampaign("before", DateTimeOffset.UnixEpoch.AddMicroseconds(-1)));
            await writing.SaveChangesAsync();
        }

        await using var context = database.NewContext();
        var ordered = await context.Campaigns.OrderBy(campaign => campaign.CreatedAt).Select(campaign => campaign.Name).ToListAsync();
        var later = await context.Campaigns.Where(campaign => campaign.CreatedAt > noon && campaign.CreatedAt <= inAnotherZone)
            .Select(campaign => campaign.CreatedAt).ToListAsync();

        ordered.ShouldBe(["before", "first", "second", "third"]);
        later.ShouldHaveSingleItem().ShouldBe(noon.AddMicroseconds(1));
        later[0].Offset.ShouldBe(TimeSpan.Zero);
        database.Count("SELECT created_at FROM campaigns WHERE name = 'first'").ShouldBe(noon.ToUnixTimeMilliseconds() * 1000);
    }
}

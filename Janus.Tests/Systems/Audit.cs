using Janus.Campaigns;
using Janus.Campaigns.Events;
using Janus.Campaigns.Media;
using Janus.Campaigns.Steps;
using Janus.Campaigns.Storage;
using Janus.Tests.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Janus.Tests.Systems;

/// <summary>What the database and the media folder say in the end: nothing lost, nothing doubled.</summary>
/// <param name="Steps">Steps in all.</param>
/// <param name="Attempts">Attempts in all: model calls at the most.</param>
/// <param name="Lost">Attempts whose worker was lost.</param>
/// <param name="Released">Attempts that a stopping worker gave back.</param>
internal sealed record Audit(int Steps, int Attempts, int Lost, int Released)
{
    /// <summary>Reads everything and holds it to the rules. Every campaign must be scheduled.</summary>
    /// <param name="dataDirectory">Where it is.</param>
    /// <param name="campaigns">How many there are.</param>
    /// <param name="mayFail">Whether the provider was told to fail now and then.</param>
    public static async Task<Audit> OfAsync(string dataDirectory, int campaigns, bool mayFail = false)
    {
        await using var services = await ServicesForAsync(dataDirectory);
        await using var tables = services.GetRequiredService<DatabaseEngine>().NewContext();

        var found = await tables.Campaigns.ToListAsync();
        found.Count.ShouldBe(campaigns);
        foreach (var campaign in found)
        {
            campaign.Phase.ShouldBe(Phase.Scheduled);
            var events = await tables.Events.Where(e => e.CampaignId == campaign.Id).OrderBy(e => e.Version).ToListAsync();
            events.Select(e => e.Version).SequenceEqual(Enumerable.Range(1, events.Count).Select(n => (long)n)).ShouldBeTrue("the event log has a gap");
            campaign.Version.ShouldBe(events.Count);
            events.Where(e => e.Kind == EventKind.PhaseChanged).Select(e => System.Text.Json.JsonDocument.Parse(e.Data).RootElement.GetProperty("to").GetString())
                .ShouldBe(["content_creation", "scheduled"]);
        }

        var posts = await tables.Posts.ToListAsync();
        var variants = await tables.Variants.ToListAsync();
        variants.Count.ShouldBe(posts.Count * 2);
        variants.Select(v => (v.PostId, v.Letter)).Distinct().Count().ShouldBe(variants.Count);
        variants.Count(v => v.Text.Length == 0 || v.Asset is null).ShouldBe(0);
        variants.Select(v => v.Asset).Distinct().Count().ShouldBe(variants.Count);
        var media = services.GetRequiredService<IMediaStore>();
        foreach (var variant in variants)
            (await media.HoldsAsync(tables, variant.Asset!, CancellationToken.None)).ShouldBeTrue("a picture is lost");

        var steps = await tables.Steps.ToListAsync();
        steps.Count.ShouldBe(posts.Count * 3);
        steps.Count(step => step.State != StepState.Done).ShouldBe(0);
        var attempts = await tables.Attempts.ToListAsync();
        attempts.Where(attempt => attempt.Outcome == AttemptOutcome.Done).Select(attempt => attempt.StepId).Order()
            .SequenceEqual(steps.Select(step => step.Id).Order()).ShouldBeTrue("a step was done twice, or never");
        var lost = attempts.Count(attempt => attempt.Outcome == AttemptOutcome.Lost);
        var released = attempts.Count(attempt => attempt.Outcome == AttemptOutcome.Released);
        var failed = attempts.Count(attempt => attempt.Outcome == AttemptOutcome.Failed);
        (failed == 0 || mayFail).ShouldBeTrue("an attempt failed that nobody told to");
        attempts.Count.ShouldBe(steps.Count + lost + released + failed);

        // Whatever a kill left in the folder is an orphan, and goes; nothing else does.
        await media.SweepAsync(TimeProvider.System.GetUtcNow(), CancellationToken.None);
        var kept = tables is PostgresCampaignsContext
            ? await tables.Set<StoredPicture>().Select(picture => picture.Name).ToListAsync()
            : [.. Directory.GetFiles(Path.Combine(dataDirectory, "media")).Select(file => Path.GetFileName(file))];
        kept.Order().ShouldBe(variants.Select(variant => variant.Asset!).Order(), "orphans were left, or a picture was swept away");
        SqliteConnection.ClearAllPools();
        return new Audit(steps.Count, attempts.Count, lost, released);
    }

    /// <summary>Every attempt, as it stands.</summary>
    public static async Task<IReadOnlyList<GenerationAttempt>> AttemptsAsync(string dataDirectory)
    {
        await using var services = await ServicesForAsync(dataDirectory);
        await using var tables = services.GetRequiredService<DatabaseEngine>().NewContext();
        return await tables.Attempts.AsNoTracking().ToListAsync();
    }

    private static async Task<ServiceProvider> ServicesForAsync(string dataDirectory) => new ServiceCollection().AddLogging().AddCampaignStorage(
        new ConfigurationBuilder().AddInMemoryCollection(await DataStores.SettingsOfAsync(dataDirectory)).Build()).BuildServiceProvider();
}

using System.Text.Json;
using Janus.Campaigns;
using Janus.Campaigns.Events;
using Janus.Campaigns.Planning;
using Janus.Campaigns.Reading;
using Janus.Tests.Engine;

namespace Janus.Tests.Arrows;

/// <summary>Every command that can reach a campaign, in every situation of each phase, paused and not.</summary>
public sealed class CampaignArrowsTests
{
    // A plus says that it is paused. "creating" has one part running and one ready; of "last" one part runs and the rest is made; of "last_of_dead"
    // it is not; in "stopped" one part runs on after a cause has stopped the campaign; in "remaking" a text is being made anew.
    private static readonly ArrowTable Table = ArrowTable.Parse(
        """
                         planning          planning+  failed     creating           creating+          last               last+              last_of_dead       stopped            scheduled         accepted          remaking          remaking+          active     analyzing  completed
        claim            content_creation  .          .          =                  .                  .                  .                  .                  .                  .                 .                 =                 .                  .          .          .
        complete         .                 .          .          =                  =                  scheduled          scheduled          planning           planning           .                 .                 .                 .                  .          .          .
        fail_for_good    .                 .          .          =                  =                  planning           planning           planning           planning           .                 .                 .                 .                  .          .          .
        release          .                 .          .          =                  =                  =                  =                  =                  planning           .                 .                 .                 .                  .          .          .
        cancel           =                 planning   .          planning           planning           planning           planning           planning           planning           .                 .                 =                 scheduled          .          .          .
        accept           .                 .          scheduled  scheduled          scheduled          scheduled          scheduled          scheduled          scheduled          .                 .                 .                 .                  .          .          .
        retry            .                 .          =          .                  .                  .                  .                  =                  =                  .                 =                 .                 .                  .          .          .
        pause            planning+         .          .          content_creation+  .                  content_creation+  .                  content_creation+  content_creation+  .                 .                 scheduled+        .                  .          .          .
        resume           .                 planning   .          .                  content_creation   .                  content_creation   .                  .                  .                 .                 .                 scheduled          .          .          .
        regenerate       .                 .          =          =                  =                  =                  =                  =                  =                  =                 =                 .                 .                  .          .          .
        follow_up        =                 =          .          =                  =                  =                  =                  =                  .                  content_creation  content_creation  content_creation  content_creation+  =          .          .
        propose          =                 =          .          =                  =                  =                  =                  =                  .                  =                 =                 =                 =                  =          .          .
        replan           =                 =          .          =                  =                  =                  =                  =                  .                  content_creation  content_creation  content_creation  content_creation+  =          .          .
        first_post_out   .                 .          .          .                  .                  .                  .                  .                  .                  active            active            active            active+            .          .          .
        said_so          .                 .          .          .                  .                  .                  .                  .                  .                  .                 .                 .                 .                  analyzing  completed  .
        """);

    [Fact]
    public async Task Every_command_in_every_situation_of_a_campaign_comes_to_what_the_page_draws_or_is_refused_with_nothing_written()
    {
        await using var engine = await TestEngine.StartAsync();
        var situations = new CampaignSituations(engine);
        var arrows = new List<Arrow>();
        var walk = new ArrowWalk<CampaignSubject>(engine, Table, situations.States, situations.Commands, situations.StateAsync)
        {
            Carried = async (subject, walked) => arrows.AddRange(await MovesAsync(engine, subject.Campaign, walked.Version)),
        };

        await walk.RunAsync();

        var campaign = await engine.PlanAsync(posts: 1);
        arrows.Add(new Arrow(Arrow.Start, (await engine.GraphAsync(campaign)).Campaign.Phase.ToWord(), "planned"));
        await ArrowPage.ShouldDrawAsync("Campaign", arrows);
    }

    // The log is what says in which order the phases came, and why.
    private static async Task<IEnumerable<Arrow>> MovesAsync(TestEngine engine, StoredCampaign campaign, long after) =>
        from entry in await engine.Get<EventReader>().AfterAsync(campaign.Id, after, CancellationToken.None)
        where entry.Kind == EventKind.PhaseChanged
        let data = JsonDocument.Parse(entry.Data).RootElement
        select new Arrow(data.GetProperty("from").GetString()!, data.GetProperty("to").GetString()!, data.GetProperty("cause").GetString()!);
}

using Janus.Campaigns;
using Janus.Campaigns.Scheduling;

namespace Janus.Tests.Scheduling;

public sealed class ScheduleProposalTests
{
    private static readonly DateTimeOffset Now = new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ScheduleRules Nights = new() { TimeZone = "Europe/Berlin", StartDate = new DateOnly(2027, 3, 10), QuietFrom = new(22, 0), QuietTo = new(7, 0) };

    [Fact]
    public void Posts_go_out_one_a_day_phase_by_phase_and_after_what_leads_to_them()
    {
        // The plan names the later post of phase 1 first.
        var posts = new[] { At(1, phase: 2), At(2, phase: 1), At(3, phase: 1), At(4, phase: 3) };

        var dates = ScheduleProposal.Make(Nights, posts, [Edge(3, 2), Edge(2, 1), Edge(1, 4)], Now)!;

        dates.Select(date => date.Post.Id).ShouldBe([3, 2, 1, 4]);
        dates.Select(date => date.Date.Local).ShouldBe(Enumerable.Range(0, 4).Select(day => new DateTime(2027, 3, 10, 10, 0, 0).AddDays(day)));
        dates[0].Date.At.ShouldBe(new DateTimeOffset(2027, 3, 10, 9, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public void The_same_campaign_and_day_give_the_same_dates()
    {
        var posts = Enumerable.Range(1, 9).Select(id => At(id, phase: ((id - 1) % 3) + 1)).ToList();
        PostEdge[] edges = [Edge(7, 4), Edge(4, 1), Edge(1, 7), Edge(8, 2)];

        var once = ScheduleProposal.Make(Nights, posts, edges, Now)!;
        var again = ScheduleProposal.Make(Nights, [.. Enumerable.Reverse(posts)], edges, Now.AddHours(3))!;

        again.Select(date => (date.Post.Id, date.Date.At)).ShouldBe(once.Select(date => (date.Post.Id, date.Date.At)));
        once.Count.ShouldBe(9);
    }

    [Fact]
    public void A_last_day_spreads_them_evenly_and_several_of_a_day_over_the_day()
    {
        var rules = Nights with { EndDate = new DateOnly(2027, 3, 12) };
        var posts = Enumerable.Range(1, 6).Select(id => At(id)).ToList();

        var dates = ScheduleProposal.Make(rules, posts, [], Now)!;

        dates.Select(date => date.Date.Local.ToString("dd HH:mm", System.Globalization.CultureInfo.InvariantCulture))
            .ShouldBe(["10 10:00", "10 14:00", "11 10:00", "11 14:00", "12 10:00", "12 14:00"]);
    }

    [Theory]
    [InlineData(22, 7)]
    [InlineData(7, 22)]
    [InlineData(9, 18)]
    [InlineData(0, 12)]
    [InlineData(12, 0)]
    [InlineData(1, 0)]
    public void Nothing_is_proposed_in_quiet_hours_also_when_they_span_midnight(int from, int to)
    {
        var rules = Nights with { QuietFrom = new(from, 0), QuietTo = new(to, 0), EndDate = new DateOnly(2027, 3, 11) };
        var posts = Enumerable.Range(1, 40).Select(id => At(id)).ToList();

        var dates = ScheduleProposal.Make(rules, posts, [], Now)!;

        dates.Count.ShouldBe(40);
        dates.ShouldAllBe(date => !new QuietHours(new(from, 0), new(to, 0)).Contains(TimeOnly.FromDateTime(date.Date.Local)));
        dates.Select(date => date.Date.At).ShouldBeUnique();
        dates.Select(date => date.Date.At).ShouldBeInOrder();
    }

    [Fact]
    public void Quiet_hours_over_midnight_hold_from_the_first_minute_to_the_last()
    {
        var quiet = new QuietHours(new(22, 0), new(7, 0));

        quiet.Contains(new(22, 0)).ShouldBeTrue();
        quiet.Contains(new(0, 0)).ShouldBeTrue();
        quiet.Contains(new(6, 59)).ShouldBeTrue();
        quiet.Contains(new(7, 0)).ShouldBeFalse();
        quiet.Contains(new(21, 59)).ShouldBeFalse();
        new QuietHours(new(7, 0), new(7, 0)).Contains(new(7, 0)).ShouldBeFalse();
    }

    [Fact]
    public void Posts_that_wait_or_have_a_date_keep_their_places()
    {
        var posts = new[] { At(1, PostStatus.Draft), At(2), At(3, PostStatus.Scheduled, new DateTimeOffset(2027, 3, 20, 9, 0, 0, TimeSpan.Zero)), At(4), At(5, PostStatus.Rejected) };

        var dates = ScheduleProposal.Make(Nights, posts, [Edge(3, 4)], Now)!;

        // The draft keeps the tenth; what follows the third goes out the day after it.
        dates.Select(date => (date.Post.Id, date.Date.Local.Day)).ShouldBe([(2, 11), (4, 21)]);
    }

    [Fact]
    public void Nothing_is_proposed_for_a_day_that_has_begun_or_after_the_last()
    {
        var today = Nights with { StartDate = new DateOnly(2027, 3, 1) };

        ScheduleProposal.Make(today, [At(1)], [], Now)![0].Date.Local.ShouldBe(new DateTime(2027, 3, 2, 10, 0, 0));
        ScheduleProposal.Make(today with { EndDate = new DateOnly(2027, 3, 1) }, [At(1)], [], Now).ShouldBeNull();
    }

    private static Post At(int id, PostStatus status = PostStatus.Approved, DateTimeOffset? at = null, int phase = 1) => new()
    {
        Id = id, NodeId = $"n{id}", Title = $"Post {id}", Description = "", Platform = "X", PhaseNumber = phase, Status = status, ScheduledAt = at,
    };

    private static Post At(int id, int phase) => At(id, PostStatus.Approved, null, phase);

    private static PostEdge Edge(int from, int to) => new() { FromPostId = from, ToPostId = to };
}

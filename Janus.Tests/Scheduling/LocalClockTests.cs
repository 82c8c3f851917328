using Janus.Campaigns.Scheduling;

namespace Janus.Tests.Scheduling;

public sealed class LocalClockTests
{
    private static readonly TimeZoneInfo Berlin = IanaZone.Find("Europe/Berlin")!;

    [Fact]
    public void A_time_that_the_clocks_leave_out_becomes_the_first_one_after_it_and_that_is_said()
    {
        var time = LocalClock.Resolve(new DateTime(2027, 3, 28, 2, 30, 0), Berlin);

        time.At.ShouldBe(Utc(2027, 3, 28, 1, 0));
        time.Local.ShouldBe(new DateTime(2027, 3, 28, 3, 0, 0));
        time.Note.ShouldBe("02:30 does not exist on 28 March 2027 in Europe/Berlin, because the clocks go forward then. It goes out at 03:00.");
    }

    [Fact]
    public void A_time_that_comes_twice_is_the_earlier_one_and_that_is_said()
    {
        var time = LocalClock.Resolve(new DateTime(2027, 10, 31, 2, 30, 0), Berlin);

        time.At.ShouldBe(Utc(2027, 10, 31, 0, 30));
        time.Local.ShouldBe(new DateTime(2027, 10, 31, 2, 30, 0));
        time.Note.ShouldBe("02:30 comes twice on 31 October 2027 in Europe/Berlin, because the clocks go back then. It goes out the first time, at 00:30 UTC.");
    }

    [Fact]
    public void An_instant_of_the_second_time_is_kept_and_said()
    {
        var time = LocalClock.At(Utc(2027, 10, 31, 1, 30), Berlin);

        time.At.ShouldBe(Utc(2027, 10, 31, 1, 30));
        time.Local.ShouldBe(new DateTime(2027, 10, 31, 2, 30, 0));
        time.Note.ShouldNotBeNull().ShouldContain("the second time, at 01:30 UTC");
    }

    [Theory]
    [InlineData("Asia/Kathmandu", 2027, 6, 1, 10, 0, "2027-06-01T04:15:00Z")]
    [InlineData("Pacific/Chatham", 2027, 6, 1, 10, 0, "2027-05-31T21:15:00Z")]
    [InlineData("Pacific/Kiritimati", 2027, 6, 1, 10, 0, "2027-05-31T20:00:00Z")]
    [InlineData("America/St_Johns", 2027, 6, 1, 10, 0, "2027-06-01T12:30:00Z")]
    [InlineData("UTC", 2027, 3, 28, 2, 30, "2027-03-28T02:30:00Z")]
    public void Odd_offsets_are_counted_to_the_minute(string zone, int year, int month, int day, int hour, int minute, string at)
    {
        var time = LocalClock.Resolve(new DateTime(year, month, day, hour, minute, 0), IanaZone.Find(zone)!);

        time.At.ShouldBe(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture));
        time.Note.ShouldBeNull();
        LocalClock.At(time.At, IanaZone.Find(zone)!).Local.ShouldBe(time.Local);
    }

    [Fact]
    public void A_change_of_half_an_hour_moves_a_time_by_no_more_than_that()
    {
        var time = LocalClock.Resolve(new DateTime(2027, 10, 3, 2, 15, 0), IanaZone.Find("Australia/Lord_Howe")!);

        time.Local.ShouldBe(new DateTime(2027, 10, 3, 2, 30, 0));
        time.At.ShouldBe(Utc(2027, 10, 2, 15, 30));
        time.Note.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("Mars/Olympus")]
    [InlineData("W. Europe Standard Time")]
    [InlineData("../../etc/passwd")]
    [InlineData("/usr/share/zoneinfo/UTC")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_no_IANA_name_is_no_zone(string? name) => IanaZone.Find(name).ShouldBeNull();

    private static DateTimeOffset Utc(int year, int month, int day, int hour, int minute) => new(year, month, day, hour, minute, 0, TimeSpan.Zero);
}

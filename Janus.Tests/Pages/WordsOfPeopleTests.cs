using System.Text.Json;
using Janus.Contracts;
using Janus.Web.Access;
using Janus.Web.Activity;
using Janus.Web.Design;

namespace Janus.Tests.Pages;

public sealed class WordsOfPeopleTests
{
    [Theory]
    [InlineData(null, "A person approved post 3")]
    [InlineData("local", "A person approved post 3")]
    [InlineData("ada", "ada approved post 3")]
    [InlineData("operator", "The operator approved post 3")]
    public void The_activity_names_whoever_did_it(string? actor, string said)
    {
        var line = Line("post_approved", """{"post_pk":3}""", actor);

        line.What.ShouldBe(said);
        line.Facts.ShouldBeEmpty();
    }

    [Fact]
    public void Who_published_a_post_is_said_beside_it() =>
        Line("post_published", """{"post_pk":3}""", "ada").Facts.ShouldBe(["by ada"]);

    [Theory]
    [InlineData(1, "1 second")]
    [InlineData(50, "50 seconds")]
    [InlineData(51, "1 minute")]
    [InlineData(61, "2 minutes")]
    public void A_wait_is_never_said_to_be_shorter_than_it_is(int seconds, string said) => Say.Wait(TimeSpan.FromSeconds(seconds)).ShouldBe(said);

    [Theory]
    [InlineData("viewer", false, false)]
    [InlineData("editor", true, false)]
    [InlineData("admin", true, true)]
    [InlineData("owner", false, false)]
    public void A_role_may_what_those_below_it_may_and_a_word_that_is_none_may_nothing(string role, bool canEdit, bool isAdmin)
    {
        var person = new Person(1, "ada", role, "");

        (person.CanEdit, person.IsAdmin).ShouldBe((canEdit, isAdmin));
        person.May("owner").ShouldBeFalse();
    }

    private static EventLine Line(string kind, string data, string? actor) =>
        EventLine.Of(new CampaignEventDto(1, kind, DateTimeOffset.UnixEpoch, "c", null, JsonDocument.Parse(data).RootElement, actor), _ => null);
}

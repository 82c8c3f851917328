using Janus.Generation.Sample.Pictures;

namespace Janus.Tests.Pictures;

public sealed class WordingTests
{
    [Theory]
    [InlineData("A picture of a red cup", "Red cup")]
    [InlineData("Bright close-up photo of three smooth stones", "Three smooth stones")]
    [InlineData("Wide shot of an open door with morning light", "Open door")]
    [InlineData("Gros plan lumineux : une porte ouverte", "Porte ouverte")]
    [InlineData("Helle Nahaufnahme: eine Lupe auf einem aufgeräumten Schreibtisch", "Lupe")]
    [InlineData("We raced the bus. Twice.", "We raced the bus. Twice.")]
    public void A_headline_says_what_the_picture_is_about_and_ends_before_half_a_phrase(string caption, string start) =>
        Wording.Headline(new PictureBrief(caption, "", "X", IsBold: false, Turn: 0), room: 30).ShouldStartWith(start);
}

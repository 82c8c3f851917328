using System.Text;
using Janus.Generation;

namespace Janus.Tests.Pictures;

public sealed class PictureTypeTests
{
    [Theory]
    [InlineData("89504E470D0A1A0A00", "image/png")]
    [InlineData("FFD8FFE000104A464946", "image/jpeg")]
    [InlineData("524946461A0000005745425056503820", "image/webp")]
    [InlineData("524946461A00000057415645666D7420", null)]
    [InlineData("474946383961", null)]
    [InlineData("89504E47", null)]
    [InlineData("", null)]
    public void A_file_is_known_by_its_first_bytes(string hex, string? expected) => PictureType.Of(Convert.FromHexString(hex)).ShouldBe(expected);

    [Theory]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "image/svg+xml")]
    [InlineData("\uFEFF<?xml version=\"1.0\"?>\n<!-- drawn --><svg xmlns=\"http://www.w3.org/2000/svg\"></svg>", "image/svg+xml")]
    [InlineData("<svg/>", null)]
    [InlineData("<html xmlns=\"http://www.w3.org/1999/xhtml\"><svg/></html>", null)]
    [InlineData("<", null)]
    [InlineData("svg", null)]
    public void An_svg_is_known_by_its_root(string text, string? expected) => PictureType.Of(Encoding.UTF8.GetBytes(text)).ShouldBe(expected);
}

using System.Text.RegularExpressions;
using Janus.Tests.House;

namespace Janus.Tests.Pages;

/// <summary>
/// The browser begins to fetch a picture in the moment it gets its source, and Blazor sets attributes in the order in which a page names them:
/// "lazy" must come before the source, or a canvas of 200 posts fetches 400 pictures that nobody sees.
/// </summary>
public sealed partial class LazyPicturesTests
{
    [Fact]
    public void A_lazy_picture_is_lazy_before_it_has_a_source()
    {
        var lazy = Directory.EnumerateFiles(Path.Combine(Solution.Root, "Janus.Web"), "*.razor", SearchOption.AllDirectories)
            .SelectMany(page => Image().Matches(File.ReadAllText(page)).Select(image => image.Value))
            .Where(image => image.Contains("loading=", StringComparison.Ordinal)).ToList();

        lazy.ShouldNotBeEmpty();
        lazy.ShouldAllBe(image => image.IndexOf("loading=", StringComparison.Ordinal) < image.IndexOf("src=", StringComparison.Ordinal));
    }

    [GeneratedRegex("<img [^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Image();
}

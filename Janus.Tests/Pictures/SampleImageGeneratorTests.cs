using System.Globalization;
using System.Xml.Linq;
using Janus.Generation;
using Microsoft.Extensions.AI;

namespace Janus.Tests.Pictures;

public sealed class SampleImageGeneratorTests
{
    private static readonly string[] Platforms = ["X", "Instagram", "LinkedIn", "Bluesky"];
    private static readonly string[] Products = ["Northbeam, a coffee subscription", "", "京の茶葉、手摘みの抹茶", "قهوة الصباح، اشتراك أسبوعي", "<b>Bold</b> & Sons sell things"];
    private static readonly HashSet<string> KnownElements = new(StringComparer.Ordinal) { "svg", "title", "desc", "g", "rect", "circle", "ellipse", "path", "text", "tspan" };
    private static readonly HashSet<string> KnownAttributes = new(StringComparer.Ordinal)
    {
        "xmlns", "viewBox", "width", "height", "role", "overflow", "transform", "x", "y", "rx", "ry", "cx", "cy", "r", "d", "fill", "stroke", "stroke-width",
        "stroke-linecap", "stroke-linejoin", "opacity", "font-family", "font-size", "font-weight", "letter-spacing", "direction",
    };

    [Theory]
    [MemberData(nameof(Captions.Positions), MemberType = typeof(Captions))]
    public async Task A_picture_holds_nothing_but_shapes_and_text(int position)
    {
        foreach (var (_, file) in await DrawAllAsync(position))
        {
            file.Length.ShouldBeLessThanOrEqualTo(60 * 1024);
            PictureType.Of(file).ShouldBe("image/svg+xml");
            var elements = new Poster(file).Root.DescendantsAndSelf().ToList();
            elements.Select(element => element.Name.LocalName).Except(KnownElements).ShouldBeEmpty();
            var attributes = elements.Attributes().ToList();
            attributes.Select(attribute => attribute.Name.LocalName).Except(KnownAttributes).ShouldBeEmpty();
            attributes.Where(attribute => attribute.Value.Contains("url(", StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
        }
    }

    [Theory]
    [MemberData(nameof(Captions.Positions), MemberType = typeof(Captions))]
    public async Task Text_stays_on_the_canvas_and_off_the_icons_and_can_be_read(int position)
    {
        foreach (var (brief, file) in await DrawAllAsync(position))
            ShouldBeReadable(new Poster(file), brief);
    }

    [Theory]
    [InlineData("X")]
    [InlineData("Instagram")]
    public async Task Text_can_be_read_in_every_arrangement_and_every_palette(string platform)
    {
        string[] products = ["coffee", "garden", "cloud", "bank", "running", "matcha", "novel", "security", "recipe", "bicycle", "kayak", "skincare", "podcast", "candle", "toy", "project"];
        for (var i = 0; i < 160; i++)
        {
            var brief = (Captions.All[i % 12], products[i % products.Length], platform, i % 3 == 0 ? "A" : "B");
            ShouldBeReadable(new Poster(await DrawAsync(brief, seed: i)), $"{brief} {i}");
        }
    }

    [Theory]
    [MemberData(nameof(Captions.Positions), MemberType = typeof(Captions))]
    public async Task The_same_brief_gives_the_same_bytes_and_the_other_letter_another_picture(int position)
    {
        var brief = (Captions.All[position], Products[position % Products.Length], Platforms[position % Platforms.Length], "A");
        var before = CultureInfo.CurrentCulture;
        var picture = await DrawAsync(brief);
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("ar-SA");
            (await DrawAsync(brief)).AsSpan().SequenceEqual(picture).ShouldBeTrue();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        Shapes(await DrawAsync(brief with { Item4 = "B" })).ShouldNotBe(Shapes(picture));
    }

    [Fact]
    public void The_reader_of_posters_sees_what_lies_under_text()
    {
        var poster = new Poster("""
            <svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"><rect x="0" y="0" width="100" height="100" fill="#ffffff"/>
            <path d="M10 50L10 10A40 40 0 0 1 50 50Z" fill="#112233"/><circle cx="80" cy="80" r="10" fill="none" stroke="#445566" stroke-width="4"/>
            <g transform="translate(60 0) scale(0.2)"/></svg>
            """u8.ToArray());
        poster.ColourAt(5, 5).ShouldBe("#ffffff");
        poster.ColourAt(36, 24).ShouldBe("#112233");
        poster.ColourAt(45, 15).ShouldBe("#ffffff");
        poster.ColourAt(80, 80).ShouldBe("#ffffff");
        poster.ColourAt(90, 80).ShouldBe("#445566");
        poster.ColourAt(70, 10).ShouldBeNull();
        Poster.Contrast("#000000", "#ffffff").ShouldBe(21, 0.01);
    }

    [Fact]
    public async Task Another_seed_draws_another_poster()
    {
        var pictures = new HashSet<string>(StringComparer.Ordinal);
        for (var seed = 0; seed < 20; seed++)
            pictures.Add(Shapes(await DrawAsync(("A cup at sunrise", "coffee", "X", "A"), seed)));
        pictures.Count.ShouldBeGreaterThan(15);
    }

    [Theory]
    [InlineData("X", 675)]
    [InlineData("LinkedIn", 675)]
    [InlineData("Facebook", 675)]
    [InlineData("Instagram", 1200)]
    [InlineData("Threads", 1200)]
    public async Task The_platform_decides_the_shape(string platform, double height)
    {
        var poster = new Poster(await DrawAsync(("A cup", "coffee", platform, "A")));
        (poster.Width, poster.Height).ShouldBe((1200, height));
    }

    [Fact]
    public async Task Those_who_do_not_see_the_picture_are_told_the_caption()
    {
        var poster = new Poster(await DrawAsync(("A cup & a <spoon>", "coffee", "X", "A")));
        poster.Root.Elements().Where(element => element.Name.LocalName is "title" or "desc").Select(element => element.Value)
            .ShouldBe(["A cup & a <spoon>", "A cup & a <spoon>"]);
    }

    [Fact]
    public async Task Text_that_runs_from_right_to_left_says_so()
    {
        var poster = new Poster(await DrawAsync(("فنجان قهوة على نافذة المطبخ", "Northbeam, coffee", "X", "A")));
        var texts = poster.Root.Elements().Where(element => element.Name.LocalName == "text").Select(text => text.Attribute("direction")?.Value);
        texts.ShouldBe([null, "rtl"]);
    }

    [Fact]
    public void It_says_who_it_is()
    {
        using var generator = Drawing.Studio(1, TimeSpan.Zero);
        var metadata = generator.GetService<ImageGeneratorMetadata>().ShouldNotBeNull();
        (metadata.ProviderName, metadata.DefaultModelId).ShouldBe(("janus.sample", "sample-studio"));
        generator.GetService<SampleImageGenerator>().ShouldBeSameAs(generator);
        generator.GetService(typeof(SampleImageGenerator), "key").ShouldBeNull();
    }

    [Fact]
    public async Task Waiting_ends_when_nobody_waits_any_more()
    {
        using var generator = Drawing.Studio(1, TimeSpan.FromHours(1));
        using var stop = new CancellationTokenSource();
        var drawing = generator.GenerateAsync(new ImageGenerationRequest("A cup"), cancellationToken: stop.Token);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => drawing);
    }

    private static void ShouldBeReadable(Poster poster, string brief)
    {
        foreach (var line in poster.Lines())
        {
            line.Left.ShouldBeGreaterThanOrEqualTo(40, brief);
            line.Right.ShouldBeLessThanOrEqualTo(poster.Width - 20, brief);
            line.Top.ShouldBeGreaterThanOrEqualTo(30, brief);
            line.Bottom.ShouldBeLessThanOrEqualTo(poster.Height - 20, brief);
            for (var i = 0; i <= 32; i++)
            {
                var x = line.Left + ((line.Right - line.Left) * (i / 4) / 8);
                var y = line.Top + ((line.Bottom - line.Top) * (i % 4) / 3);
                if (poster.ColourAt(x, y) is not { } ground)
                    Assert.Fail($"{brief}: text stands on an icon at {x}, {y}");
                else if (Poster.Contrast(line.Ink, ground) < 4.5)
                    Assert.Fail($"{brief}: {line.Text} at {x}, {y}, {line.Ink} on {ground}");
            }
        }
    }

    private static string Shapes(byte[] file) =>
        string.Concat(new Poster(file).Root.Elements().Where(element => element.Name.LocalName is not ("title" or "desc" or "text")));

    private static async Task<IReadOnlyList<(string Brief, byte[] File)>> DrawAllAsync(int position)
    {
        var drawn = new List<(string, byte[])>();
        foreach (var letter in new[] { "A", "B" })
        {
            foreach (var platform in Platforms)
            {
                var brief = (Captions.All[position], Products[(position + drawn.Count) % Products.Length], platform, letter);
                drawn.Add(($"caption {position}, {brief.Item2}, {platform}, {letter}", await DrawAsync(brief)));
            }
        }

        return drawn;
    }

    private static async Task<byte[]> DrawAsync((string Caption, string Product, string Platform, string Letter) brief, int seed = 7)
    {
        using var generator = Drawing.Studio(seed, TimeSpan.Zero);
        var campaign = new CampaignBrief { ProductDescription = brief.Product, Goals = "", CampaignName = "", Platform = brief.Platform };
        var answer = await Drawing.Agent(generator).CreateAsync(brief.Caption, campaign, brief.Letter, null, CancellationToken.None);
        answer.Value.MediaType.ShouldBe("image/svg+xml");
        return answer.Value.Bytes.ToArray();
    }
}

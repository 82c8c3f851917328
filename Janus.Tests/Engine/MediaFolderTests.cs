using Janus.Campaigns.Media;

namespace Janus.Tests.Engine;

public sealed class MediaFolderTests
{
    private static readonly byte[] Svg = "<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray();

    [Fact]
    public async Task A_kept_picture_is_whole_under_a_name_that_is_only_letters_of_its_own()
    {
        await using var engine = await TestEngine.StartAsync();
        var name = await engine.Media.KeepAsync(Svg, "image/svg+xml", CancellationToken.None);

        MediaFolder.IsName(name).ShouldBeTrue();
        MediaFolder.TypeOf(name).ShouldBe("image/svg+xml");
        (await File.ReadAllBytesAsync(Path.Combine(engine.Media.Path, name))).ShouldBe(Svg);
        Directory.GetFiles(engine.Media.Path).Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("../janus.db")]
    [InlineData("..%2f..%2fjanus.db")]
    [InlineData("0123456789abcdef0123456789abcdef.svg.tmp")]
    [InlineData("0123456789ABCDEF0123456789abcdef.svg")]
    [InlineData("0123456789abcdef0123456789abcdef.exe")]
    [InlineData("sub/0123456789abcdef0123456789abcdef.svg")]
    [InlineData("")]
    public void No_other_name_is_accepted(string name) => MediaFolder.IsName(name).ShouldBeFalse();

    [Fact]
    public async Task An_orphan_is_swept_once_it_is_older_than_any_lease_and_a_named_picture_never()
    {
        await using var engine = await TestEngine.StartAsync();
        await engine.PlanAsync(posts: 1);
        await engine.CompleteAsync((await engine.ClaimAsync())[0]);
        var picture = (await engine.ClaimAsync())[0];
        var kept = await engine.Media.KeepAsync(Svg, "image/svg+xml", CancellationToken.None);
        var orphan = await engine.Media.KeepAsync(Svg, "image/svg+xml", CancellationToken.None);
        await engine.Queue.CompletePictureAsync(picture.Claim, kept, TestEngine.NoUsage, CancellationToken.None);

        (await engine.Media.SweepAsync(TimeSpan.FromMinutes(10), CancellationToken.None)).ShouldBe(0);
        engine.Time.Shift = TimeSpan.FromMinutes(11);
        (await engine.Media.SweepAsync(TimeSpan.FromMinutes(10), CancellationToken.None)).ShouldBe(1);

        File.Exists(Path.Combine(engine.Media.Path, kept)).ShouldBeTrue();
        File.Exists(Path.Combine(engine.Media.Path, orphan)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_said_without_its_path()
    {
        await using var engine = await TestEngine.StartAsync();
        await File.WriteAllTextAsync(engine.Media.Path, "a file where the folder should be");

        var refused = Should.Throw<MediaUnavailableException>(engine.Media.EnsureWritable);
        refused.Message.ShouldNotContain(engine.Folder);
        await Should.ThrowAsync<MediaUnavailableException>(() => engine.Media.KeepAsync(Svg, "image/svg+xml", CancellationToken.None));
    }
}

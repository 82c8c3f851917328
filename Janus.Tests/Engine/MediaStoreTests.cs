using Janus.Campaigns.Media;
using Janus.Tests.Storage;

namespace Janus.Tests.Engine;

/// <summary>Where pictures are kept: a folder on SQLite, rows on PostgreSQL.</summary>
public sealed class MediaStoreTests
{
    private static readonly byte[] Svg = "<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray();

    [Fact]
    public async Task A_kept_picture_is_whole_under_a_name_that_is_only_letters_of_its_own()
    {
        await using var engine = await TestEngine.StartAsync();
        var name = await engine.Media.KeepAsync(Svg, "image/svg+xml", CancellationToken.None);

        PictureName.IsOne(name).ShouldBeTrue();
        PictureName.TypeOf(name).ShouldBe("image/svg+xml");
        (await engine.PictureAsync(name)).ShouldBe(Svg);
        if (!TestStore.IsPostgres)
            Directory.GetFiles(engine.MediaDirectory).Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("../janus.db")]
    [InlineData("..%2f..%2fjanus.db")]
    [InlineData("0123456789abcdef0123456789abcdef.svg.tmp")]
    [InlineData("0123456789ABCDEF0123456789abcdef.svg")]
    [InlineData("0123456789abcdef0123456789abcdef.exe")]
    [InlineData("sub/0123456789abcdef0123456789abcdef.svg")]
    [InlineData("")]
    public void No_other_name_is_accepted(string name) => PictureName.IsOne(name).ShouldBeFalse();

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

        (await engine.Media.SweepAsync(engine.Time.GetUtcNow() - TimeSpan.FromMinutes(10), CancellationToken.None)).ShouldBe(0);
        engine.Time.Shift = TimeSpan.FromMinutes(11);
        (await engine.Media.SweepAsync(engine.Time.GetUtcNow() - TimeSpan.FromMinutes(10), CancellationToken.None)).ShouldBe(1);

        (await engine.PictureAsync(kept)).ShouldBe(Svg);
        (await engine.PictureAsync(orphan)).ShouldBeNull();
    }

    [Fact]
    public async Task A_picture_on_its_way_to_its_row_is_kept_from_the_sweep()
    {
        await using var engine = await TestEngine.StartAsync();
        var name = await engine.Media.KeepAsync(Svg, "image/svg+xml", CancellationToken.None);
        engine.Time.Shift = TimeSpan.FromMinutes(9);
        (await engine.Media.KeepAliveAsync(name, CancellationToken.None)).ShouldBeTrue();

        engine.Time.Shift = TimeSpan.FromMinutes(18);
        (await engine.Media.SweepAsync(engine.Time.GetUtcNow() - TimeSpan.FromMinutes(10), CancellationToken.None)).ShouldBe(0);
        engine.Time.Shift = TimeSpan.FromMinutes(20);
        (await engine.Media.SweepAsync(engine.Time.GetUtcNow() - TimeSpan.FromMinutes(10), CancellationToken.None)).ShouldBe(1);

        (await engine.Media.KeepAliveAsync(name, CancellationToken.None)).ShouldBeFalse();
    }

    [Fact]
    [Trait(TestStore.Trait, TestStore.Sqlite)]
    public async Task A_folder_that_cannot_be_written_is_said_without_its_path()
    {
        await using var engine = await TestEngine.StartAsync();
        await File.WriteAllTextAsync(engine.MediaDirectory, "a file where the folder should be");

        var refused = await Should.ThrowAsync<MediaUnavailableException>(() => engine.Media.EnsureWritableAsync(CancellationToken.None));
        refused.Message.ShouldNotContain(engine.Folder);
        await Should.ThrowAsync<MediaUnavailableException>(() => engine.Media.KeepAsync(Svg, "image/svg+xml", CancellationToken.None));
    }
}

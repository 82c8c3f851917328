using Janus.Contracts;

namespace Janus.Web.Design;

/// <summary>The light of a post: yellow while its parts are on the way, green when both letters have text and picture, red when a part failed.</summary>
/// <param name="Css">ok, wait, bad or off.</param>
/// <param name="Label">What it means, in a word or three: a light never stands alone.</param>
/// <param name="Reason">Why a part failed, or null.</param>
public sealed record PostLook(string Css, string Label, string? Reason)
{
    private static readonly string[] Letters = ["A", "B"];

    /// <summary>The look of a post.</summary>
    public static PostLook Of(GraphNodeDto post)
    {
        ArgumentNullException.ThrowIfNull(post);
        var faces = Letters.Select(letter => post.Faces.GetValueOrDefault(letter)).OfType<FaceStateDto>().ToList();
        if (faces.Exists(face => face.Text == "dead"))
            return new PostLook("bad", "Text failed", Why(faces));
        if (faces.Count(face => face.Picture == "dead") is var dead and > 0)
            return new PostLook("bad", dead == 2 ? "Pictures failed" : "Picture failed", Why(faces));
        if (faces.Exists(face => face.Remaking is not null))
            return new PostLook("wait", "Making it new", null);
        if (post.AssetsReady)
            return new PostLook("ok", "Ready", null);
        if (faces.Exists(face => face.Text == "cancelled" || face.Picture == "cancelled"))
            return new PostLook("off", "Not finished", Why(faces));
        if (faces.TrueForAll(face => face.Text == "done"))
            return new PostLook("wait", $"{post.Pictures.Count} of 2 pictures", null);
        return faces.Exists(face => face.Text == "running") ? new PostLook("wait", "Writing", null) : new PostLook("off", "Waiting", null);
    }

    private static string? Why(IEnumerable<FaceStateDto> faces) => faces.Select(face => face.Reason).FirstOrDefault(reason => reason is not null);
}

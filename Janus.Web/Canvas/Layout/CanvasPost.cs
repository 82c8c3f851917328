namespace Janus.Web.Canvas.Layout;

/// <summary>A post as the layout sees it.</summary>
/// <param name="Key">Its key, unique on the canvas.</param>
/// <param name="Phase">1 to 3.</param>
/// <param name="Next">The keys of the posts it leads to. One that is not on the canvas is ignored, one named twice counts once.</param>
/// <param name="Height">How high its card is, in px.</param>
internal sealed record CanvasPost(int Key, int Phase, IReadOnlyList<int> Next, int Height = CanvasMeasures.DefaultCardHeight)
{
    /// <summary>A campaign has this many phases, whether or not each has posts.</summary>
    public const int Phases = 3;
}

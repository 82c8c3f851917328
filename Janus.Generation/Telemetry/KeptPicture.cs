using System.Diagnostics;
using Microsoft.Extensions.AI;

namespace Janus.Generation.Telemetry;

/// <summary>
/// Says on the running span where a picture was kept. The call's own span has ended by then, and a picture has no name before it is kept.
/// </summary>
/// <param name="capture">Whether answers may leave with spans.</param>
public sealed class KeptPicture(ContentCapture capture)
{
    /// <summary>Names the file, and points at it as the answer's content when content may leave.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="mediaType">Its media type.</param>
    public void Tell(string name, string mediaType)
    {
        if (Activity.Current is not { IsAllDataRequested: true } span)
            return;
        span.SetTag("janus.asset", name);
        if (capture.IsOn)
            span.SetTag("gen_ai.output.messages", new MessageContent().Output([new UriContent(new Uri($"/media/{name}", UriKind.Relative), mediaType)], "stop"));
    }
}

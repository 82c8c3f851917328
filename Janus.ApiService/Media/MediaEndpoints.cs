using Janus.ApiService.Http;
using Janus.Campaigns.Media;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Janus.ApiService.Media;

/// <summary>
/// Pictures. A name is never used twice, so a picture may be kept for ever. A picture may be an SVG, which is a document that
/// could hold script: the policy lets it draw itself and nothing else.
/// </summary>
internal static class MediaEndpoints
{
    public static void MapMedia(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/media/{name}", [HttpMethods.Get, HttpMethods.Head], Read).WithTags("Media").WithSummary("A picture")
            .Produces(200, contentType: "image/png").Fails(404);

    /// <summary>The URL path of a picture.</summary>
    public static string PathOf(string name) => $"/media/{name}";

    private static Results<PhysicalFileHttpResult, ProblemHttpResult> Read(string name, HttpResponse response, MediaFolder folder)
    {
        if (!MediaFolder.IsName(name) || new FileInfo(Path.Combine(folder.Path, name)) is not { Exists: true } file)
            return Problems.NotFound("There is no such picture.");

        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
        return TypedResults.PhysicalFile(
            file.FullName, MediaFolder.TypeOf(name), lastModified: new DateTimeOffset(file.LastWriteTimeUtc), entityTag: new EntityTagHeaderValue($"\"{name}\""),
            enableRangeProcessing: true);
    }
}

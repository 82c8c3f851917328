using Janus.ApiService.Http;
using Janus.Campaigns.Media;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Net.Http.Headers;

namespace Janus.ApiService.Media;

/// <summary>
/// Pictures. A name is never used twice, so a picture may be kept for ever. A picture may be an SVG, which is a document that
/// could hold script: the policy lets it draw itself and nothing else.
/// </summary>
internal static class MediaEndpoints
{
    public static void MapMedia(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/media/{name}", [HttpMethods.Get, HttpMethods.Head], ReadAsync).WithTags("Media").WithSummary("A picture")
            .Produces(200, contentType: "image/png").Fails(404).WithMetadata(new DisableRequestTimeoutAttribute());

    /// <summary>The URL path of a picture.</summary>
    public static string PathOf(string name) => $"/media/{name}";

    private static async Task<Results<PhysicalFileHttpResult, FileContentHttpResult, ProblemHttpResult>> ReadAsync(
        string name, HttpResponse response, IMediaStore store, CancellationToken cancellationToken)
    {
        if (!PictureName.IsOne(name) || await store.FindAsync(name, cancellationToken) is not { } picture)
            return Problems.NotFound("There is no such picture.");

        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
        var tag = new EntityTagHeaderValue($"\"{name}\"");
        return picture.File is { } file
            ? TypedResults.PhysicalFile(file, PictureName.TypeOf(name), lastModified: picture.At, entityTag: tag, enableRangeProcessing: true)
            : TypedResults.Bytes(picture.Bytes, PictureName.TypeOf(name), lastModified: picture.At, entityTag: tag, enableRangeProcessing: true);
    }
}

namespace Janus.Web.Api;

/// <summary>/media/{name}: the API's picture with the API's headers. The browser speaks only to this service.</summary>
internal static class MediaPassThrough
{
    private static readonly string[] Conditions = ["If-None-Match", "If-Modified-Since", "If-Range", "Range"];

    public static void MapMediaPassThrough(this IEndpointRouteBuilder app) =>
        app.MapMethods("/media/{name}", [HttpMethods.Get, HttpMethods.Head], PassAsync);

    private static async Task PassAsync(string name, HttpContext context, IHttpClientFactory clients)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri($"media/{Uri.EscapeDataString(name)}", UriKind.Relative));
        foreach (var header in Conditions)
        {
            if (context.Request.Headers.TryGetValue(header, out var value))
                request.Headers.TryAddWithoutValidation(header, (string?)value);
        }

        HttpResponseMessage response;
        try
        {
            response = await clients.CreateClient(JanusApi.Reads).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        }
        catch (Exception exception) when (Unreachable.Is(exception, context.RequestAborted))
        {
            // The page asks for the picture again when it is live again.
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        using (response)
        {
            context.Response.StatusCode = (int)response.StatusCode;
            foreach (var (header, values) in response.Headers.Concat(response.Content.Headers))
            {
                if (header is not ("Transfer-Encoding" or "Connection" or "Date" or "Server"))
                    context.Response.Headers[header] = values.ToArray();
            }

            try
            {
                await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
            }
            catch (Exception exception) when (exception is HttpIOException or HttpRequestException)
            {
                // The API ended in the middle: the browser must not take half a picture for a whole one.
                context.Abort();
            }
        }
    }
}

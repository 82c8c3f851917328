using System.Net;
using Janus.Web.Access;

namespace Janus.Web.Api;

/// <summary>Hands the API's answer to the browser, which speaks only to this service, with the API's headers.</summary>
internal static class PassThrough
{
    private static readonly string[] Conditions = ["If-None-Match", "If-Modified-Since", "If-Range", "Range"];

    /// <summary>Answers with what the API has at a path.</summary>
    public static async Task PassAsync(this HttpContext context, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(path, UriKind.Relative));
        foreach (var header in Conditions)
        {
            if (context.Request.Headers.TryGetValue(header, out var value))
                request.Headers.TryAddWithoutValidation(header, (string?)value);
        }

        var session = context.RequestServices.GetRequiredService<CurrentSession>();
        HttpResponseMessage response;
        try
        {
            response = await context.RequestServices.GetRequiredService<ApiConnection>()
                .SendAsync(JanusApi.Reads, request, session.Person, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        }
        catch (Exception exception) when (Unreachable.Is(exception, context.RequestAborted))
        {
            // Whoever asked may ask again.
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        using (response)
        {
            if (response.StatusCode == HttpStatusCode.Unauthorized)
                session.End();
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
                // The API ended in the middle: the browser must not take half a file for a whole one.
                context.Abort();
            }
        }
    }
}

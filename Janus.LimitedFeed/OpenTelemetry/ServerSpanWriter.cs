using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace OpenTelemetry.Instrumentation.AspNetCore;

/// <summary>
/// Writes the HTTP conventions on the span that ASP.NET Core opens for a request. The framework leaves name, route, status
/// and error to whoever listens to its diagnostic events, in .NET 10 every attribute.
/// </summary>
internal sealed partial class ServerSpanWriter(Func<HttpContext, bool>? filter)
{
    private static readonly HashSet<string> KnownMethods =
        ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"];

    public void Write(string name, object? payload)
    {
        if (Activity.Current is not { IsAllDataRequested: true } span)
            return;

        switch (name)
        {
            case "Microsoft.AspNetCore.Hosting.HttpRequestIn.Start" when payload is HttpContext context:
                Start(span, context);
                break;
            case "Microsoft.AspNetCore.Hosting.HttpRequestIn.Stop" when payload is HttpContext context:
                Stop(span, context);
                break;
            case "Microsoft.AspNetCore.Hosting.UnhandledException" or "Microsoft.AspNetCore.Diagnostics.UnhandledException"
                when DiagnosticSubscription.Property<Exception>(payload, "exception") is { } exception:
                span.SetTag("error.type", exception.GetType().FullName);
                span.SetStatus(ActivityStatusCode.Error);
                break;
        }
    }

    private void Start(Activity span, HttpContext context)
    {
        if (!IsWanted(context))
        {
            // Neither exported nor a reason for its children to be recorded.
            span.IsAllDataRequested = false;
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            return;
        }

        var request = context.Request;
        span.DisplayName = NameOf(request.Method);
        if (KnownMethods.Contains(request.Method))
        {
            span.SetTag("http.request.method", request.Method);
        }
        else
        {
            span.SetTag("http.request.method", "_OTHER");
            span.SetTag("http.request.method_original", request.Method);
        }

        if (request.Host.HasValue)
        {
            span.SetTag("server.address", request.Host.Host);
            if (request.Host.Port is { } port)
                span.SetTag("server.port", port);
        }

        span.SetTag("url.scheme", request.Scheme);
        span.SetTag("url.path", request.PathBase.HasValue || request.Path.HasValue ? $"{request.PathBase}{request.Path}" : "/");
        if (request.QueryString.HasValue)
            span.SetTag("url.query", QueryValue().Replace(request.QueryString.Value!, "=Redacted"));
        span.SetTag("network.protocol.version", request.Protocol.Replace("HTTP/", "", StringComparison.OrdinalIgnoreCase));
        if (request.Headers.UserAgent is [{ Length: > 0 } agent, ..])
            span.SetTag("user_agent.original", agent);
    }

    private static void Stop(Activity span, HttpContext context)
    {
        // An exception handler runs the pipeline again for its own path; the span belongs to the route that was asked for.
        var endpoint = context.Features.Get<IExceptionHandlerPathFeature>()?.Endpoint ?? context.GetEndpoint();
        if (endpoint is RouteEndpoint { RoutePattern.RawText: { Length: > 0 } route })
        {
            span.DisplayName = string.Create(CultureInfo.InvariantCulture, $"{NameOf(context.Request.Method)} {route}");
            span.SetTag("http.route", route);
        }

        span.SetTag("http.response.status_code", context.Response.StatusCode);
        if (span.Status != ActivityStatusCode.Unset || context.Response.StatusCode < (int)HttpStatusCode.InternalServerError)
            return;
        span.SetTag("error.type", context.Response.StatusCode.ToString(CultureInfo.InvariantCulture));
        span.SetStatus(ActivityStatusCode.Error);
    }

    private bool IsWanted(HttpContext context)
    {
        try
        {
            return filter is null || filter(context);
        }
#pragma warning disable CA1031 // Documented behaviour of the package: telemetry never fails a request.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    private static string NameOf(string method) => KnownMethods.Contains(method) ? method : "HTTP";

    [GeneratedRegex("=[^&]*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex QueryValue();
}

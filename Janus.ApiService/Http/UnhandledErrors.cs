using System.Diagnostics;
using System.Globalization;
using Janus.Campaigns.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Diagnostics;

namespace Janus.ApiService.Http;

/// <summary>Answers for exceptions that no endpoint expected. A client that went away is no error and never comes here.</summary>
internal sealed partial class UnhandledErrors(ILogger<UnhandledErrors> log) : IExceptionHandler
{
    /// <summary>Seconds after which a busy database is worth another try.</summary>
    private const int BusySeconds = 2;

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var problem = exception switch
        {
            BadHttpRequestException bad => Problems.OfStatus(bad.StatusCode),
            ConnectionResetException => Problems.OfStatus(StatusCodes.Status400BadRequest),
            DatabaseBusyException => Problems.Unavailable("The database is busy. Nothing was changed; please try again."),
            OperationCanceledException => Problems.Unavailable("The service stopped before this was done. Please try again."),
            _ => Problems.OfStatus(StatusCodes.Status500InternalServerError),
        };
        switch (exception)
        {
            // Whoever cuts the connection in the middle of a body has done nothing that is worth a line.
            case BadHttpRequestException or OperationCanceledException or ConnectionResetException:
                break;
            case DatabaseBusyException busy:
                MarkSpan(exception);
                httpContext.Response.Headers.RetryAfter = BusySeconds.ToString(CultureInfo.InvariantCulture);
                Busy(busy.Operation, busy.Waited.TotalSeconds);
                break;
            default:
                MarkSpan(exception);
                Failed(exception);
                break;
        }

        await problem.ExecuteAsync(httpContext);
        return true;
    }

    // The framework marks no span of a request whose exception was answered. The type only: a message may hold what was sent.
    private static void MarkSpan(Exception exception) =>
        Activity.Current?.SetTag("error.type", exception.GetType().FullName).SetStatus(ActivityStatusCode.Error);

    [LoggerMessage(1, LogLevel.Error, "A request failed")]
    private partial void Failed(Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "The database was busy at {Operation} for {Seconds:0.0} s; the client was asked to try again")]
    private partial void Busy(string operation, double seconds);
}

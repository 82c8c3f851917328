using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Threading.RateLimiting;
using Janus.Contracts;
using Janus.ServiceDefaults.Access;
using Microsoft.AspNetCore.Http.Timeouts;

namespace Janus.ApiService.Access;

/// <summary>How much a caller may ask for. Bound from the section <c>Janus:Limits</c>; nothing of it holds where nobody signs in.</summary>
internal sealed class CallLimitOptions
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = "Janus:Limits";

    /// <summary>The most of any of them.</summary>
    public const int Most = 1_000_000;

    /// <summary>Requests of an account in a minute, 1 to 1,000,000; 1,200 by default.</summary>
    [Range(1, Most)]
    public int RequestsPerMinute { get; set; } = 1200;

    /// <summary>Requests of an account in a minute that have something generated, 1 to 1,000,000; 30 by default.</summary>
    [Range(1, Most)]
    public int GenerationsPerMinute { get; set; } = 30;

    /// <summary>Requests of an address in a minute that say nothing of who makes them, or nothing true, 1 to 1,000,000; 60 by default.</summary>
    [Range(1, Most)]
    public int StrangersPerMinute { get; set; } = 60;

    /// <summary>Tries to sign in from an address in a minute, 1 to 1,000,000; 20 by default.</summary>
    [Range(1, Most)]
    public int SignInsPerMinute { get; set; } = 20;
}

/// <summary>Holds callers to their limits: 429 with Retry-After. Each process counts for itself, so the limits of an installation are these times its APIs.</summary>
internal static class CallLimits
{
    /// <summary>The policy of what has something generated.</summary>
    public const string Generation = "generation";

    /// <summary>The policy of letting people in.</summary>
    public const string SignIn = "sign-in";

    private const int Segments = 6;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Says that an endpoint has something generated, which costs money, and whose time has a limit of its own.</summary>
    public static RouteHandlerBuilder Generates(this RouteHandlerBuilder endpoint) => endpoint.RequireRateLimiting(Generation).WithMetadata(new DisableRequestTimeoutAttribute());

    public static void AddCallLimits(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<CallLimitOptions>(configuration.GetSection(CallLimitOptions.Section));
        services.AddRateLimiter(_ => { });
        services.AddOptions<Microsoft.AspNetCore.RateLimiting.RateLimiterOptions>()
            .Configure<AccessOptions, Microsoft.Extensions.Options.IOptions<CallLimitOptions>>((limiter, access, options) =>
            {
                var limits = options.Value;
                limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
                limiter.OnRejected = (context, _) =>
                {
                    var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Window / Segments;
                    context.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                    return ValueTask.CompletedTask;
                };
                limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
                    access.HasAccounts && context.GetEndpoint() is not null && !context.User.IsService() ? Usual(context, limits) : Unlimited());
                limiter.AddPolicy(Generation, context =>
                    access.HasAccounts ? Limit($"generation {KeyOf(context)}", limits.GenerationsPerMinute) : Unlimited());
                limiter.AddPolicy(SignIn, context => Limit(
                    $"sign-in {(context.User.AccountId() is null ? context.Request.Headers[ServiceCredential.ClientHeader].ToString() : KeyOf(context))}", limits.SignInsPerMinute));
            });
    }

    private static RateLimitPartition<string> Usual(HttpContext context, CallLimitOptions limits) =>
        Limit(KeyOf(context), context.User.AccountId() is null ? limits.StrangersPerMinute : limits.RequestsPerMinute);

    private static string KeyOf(HttpContext context) => context.User.AccountId() is { } account
        ? string.Create(CultureInfo.InvariantCulture, $"account {account}")
        : $"address {context.Connection.RemoteIpAddress}";

    private static RateLimitPartition<string> Limit(string key, int permits) => RateLimitPartition.GetSlidingWindowLimiter(
        key, _ => new SlidingWindowRateLimiterOptions { PermitLimit = permits, Window = Window, SegmentsPerWindow = Segments, AutoReplenishment = true });

    private static RateLimitPartition<string> Unlimited() => RateLimitPartition.GetNoLimiter("");
}

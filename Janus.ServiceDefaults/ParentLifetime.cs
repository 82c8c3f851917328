using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.Hosting;

/// <summary>Whether a service ends with the process that started it. Bound from the configuration section <c>Janus</c>.</summary>
public sealed class ParentLifetimeOptions
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = "Janus";

    /// <summary>Whether the end of standard input means that the parent is gone. Off unless a host that holds the other end turns it on.</summary>
    public bool StopWithParent { get; set; }

    /// <summary>How long the service may take to end by itself before the process is ended with exit code 4; 15 seconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan StopGrace { get; set; } = TimeSpan.FromSeconds(15);
}

/// <summary>Ties a service's life to the life of the process that started it.</summary>
public static class ParentLifetime
{
    /// <summary>
    /// When <c>Janus:StopWithParent</c> is true, stops the service at the end of its standard input. The parent holds the other end
    /// of that pipe and never writes: the system closes it however the parent dies, even by SIGKILL, when the parent can run no code.
    /// Otherwise standard input is not touched.
    /// </summary>
    public static TBuilder AddStopWithParent<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        var section = builder.Configuration.GetSection(ParentLifetimeOptions.Section);
        builder.Services.AddSettings<ParentLifetimeOptions>(section);
        // What is neither true nor false is refused by the rules of the settings, when the service starts.
        if (!bool.TryParse(section[nameof(ParentLifetimeOptions.StopWithParent)], out var stops) || !stops)
            return builder;

        builder.Services.AddHostedService(services => new ParentWatch(
            Console.OpenStandardInput,
            Environment.Exit,
            services.GetRequiredService<IOptions<ParentLifetimeOptions>>().Value.StopGrace,
            services.GetRequiredService<IHostApplicationLifetime>(),
            services.GetRequiredService<ILogger<ParentWatch>>()));
        return builder;
    }
}

/// <summary>Reads a stream to its end on a thread of its own, then ends the application, and after a grace the process.</summary>
internal sealed partial class ParentWatch(
    Func<Stream> openInput, Action<int> exit, TimeSpan grace, IHostApplicationLifetime lifetime, ILogger<ParentWatch> logger) : IHostedService
{
    /// <summary>The exit code of a service that could not end by itself.</summary>
    internal const int ExitCode = 4;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // A read of standard input blocks and cannot be cancelled, so it has a thread that no process waits for.
        new Thread(Watch) { IsBackground = true, Name = "Stop with parent" }.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Watch()
    {
        ReadToEnd();

        // On a thread of its own: stopping runs everyone's callbacks, and one of them may be what hangs.
        new Thread(ExitAfterGrace) { IsBackground = true, Name = "Exit after grace" }.Start();

        // A host that is told to stop while it still starts ends with an exception instead of an orderly stop.
        if (lifetime.ApplicationStarted.WaitHandle.WaitOne(grace))
        {
            LogParentGone(logger);
            lifetime.StopApplication();
        }
    }

    private void ExitAfterGrace()
    {
        // Never set: when the application ends in time, the process takes this thread with it.
        using var processEnded = new ManualResetEventSlim();
        processEnded.Wait(grace);
        LogGraceOver(logger, grace);
        exit(ExitCode);
    }

    private void ReadToEnd()
    {
        try
        {
            using var input = openInput();
            Span<byte> ignored = stackalloc byte[256];
            while (input.Read(ignored) > 0)
            {
                // What the parent writes says only that it is there.
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogUnreadable(logger, exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The process that started this service is gone; stopping.")]
    private static partial void LogParentGone(ILogger logger);

    [LoggerMessage(Level = LogLevel.Error, Message = "The service did not end within {Grace} of its parent's end; the process is ended.")]
    private static partial void LogGraceOver(ILogger logger, TimeSpan grace);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Standard input cannot be read, so the parent counts as gone.")]
    private static partial void LogUnreadable(ILogger logger, Exception exception);
}

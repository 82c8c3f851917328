using System.IO.Pipes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Janus.Tests.ServiceDefaults;

public sealed class ParentLifetimeTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task A_service_stops_when_the_other_end_of_its_input_is_closed()
    {
        using var parent = new AnonymousPipeServerStream(PipeDirection.Out);
        using var host = await StartAsync(parent, Long);
        await parent.WriteAsync(new byte[1000]);
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested.ShouldBeFalse();

        await parent.DisposeAsync();

        await host.WaitForShutdownAsync(TestContext.Current.CancellationToken);
        _exited.Task.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task A_service_whose_parent_is_gone_before_it_started_still_starts_and_stops_in_order()
    {
        using var parent = new AnonymousPipeServerStream(PipeDirection.Out);
        var child = new AnonymousPipeClientStream(PipeDirection.In, parent.ClientSafePipeHandle);
        await parent.DisposeAsync();

        using var host = await StartAsync(() => child, Long);

        await host.WaitForShutdownAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task An_input_that_cannot_be_read_counts_as_a_parent_that_is_gone()
    {
        using var host = await StartAsync(() => throw new IOException("Standard input is closed."), Long);

        await host.WaitForShutdownAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_process_that_does_not_end_in_its_grace_is_ended()
    {
        using var parent = new AnonymousPipeServerStream(PipeDirection.Out);
        using var host = await StartAsync(parent, TimeSpan.FromMilliseconds(20));
        using var hang = new ManualResetEventSlim();
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(hang.Wait);

        await parent.DisposeAsync();

        (await _exited.Task.WaitAsync(TestContext.Current.CancellationToken)).ShouldBe(ParentWatch.ExitCode);
        hang.Set();
        await host.WaitForShutdownAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("false", 0)]
    [InlineData("true", 1)]
    public void Standard_input_is_watched_only_where_a_host_asks_for_it(string? stopWithParent, int watches)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration["Janus:StopWithParent"] = stopWithParent;

        builder.AddStopWithParent();

        using var host = builder.Build();
        host.Services.GetServices<IHostedService>().OfType<ParentWatch>().Count().ShouldBe(watches);
    }

    private Task<IHost> StartAsync(AnonymousPipeServerStream parent, TimeSpan grace)
    {
        var child = new AnonymousPipeClientStream(PipeDirection.In, parent.ClientSafePipeHandle);
        return StartAsync(() => child, grace);
    }

    private async Task<IHost> StartAsync(Func<Stream> input, TimeSpan grace)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddHostedService(services => new ParentWatch(
            input,
            code => _exited.TrySetResult(code),
            grace,
            services.GetRequiredService<IHostApplicationLifetime>(),
            NullLogger<ParentWatch>.Instance));
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }
}

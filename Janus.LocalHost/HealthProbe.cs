namespace Janus.LocalHost;

/// <summary>Asks services whether they are ready for work.</summary>
internal sealed class HealthProbe : IDisposable
{
    private static readonly TimeSpan _betweenQuestions = TimeSpan.FromMilliseconds(100);

    // A proxy of the environment has no business between two processes of one machine.
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>Returns when the service answers 200; the caller's token is the time limit.</summary>
    public async Task WaitAsync(ServiceProgram program, CancellationToken cancellation)
    {
        if (program.Address is not { } address)
            return;

        var health = new Uri(address, Topology.HealthPath);
        while (!await AnswersAsync(health, cancellation))
            await Task.Delay(_betweenQuestions, cancellation);
    }

    public void Dispose() => _http.Dispose();

    private async Task<bool> AnswersAsync(Uri health, CancellationToken cancellation)
    {
        try
        {
            using var answer = await _http.GetAsync(health, cancellation);
            return answer.StatusCode == System.Net.HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}

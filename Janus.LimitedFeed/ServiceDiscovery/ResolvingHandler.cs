namespace Microsoft.Extensions.ServiceDiscovery;

/// <summary>Sends a request to the address behind its service name, and gives the request its own address back.</summary>
internal sealed class ResolvingHandler(ConfiguredServiceEndpoints endpoints) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is not { } named)
            throw new InvalidOperationException("A request needs an address to be resolved.");

        request.RequestUri = endpoints.Resolve(named);
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            request.RequestUri = named;
        }
    }
}

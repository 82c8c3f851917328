using System.Globalization;
using System.Net.Http.Headers;
using Janus.Contracts;
using Janus.ServiceDefaults.Access;
using Janus.Web.Access;

namespace Janus.Web.Api;

/// <summary>
/// Where every call of the API leaves: the one place that shows the key which the pages share with it, and says for whom they act. Where nobody signs in
/// there is nothing to show.
/// </summary>
internal sealed class ApiConnection(IHttpClientFactory clients, AccessOptions access)
{
    /// <summary>Sends a request.</summary>
    /// <param name="client">The name of the client: how long it waits, and whether it repeats.</param>
    /// <param name="request">The request.</param>
    /// <param name="person">For whom; null for the pages themselves, which may only read and let people in.</param>
    /// <param name="completion">Whether the body is waited for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<HttpResponseMessage> SendAsync(
        string client, HttpRequestMessage request, Person? person, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        if (access.HasAccounts)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue(ServiceCredential.Scheme, access.ServiceKey);
            if (person is { HasAccount: true })
            {
                request.Headers.Add(ServiceCredential.AccountHeader, person.Id.ToString(CultureInfo.InvariantCulture));
                request.Headers.Add(ServiceCredential.StampHeader, person.Stamp);
            }
        }

        return clients.CreateClient(client).SendAsync(request, completion, cancellationToken);
    }
}

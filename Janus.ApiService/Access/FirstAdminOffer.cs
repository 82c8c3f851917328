using Janus.Campaigns.Accounts;
using Janus.ServiceDefaults.Access;

namespace Janus.ApiService.Access;

/// <summary>Writes the token for the first admin to the log, when people sign in here and nobody can yet: whoever reads the log runs this Janus.</summary>
internal sealed partial class FirstAdminOffer(AccessOptions access, FirstAdmin first, ILogger<FirstAdminOffer> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (access.HasAccounts && await first.OfferAsync(cancellationToken) is { } secret)
            Offered(secret, (int)FirstAdmin.Lifetime.TotalHours);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1, LogLevel.Warning, "There is no account yet. Open /welcome in the pages and make the first admin with this token, once, within {Hours} hours: {Token}")]
    private partial void Offered(string token, int hours);
}

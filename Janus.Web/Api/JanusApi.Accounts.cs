using System.Globalization;
using Janus.Contracts;

namespace Janus.Web.Api;

/// <summary>Who gets in, what they may do, and what was done.</summary>
internal sealed partial class JanusApi
{
    /// <summary>How this Janus lets people in.</summary>
    public Task<Reply<AccessResponse>> AccessAsync(CancellationToken cancellationToken) => GetAsync<AccessResponse>("api/access", cancellationToken);

    /// <summary>Checks a name and a password.</summary>
    /// <param name="request">The two.</param>
    /// <param name="address">The address of whoever typed them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Reply<SignedInResponse>> SignInAsync(SignInRequest request, string? address, CancellationToken cancellationToken) =>
        SendFromAsync("sign_in", "api/accounts/sign-in", request, address, cancellationToken);

    /// <summary>Makes the first account.</summary>
    /// <param name="request">Its name and password, and the token from the API's log.</param>
    /// <param name="address">The address of whoever typed them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Reply<SignedInResponse>> MakeFirstAdminAsync(FirstAdminRequest request, string? address, CancellationToken cancellationToken) =>
        SendFromAsync("first_admin", "api/accounts/first-admin", request, address, cancellationToken);

    /// <summary>Changes the person's own password; the session goes on with the new stamp.</summary>
    public Task<Reply<SignedInResponse>> ChangePasswordAsync(ChangePasswordRequest request, CancellationToken cancellationToken) =>
        SendAsync<SignedInResponse>("change_password", HttpMethod.Post, "api/accounts/me/password", request, null, cancellationToken);

    /// <summary>The person's API tokens.</summary>
    public Task<Reply<TokensResponse>> TokensAsync(CancellationToken cancellationToken) => GetAsync<TokensResponse>("api/accounts/me/tokens", cancellationToken);

    /// <summary>Makes a token.</summary>
    public Task<Reply<TokenCreatedResponse>> CreateTokenAsync(CreateTokenRequest request, CancellationToken cancellationToken) =>
        SendAsync<TokenCreatedResponse>("create_token", HttpMethod.Post, "api/accounts/me/tokens", request, null, cancellationToken);

    /// <summary>Revokes a token.</summary>
    public Task<Reply<TokenDto>> RevokeTokenAsync(int id, CancellationToken cancellationToken) => SendAsync<TokenDto>(
        "revoke_token", HttpMethod.Delete, string.Create(CultureInfo.InvariantCulture, $"api/accounts/me/tokens/{id}"), null, null, cancellationToken);

    /// <summary>Every account.</summary>
    public Task<Reply<AccountsResponse>> AccountsAsync(CancellationToken cancellationToken) => GetAsync<AccountsResponse>("api/accounts", cancellationToken);

    /// <summary>Makes an account.</summary>
    public Task<Reply<AccountDto>> CreateAccountAsync(CreateAccountRequest request, CancellationToken cancellationToken) =>
        SendAsync<AccountDto>("create_account", HttpMethod.Post, "api/accounts", request, null, cancellationToken);

    /// <summary>Changes an account.</summary>
    public Task<Reply<AccountDto>> ChangeAccountAsync(int id, ChangeAccountRequest request, CancellationToken cancellationToken) => SendAsync<AccountDto>(
        "change_account", HttpMethod.Patch, string.Create(CultureInfo.InvariantCulture, $"api/accounts/{id}"), request, null, cancellationToken);

    /// <summary>A page of the audit log, newest first.</summary>
    public Task<Reply<AuditResponse>> AuditAsync(long? before, string? actor, string? subject, int limit, CancellationToken cancellationToken) =>
        GetAsync<AuditResponse>(
            $"api/audit?limit={limit}{Query("before", before?.ToString(CultureInfo.InvariantCulture))}{Query("actor", actor)}{Query("subject", subject)}", cancellationToken);

    /// <summary>Deletes a campaign with all that is in it.</summary>
    public Task<Reply<CampaignDeletedResponse>> DeleteCampaignAsync(string campaignId, CancellationToken cancellationToken) =>
        SendAsync<CampaignDeletedResponse>("delete_campaign", HttpMethod.Delete, $"api/campaigns/{Uri.EscapeDataString(campaignId)}", null, null, cancellationToken);

    // The API counts tries by the address of the person, not by that of the pages.
    private async Task<Reply<SignedInResponse>> SendFromAsync(string command, string path, object body, string? address, CancellationToken cancellationToken)
    {
        using var span = CircuitTraces.Command(command);
        using var request = new HttpRequestMessage(HttpMethod.Post, Relative(path)) { Content = JsonContent.Create(body, body.GetType(), options: Json) };
        if (address is not null)
            request.Headers.Add(ServiceCredential.ClientHeader, address);
        return await AskAsync<SignedInResponse>(Long, request, cancellationToken);
    }
}

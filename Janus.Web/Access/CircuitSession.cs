using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Janus.Web.Access;

/// <summary>
/// Looks again and again whether the session of an open page still holds. One that is over is told to <see cref="CurrentSession"/> and not to Blazor: taking
/// the person away would take the page away, with what was typed.
/// </summary>
internal sealed class CircuitSession(ILoggerFactory logs, CurrentSession session, Sessions sessions) : RevalidatingServerAuthenticationStateProvider(logs)
{
    protected override TimeSpan RevalidationInterval => Sessions.Remembered;

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        if (session.Person is not { HasAccount: true } person)
            return true;
        var standing = await sessions.CheckAsync(person).WaitAsync(cancellationToken);
        if (standing.IsOver)
            session.End();
        else if (standing.Account is { } account)
            session.Become(person with { Name = account.UserName, Role = account.Role });
        return true;
    }
}

/// <summary>Says to a page that has become interactive who looks at it.</summary>
internal sealed class CircuitPerson(AuthenticationStateProvider provider, CurrentSession session) : CircuitHandler
{
    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken) =>
        session.Become(Person.Of((await provider.GetAuthenticationStateAsync()).User));
}

using System.Net;
using System.Net.Sockets;

namespace Janus.LocalHost;

/// <summary>The ports of one start, all different and all free a moment ago.</summary>
internal sealed record Ports(int Web, int Api, int Worker)
{
    /// <summary>Where the workers beside the first listen.</summary>
    public IReadOnlyList<int> MoreWorkers { get; init; } = [];

    /// <summary>Where the trace report receives; null without one.</summary>
    public TracePorts? Traces { get; init; }

    /// <summary>Chooses the ports that <paramref name="settings"/> ask for and says when a usual one is not to be had.</summary>
    /// <exception cref="HostRefusedException">A port that was asked for by name cannot be used.</exception>
    public static Ports Choose(HostSettings settings, Action<string> say)
    {
        // All are held until the last is chosen, so that no two services get the same one.
        var held = new List<TcpListener>();
        try
        {
            return new Ports(
                Take(Topology.Web, Topology.Ports.WebVariable, settings.WebPort, Topology.Ports.Web),
                Take(Topology.Api, Topology.Ports.ApiVariable, settings.ApiPort, Topology.Ports.Api),
                Hold(0))
            {
                MoreWorkers = [.. Enumerable.Range(2, settings.Workers - 1).Select(_ => Hold(0))],
                Traces = settings.ShowsTraces
                    ? new TracePorts(TakeUsual(Topology.Traces, Topology.Ports.TelemetryGrpc), TakeUsual(Topology.Traces, Topology.Ports.TelemetryHttp))
                    : null,
            };
        }
        finally
        {
            foreach (var listener in held)
                listener.Dispose();
        }

        int Take(string service, string variable, int? asked, int usual)
        {
            if (asked is not { } port)
                return TakeUsual(service, usual);
            try
            {
                return Hold(port);
            }
            catch (SocketException refused)
            {
                throw new HostRefusedException(
                    HostRefusedException.BadSetting,
                    $"{variable} asks for port {port}, which cannot be used ({Reason(refused)}): free it, choose another, or set {variable}=0 for any free port.");
            }
        }

        int TakeUsual(string service, int usual)
        {
            try
            {
                return Hold(usual);
            }
            catch (SocketException refused)
            {
                var other = Hold(0);
                say($"port {usual} cannot be used ({Reason(refused)}); {service} uses {other} instead");
                return other;
            }
        }

        int Hold(int port)
        {
            var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
            }
            catch (SocketException)
            {
                listener.Dispose();
                throw;
            }

            held.Add(listener);
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
    }

    /// <summary>Whether somebody else listens on a port, which is why a service that wanted it ended.</summary>
    public static bool IsTaken(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    public static Uri Address(int port) => new($"http://127.0.0.1:{port}");

    private static string Reason(SocketException refused) =>
        refused.SocketErrorCode == SocketError.AddressAlreadyInUse ? "another program has it" : refused.Message;
}

/// <summary>The ports of the trace report, one for each protocol.</summary>
internal sealed record TracePorts(int Grpc, int Http);

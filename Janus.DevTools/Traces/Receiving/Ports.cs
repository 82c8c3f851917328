using System.Net;
using System.Net.Sockets;

namespace Janus.DevTools.Traces.Receiving;

/// <summary>Ports of this machine.</summary>
internal static class Ports
{
    /// <summary>Whether another program listens on a port.</summary>
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
}

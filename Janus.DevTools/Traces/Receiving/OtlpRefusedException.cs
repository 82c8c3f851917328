namespace Janus.DevTools.Traces.Receiving;

/// <summary>A request that is not taken, with the status by which each of the two protocols says so.</summary>
internal sealed class OtlpRefusedException(int httpStatus, int grpcStatus, string message) : Exception(message)
{
    /// <summary>The status over HTTP. None of them makes an exporter send again.</summary>
    public int HttpStatus => httpStatus;

    /// <summary>The status of gRPC, which is also the code in the body over HTTP.</summary>
    public int GrpcStatus => grpcStatus;

    /// <summary>The body is not what it says it is.</summary>
    public static OtlpRefusedException Broken(string what) => new(400, 3, what);

    /// <summary>The body is longer than is taken.</summary>
    public static OtlpRefusedException TooLong(int longest) => new(413, 8, $"A body has at most {longest} bytes.");

    /// <summary>Nothing more can be kept.</summary>
    public static OtlpRefusedException NoRoom() => new(507, 8, "There is no room to keep another body.");

    /// <summary>Nobody here knows that address.</summary>
    public static OtlpRefusedException NoSuchMethod(string path) => new(404, 12, $"There is nothing at {path}.");

    /// <summary>The body is in a form that nobody here reads.</summary>
    public static OtlpRefusedException Unreadable(string what) => new(415, 12, what);
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Janus.Generation.Sample;

/// <summary>A number from texts that is the same in every process and on every machine, unlike <see cref="string.GetHashCode()"/>.</summary>
internal static class StableHash
{
    public static ulong Of(int seed, params ReadOnlySpan<string> texts) =>
        BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}\u001f{string.Join('\u001f', texts)}")));
}

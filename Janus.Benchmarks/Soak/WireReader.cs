using System.Buffers.Binary;
using System.Text;

namespace Janus.Benchmarks.Soak;

/// <summary>The fields of a protocol buffers message, one after the other. Only what metrics need of it.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> message)
{
    private ReadOnlySpan<byte> _rest = message;

    /// <summary>The number of the field that was read.</summary>
    public int Field { get; private set; }

    /// <summary>The field's bytes: of a text or an inner message, else the eight or four bytes of its number.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>The field as text.</summary>
    public readonly string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>The field as a whole number of eight bytes.</summary>
    public readonly long Whole => BinaryPrimitives.ReadInt64LittleEndian(Bytes);

    /// <summary>The field as a number with a fraction.</summary>
    public readonly double Fraction => BinaryPrimitives.ReadDoubleLittleEndian(Bytes);

    /// <summary>Goes to the next field.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="FormatException">This is no such message.</exception>
    public bool Next()
    {
        if (_rest.IsEmpty)
            return false;
        var tag = Number();
        Field = (int)(tag >> 3);
        var length = (tag & 7) switch
        {
            0 => Skip(),
            1 => 8,
            2 => (int)Number(),
            5 => 4,
            var kind => throw new FormatException($"A field of kind {kind} is not read here."),
        };
        Bytes = _rest[..length];
        _rest = _rest[length..];
        return true;
    }

    private int Skip()
    {
        Number();
        return 0;
    }

    private ulong Number()
    {
        var (number, shift) = (0UL, 0);
        while (true)
        {
            var next = _rest[0];
            _rest = _rest[1..];
            number |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return number;
            shift += 7;
        }
    }
}

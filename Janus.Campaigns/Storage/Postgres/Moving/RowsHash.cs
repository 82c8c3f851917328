using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Janus.Campaigns.Storage.Moving;

/// <summary>
/// The SHA-256 of a table's rows in one form for both databases: each value with its type and, where that varies, its length, so that no two different
/// rows look alike. Of bytes only their own SHA-256 goes in.
/// </summary>
internal sealed class RowsHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ArrayBufferWriter<byte> _row = new();

    /// <summary>How many rows were added.</summary>
    public long Rows { get; private set; }

    /// <summary>Adds a row.</summary>
    public void Add(IReadOnlyList<object?> row)
    {
        _row.ResetWrittenCount();
        foreach (var value in row)
            Write(value);
        _hash.AppendData(_row.WrittenSpan);
        Rows++;
    }

    /// <summary>The hash of all that was added, in hexadecimal.</summary>
    public string Finish() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    /// <inheritdoc />
    public void Dispose() => _hash.Dispose();

    private void Write(object? value)
    {
        switch (value)
        {
            case null:
                Tag('n');
                break;
            case bool flag:
                Tag(flag ? 't' : 'f');
                break;
            case int number:
                Number('i', number);
                break;
            case long number:
                Number('i', number);
                break;
            case string text:
                Number('s', Encoding.UTF8.GetByteCount(text));
                Encoding.UTF8.GetBytes(text, _row);
                break;
            case byte[] bytes:
                Number('b', bytes.Length);
                _row.Write(SHA256.HashData(bytes));
                break;
            default:
                throw new NotSupportedException($"Values of {value.GetType().Name} have no form here.");
        }
    }

    private void Number(char tag, long number)
    {
        Tag(tag);
        BinaryPrimitives.WriteInt64BigEndian(_row.GetSpan(sizeof(long)), number);
        _row.Advance(sizeof(long));
    }

    private void Tag(char tag)
    {
        _row.GetSpan(1)[0] = (byte)tag;
        _row.Advance(1);
    }
}

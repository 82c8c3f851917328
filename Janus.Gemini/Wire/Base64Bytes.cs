using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Janus.Gemini.Wire;

/// <summary>Reads base64 straight into an array of the right size, wherever the pieces of the text end.</summary>
internal sealed class Base64Bytes : JsonConverter<byte[]>
{
    private const int Group = 4;
    private const int BytesOfGroup = 3;

    public override byte[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        // An escaped letter, which some printers make of the equals sign, must be undone first.
        if (reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped)
            return reader.GetBytesFromBase64();
        return Decode(reader.HasValueSequence ? reader.ValueSequence : new ReadOnlySequence<byte>(reader.ValueSpan.ToArray()));
    }

    public override void Write(Utf8JsonWriter writer, byte[] value, JsonSerializerOptions options) => writer.WriteBase64StringValue(value);

    private static byte[] Decode(ReadOnlySequence<byte> text)
    {
        if (text.Length % Group != 0) throw new JsonException("Base64 comes in groups of four.");
        if (text.IsEmpty) return [];

        var bytes = new byte[(int)(text.Length / Group * BytesOfGroup) - Padding(text)];
        var written = 0;
        Span<byte> split = stackalloc byte[Group];
        Span<byte> last = stackalloc byte[BytesOfGroup];
        while (!text.IsEmpty)
        {
            // A group that two pieces share is put together; everything else is decoded where it lies.
            scoped var piece = text.FirstSpan;
            if (piece.Length < Group)
            {
                text.Slice(0, Group).CopyTo(split);
                piece = split;
            }

            var whole = piece[..(piece.Length - (piece.Length % Group))];
            var isEnd = whole.Length == text.Length;
            // The last group may be shorter than three bytes, which only the end of the text may be.
            var body = isEnd ? whole[..^Group] : whole;
            Take(body, bytes.AsSpan(written), body.Length / Group * BytesOfGroup, isFinal: false);
            written += body.Length / Group * BytesOfGroup;
            if (isEnd)
            {
                var count = bytes.Length - written;
                Take(whole[^Group..], last, count, isFinal: true);
                last[..count].CopyTo(bytes.AsSpan(written));
            }

            text = text.Slice(whole.Length);
        }

        return bytes;
    }

    private static int Padding(ReadOnlySequence<byte> text)
    {
        Span<byte> end = stackalloc byte[2];
        text.Slice(text.Length - 2).CopyTo(end);
        return end[1] != '=' ? 0 : end[0] == '=' ? 2 : 1;
    }

    private static void Take(ReadOnlySpan<byte> text, Span<byte> bytes, int expected, bool isFinal)
    {
        var status = Base64.DecodeFromUtf8(text, bytes, out var consumed, out var written, isFinal);
        if (status != OperationStatus.Done || consumed != text.Length || written != expected)
            throw new JsonException("The text is not base64.");
    }
}

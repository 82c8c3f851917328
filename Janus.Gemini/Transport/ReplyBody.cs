using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Janus.Gemini.Wire;

namespace Janus.Gemini.Transport;

/// <summary>
/// An answer's bytes as they came, in pieces that are borrowed from a pool. A picture of 4 MB is 5.6 MB of base64: together they are all that
/// it costs, where a buffer that doubles and a text of it would take five times the picture.
/// </summary>
internal sealed class ReplyBody : IAsyncDisposable
{
    private const int PieceBytes = 64 * 1024;

    private readonly PipeReader reader;

    private ReplyBody(Stream stream) => reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: PieceBytes, minimumReadSize: PieceBytes / 4));

    /// <summary>The whole of it.</summary>
    public ReadOnlySequence<byte> Bytes { get; private set; }

    /// <summary>Reads to the end.</summary>
    /// <exception cref="GeminiException">It is longer than <paramref name="most"/> bytes.</exception>
    public static async Task<ReplyBody> ReadAsync(HttpResponseMessage response, int most, CancellationToken cancellationToken)
    {
        var body = new ReplyBody(await response.Content.ReadAsStreamAsync(cancellationToken));
        try
        {
            while (true)
            {
                var read = await body.reader.ReadAsync(cancellationToken);
                if (read.Buffer.Length > most) throw TooLong(most);
                if (read.IsCompleted)
                {
                    body.Bytes = read.Buffer;
                    return body;
                }

                body.reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
        catch
        {
            await body.DisposeAsync();
            throw;
        }
    }

    public static GeminiException TooLong(int most) =>
        new(GeminiFailureKind.Malformed, $"Gemini's answer is larger than {most} bytes (Gemini:MaxResponseBytes).");

    /// <summary>Reads it as the protocol says.</summary>
    /// <exception cref="GeminiException">It is something else.</exception>
    public GenerateContentResponse Parse() => Parse(Bytes);

    /// <inheritdoc cref="Parse()"/>
    public static GenerateContentResponse Parse(ReadOnlySequence<byte> bytes)
    {
        try
        {
            // In one piece it need not be searched for its end first.
            if (bytes.IsSingleSegment)
                return JsonSerializer.Deserialize<GenerateContentResponse>(bytes.FirstSpan, WireJson.Options) ?? throw Unreadable(null);
            var json = new Utf8JsonReader(bytes);
            var reply = JsonSerializer.Deserialize<GenerateContentResponse>(ref json, WireJson.Options);
            // A second value after the first is no answer of Gemini's.
            return reply is not null && !json.Read() ? reply : throw Unreadable(null);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw Unreadable(failure);
        }
    }

    public ValueTask DisposeAsync() => reader.CompleteAsync();

    // The parser's own words quote what they stumbled over.
    private static GeminiException Unreadable(Exception? failure) =>
        new(GeminiFailureKind.Malformed, "Gemini's answer could not be read as the protocol says.", innerException: failure);
}

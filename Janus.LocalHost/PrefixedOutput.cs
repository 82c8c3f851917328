using System.Text;

namespace Janus.LocalHost;

/// <summary>
/// One stream of whole lines from many processes. A service's line carries its name in front; the host's own lines carry none.
/// Nothing is queued: while nobody reads the output, the services' pipes fill and hold their writers back.
/// </summary>
/// <param name="writeLine">Writes one whole line; called from many threads, one at a time.</param>
/// <param name="names">The names that will occur, for one width of prefix.</param>
internal sealed class PrefixedOutput(Action<string> writeLine, IEnumerable<string> names)
{
    /// <summary>Characters after which a line without an end is cut and goes on in the next one.</summary>
    public const int LongestLine = 16 * 1024;

    private readonly Lock _oneLineAtATime = new();
    private readonly int _width = names.Max(name => name.Length) + 2;

    /// <summary>Writes a line of the host's own.</summary>
    public void Say(string line)
    {
        lock (_oneLineAtATime)
            writeLine(line);
    }

    /// <summary>Copies what a service writes, line by line, until its end or until cancelled.</summary>
    public async Task CopyAsync(string name, TextReader reader, CancellationToken cancellation)
    {
        var prefix = $"[{name}]".PadRight(_width + 1);
        var buffer = new char[4096];
        var line = new StringBuilder();
        try
        {
            for (int read; (read = await reader.ReadAsync(buffer, cancellation)) > 0;)
            {
                foreach (var character in buffer.AsSpan(0, read))
                {
                    if (character == '\n' || line.Length == LongestLine)
                        EndLine();
                    if (character is not ('\n' or '\r'))
                        line.Append(character);
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // What was read so far is still worth showing.
        }

        if (line.Length > 0)
            EndLine();

        void EndLine()
        {
            Say(line.Length == 0 ? prefix.TrimEnd() : prefix + line);
            line.Clear();
        }
    }
}

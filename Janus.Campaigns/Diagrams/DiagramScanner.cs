using System.Globalization;

namespace Janus.Campaigns.Diagrams;

/// <summary>A place in the text to which the scanner can return.</summary>
internal readonly record struct ScannerMark(int Position, int Line);

/// <summary>
/// Walks through the text one character at a time. Nothing reads the text past it, so <see cref="Steps"/> counts all the work
/// of a reading: a test holds it to a multiple of the length.
/// </summary>
internal sealed class DiagramScanner(string text)
{
    private int _position;
    private int _line = 1;

    /// <summary>How many times a character was looked at.</summary>
    public long Steps { get; private set; }

    public int Line => _line;

    public bool AtEnd => _position >= text.Length;

    public bool AtLineEnd => AtEnd || Current is '\n' or '\r';

    public char Current => Peek(0);

    public ScannerMark Mark => new(_position, _line);

    /// <summary>The character so many places ahead; U+0000 past the end.</summary>
    public char Peek(int offset)
    {
        Steps++;
        var index = _position + offset;
        return index < text.Length ? text[index] : '\0';
    }

    public void Return(ScannerMark mark) => (_position, _line) = mark;

    public string Since(ScannerMark mark) => text[mark.Position.._position];

    public void Advance(int count = 1)
    {
        for (; count > 0 && !AtEnd; count--)
        {
            // CRLF is one line end: its \n counts, its \r does not.
            if (Current == '\n' || (Current == '\r' && Peek(1) != '\n'))
                _line++;
            _position++;
        }
    }

    /// <summary>Skips whitespace up to the end of the line.</summary>
    public void SkipSpaces()
    {
        while (!AtLineEnd && char.IsWhiteSpace(Current))
            Advance();
    }

    /// <summary>Skips whitespace and line ends.</summary>
    public void SkipBlank()
    {
        while (!AtEnd && char.IsWhiteSpace(Current))
            Advance();
    }

    public void SkipLine()
    {
        while (!AtLineEnd)
            Advance();
    }

    /// <summary>Skips as many of one character as there are.</summary>
    /// <returns>How many there were.</returns>
    public int SkipRun(char c)
    {
        var start = _position;
        while (!AtEnd && Current == c)
            Advance();
        return _position - start;
    }

    /// <summary>Moves past the next such character on this line, or stays where it is.</summary>
    public bool TrySkipPast(char c)
    {
        var start = Mark;
        while (!AtLineEnd && Current != c)
            Advance();
        if (!AtLineEnd)
        {
            Advance();
            return true;
        }

        Return(start);
        return false;
    }

    public bool StartsWith(string word)
    {
        for (var i = 0; i < word.Length; i++)
        {
            if (char.ToLowerInvariant(Peek(i)) != char.ToLowerInvariant(word[i]))
                return false;
        }

        return true;
    }

    /// <summary>Reads an id, or the empty string where none starts. The hyphen of an arrow is not a part of it.</summary>
    public string ReadId()
    {
        var start = Mark;
        while (IsIdCharacter(Current) || (Current is '-' or '.' && _position > start.Position && IsIdCharacter(Peek(1))))
            Advance();
        return Since(start);
    }

    /// <summary>
    /// Skips to where the statement ends: a semicolon or the end of the line. The semicolon of an entity ends nothing.
    /// </summary>
    /// <param name="isStop">Stops before another place, too.</param>
    public void SkipStatement(Func<DiagramScanner, bool>? isStop = null)
    {
        var inEntity = false;
        while (!AtLineEnd && isStop?.Invoke(this) != true)
        {
            var c = Current;
            if (c == ';' && !inEntity)
                return;
            inEntity = c == '&' || (inEntity && (c == '#' || char.IsAsciiLetterOrDigit(c)));
            Advance();
        }
    }

    /// <summary>Whether a string is an id that <see cref="ReadId"/> reads whole.</summary>
    public static bool IsId(string id) => id.Length > 0 && new DiagramScanner(id).ReadId().Length == id.Length;

    private static bool IsIdCharacter(char c) =>
        char.IsLetterOrDigit(c) || c == '_'
        || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}

using System.Text;

namespace Janus.DevTools.FakeGemini.Protocol;

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Field">Where, as Google writes it: <c>generation_config.top_k</c>, <c>contents[0].parts[1]</c>; empty for the whole.</param>
/// <param name="Description">What, in Google's words where they are known.</param>
internal sealed record Violation(string Field, string Description);

/// <summary>The violations of one request, as they are found.</summary>
internal sealed class Violations
{
    private readonly List<Violation> _found = [];

    /// <summary>What was found, in the order of the request.</summary>
    public IReadOnlyList<Violation> Found => _found;

    /// <summary>Notes one.</summary>
    public void Add(string field, string description) => _found.Add(new Violation(field, description));

    /// <summary>Notes one, unless something holds.</summary>
    public void Unless(bool holds, string field, string description)
    {
        if (!holds)
            Add(field, description);
    }
}

/// <summary>Paths of fields in Google's spelling.</summary>
internal static class FieldPath
{
    /// <summary>A member below a path, its name written with underscores.</summary>
    public static string Member(string path, string name)
    {
        var snake = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterUpper(letter))
                snake.Append('_').Append(char.ToLowerInvariant(letter));
            else
                snake.Append(letter);
        }

        return path.Length == 0 ? snake.ToString() : $"{path}.{snake}";
    }

    /// <summary>An item of a list.</summary>
    public static string Item(string path, int index) => $"{path}[{index}]";
}

namespace Janus.Campaigns;

/// <summary>Who wrote a variant.</summary>
public enum Author
{
    /// <summary>A model.</summary>
    Ai,

    /// <summary>A person.</summary>
    Person,

    /// <summary>The sample studio.</summary>
    Sample,
}

/// <summary>
/// One text of a post with its picture: unique by post, letter and generation. Its text is never changed;
/// its picture is set once, by the step that made it. A new wish is a new generation.
/// </summary>
public sealed class Variant
{
    /// <summary>The internal key.</summary>
    public int Id { get; init; }

    /// <summary>The post.</summary>
    public int PostId { get; init; }

    /// <summary>A or B.</summary>
    public required string Letter { get; init; }

    /// <summary>1 for the first, one more for each later one of the letter.</summary>
    public int Generation { get; init; }

    /// <summary>The text.</summary>
    public required string Text { get; init; }

    /// <summary>The angle it takes.</summary>
    public required string Angle { get; init; }

    /// <summary>What the picture shows; its alternative text.</summary>
    public required string Caption { get; init; }

    /// <summary>The picture's file name in the media folder, or null while there is none.</summary>
    public string? Asset { get; set; }

    /// <summary>Who wrote it.</summary>
    public Author Author { get; init; }

    /// <summary>When it was written, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}

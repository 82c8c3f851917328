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

/// <summary>How a generation of a letter came about.</summary>
public enum Origin
{
    /// <summary>The plan asked for it.</summary>
    First,

    /// <summary>Its text was written anew.</summary>
    Text,

    /// <summary>Its picture was drawn anew.</summary>
    Picture,

    /// <summary>A person changed the text or the caption.</summary>
    Edit,
}

/// <summary>
/// One text of a post with its picture: unique by post, letter and generation. Its text is never changed;
/// its picture is set once, by the step that made it. A new wish is a new generation, which carries over what it does not change.
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

    /// <summary>The step that made it, or null for a person's.</summary>
    public long? StepId { get; init; }

    /// <summary>How it came about.</summary>
    public Origin Origin { get; init; }

    /// <summary>When it was written, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}

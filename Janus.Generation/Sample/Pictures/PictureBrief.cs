using System.Globalization;
using Janus.Generation.Prompts;

namespace Janus.Generation.Sample.Pictures;

/// <summary>What a picture is to show, read back from the data blocks of a prompt.</summary>
/// <param name="Caption">What it shows.</param>
/// <param name="Product">What is sold.</param>
/// <param name="Platform">Where it will stand.</param>
/// <param name="IsBold">Whether it is the picture of text B: bolder and led by curiosity, where A is calmer and led by the benefit.</param>
/// <param name="Turn">Which try it is when it is made anew; 0 for the first.</param>
internal sealed record PictureBrief(string Caption, string Product, string Platform, bool IsBold, int Turn)
{
    /// <summary>The caption's words in lower case.</summary>
    public IReadOnlyList<string> CaptionWords { get; } = Wording.Words(Caption);

    /// <summary>The product's words in lower case.</summary>
    public IReadOnlyList<string> ProductWords { get; } = Wording.Words(Product);

    /// <summary>Whether the platform shows pictures wide (16:9) rather than square.</summary>
    public bool IsWide { get; } = Platform.Trim().ToUpperInvariant() is "X" or "LINKEDIN" or "FACEBOOK";

    /// <summary>Reads the data blocks of a prompt; a prompt without any is its own caption.</summary>
    public static PictureBrief Read(string prompt)
    {
        var data = DataBlock.ReadAll(prompt);
        var caption = data.Count == 0 ? prompt : Value("caption");
        var bold = Value("letter").Trim().Equals("B", StringComparison.OrdinalIgnoreCase);
        _ = int.TryParse(Value("turn"), NumberStyles.None, CultureInfo.InvariantCulture, out var turn);
        return new(Wording.Clean(caption), Wording.Clean(Value("product")), Wording.Clean(Value("platform")), bold, turn);

        string Value(string name) => data.GetValueOrDefault(name, "");
    }
}
